// Figures and texts as people read them.

const whole = new Intl.NumberFormat("en");

export const count = (n) => whole.format(n ?? 0);

export function brief(n) {
  if (n < 10_000) {
    return count(n);
  }
  return n < 1_000_000 ? `${(n / 1000).toFixed(1)} k` : `${(n / 1_000_000).toFixed(2)} M`;
}

// Never rounds up to 100 %: one mismatch in a million has to be seen.
export function percent(share) {
  if (share === 1 || share === 0) {
    return `${share * 100} %`;
  }
  const digits = share > 0.999 ? 1e5 : share > 0.99 ? 1e4 : 1e3;
  return `${(Math.floor(share * digits) / digits * 100).toFixed(Math.log10(digits) - 2)} %`;
}

export function micros(us) {
  if (us < 10) {
    return `${us.toFixed(1)} µs`;
  }
  if (us < 1000) {
    return `${Math.round(us)} µs`;
  }
  const [unit, size] = us < 1_000_000 ? ["ms", 1000] : ["s", 1_000_000];
  return `${(us / size).toFixed(us < 10 * size ? 2 : 1)} ${unit}`;
}

export function octets(n) {
  const [unit, size] = Math.abs(n) < 2 ** 20 ? ["KiB", 2 ** 10] : Math.abs(n) < 2 ** 30 ? ["MiB", 2 ** 20] : ["GiB", 2 ** 30];
  return Math.abs(n) < 2 ** 10 ? `${Math.round(n)} B` : `${(n / size).toFixed(1)} ${unit}`;
}

// Seconds as a length of time; negative where Java took more.
export function span(seconds) {
  const s = Math.abs(seconds);
  const sign = seconds < 0 ? "−" : "";
  return sign + (s < 120 ? `${s.toFixed(s < 10 ? 2 : 0)} s` : s < 7200 ? `${(s / 60).toFixed(0)} min` : `${(s / 3600).toFixed(1)} h`);
}

export function uptime(seconds) {
  const h = Math.floor(seconds / 3600);
  const m = Math.floor(seconds / 60) % 60;
  return h > 0 ? `${h} h ${m} min` : m > 0 ? `${m} min ${seconds % 60} s` : `${seconds} s`;
}

export function clock(iso) {
  return new Date(iso).toLocaleTimeString("en-GB");
}

export function ago(iso) {
  const s = Math.max(0, Math.round((Date.now() - new Date(iso)) / 1000));
  if (s < 60) {
    return s < 2 ? "just now" : `${s} s ago`;
  }
  return s < 3600 ? `${Math.floor(s / 60)} min ago` : `${Math.floor(s / 3600)} h ago`;
}

// Recorded text is octets, one char each: shown as UTF-8 where it is that, with controls visible.
export function text(value) {
  if (value === null || value === undefined) {
    return "nil";
  }
  if (typeof value !== "string") {
    return JSON.stringify(value, null, 1).replace(/\n\s*/g, " ");
  }
  return JSON.stringify(utf8(value));
}

function utf8(octets) {
  if (!/[\x80-\xff]/.test(octets) || /[^\x00-\xff]/.test(octets)) {
    return octets;
  }
  try {
    const bytes = Uint8Array.from(octets, (c) => c.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return octets;
  }
}

// What both have in common at the start and at the end, so that the rest can be marked.
export function split(a, b) {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) {
    start++;
  }
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) {
    end++;
  }
  const cut = (s) => [s.slice(0, start), s.slice(start, s.length - end), s.slice(s.length - end)];
  return [cut(a), cut(b)];
}
