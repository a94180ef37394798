// Talks to the admin API. The token comes once in the address (#token=… or #/MODULE&token=…), then
// lives in this tab.

const KEY = "banyan-token";

export function takeToken() {
  const found = /[#&]token=([^&]+)/.exec(location.hash);
  if (found) {
    sessionStorage.setItem(KEY, decodeURIComponent(found[1]));
    const page = location.hash.slice(0, found.index);
    history.replaceState(null, "", location.pathname + (page.startsWith("#/") ? page : ""));
  }
  return sessionStorage.getItem(KEY);
}

export function keepToken(token) {
  sessionStorage.setItem(KEY, token);
}

export function forgetToken() {
  sessionStorage.removeItem(KEY);
}

function headers(more) {
  return { Authorization: `Bearer ${sessionStorage.getItem(KEY)}`, ...more };
}

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function call(method, path, body) {
  const response = await fetch(`/api/v1/${path}`, {
    method,
    headers: headers(body ? { "Content-Type": "application/json" } : {}),
    body: body ? JSON.stringify(body) : undefined,
  });
  const answer = await response.json();
  if (!response.ok) {
    throw new Refused(response.status, answer.error);
  }
  return answer;
}

const named = (name) => `modules/${encodeURIComponent(name)}`;

export const api = {
  status: () => call("GET", "status"),
  modules: () => call("GET", "modules"),
  path: () => call("GET", "path"),
  pathClusters: (limit) => call("GET", `path/clusters?limit=${limit}`),
  progress: () => call("GET", "progress"),
  inventory: () => call("GET", "inventory"),
  usage: () => call("GET", "inventory/usage"),
  meter: (seconds) => call("POST", "inventory/usage", { seconds }),
  retire: (name) => call("GET", `${named(name)}/retire`),
  audit: () => call("GET", "audit?limit=100"),
  mismatches: (name) => call("GET", `${named(name)}/mismatches?limit=200`),
  clusters: (name, limit) => call("GET", `${named(name)}/clusters?limit=${limit}`),
  latency: (name) => call("GET", `${named(name)}/latency`),
  lines: (name) => call("GET", `${named(name)}/lines`),
  noise: (name) => call("GET", `${named(name)}/noise`),
  rules: (name) => call("GET", `${named(name)}/rules`),
  classes: (name) => call("GET", `${named(name)}/classes`),
  history: (name) => call("GET", `${named(name)}/history`),
  flag: (name, change) => call("PUT", `${named(name)}/flag`, change),
  rollback: (name, change) => call("POST", `${named(name)}/rollback`, change),
};

// The server sends figures every second. After this many milliseconds without a word the link is gone,
// though nobody has closed it: a machine that slept, a network that was left.
const SILENCE = 5000;

// After this many milliseconds a tab that isn't shown lets go of its connection.
const UNSEEN = 3000;

// Server-sent events by fetch, since EventSource can't send a token. Comes back by itself and asks
// for what it missed.
export function listen(onEvent, onLink) {
  const stop = new AbortController();
  let lastId = "";
  let pause = 500;

  // A browser opens six connections to a server, for all its tabs: one that nobody looks at gives its
  // own back after a while, and what it missed is loaded when somebody looks again.
  async function shown() {
    if (!document.hidden) {
      return;
    }
    await new Promise((resolve) => document.addEventListener("visibilitychange", resolve, { once: true }));
    onEvent("reset");
    pause = 500;
    return shown();
  }

  async function once() {
    const silent = new AbortController();
    let unseen;
    const looked = () => {
      clearTimeout(unseen);
      unseen = document.hidden ? setTimeout(() => silent.abort(), UNSEEN) : undefined;
    };
    looked();
    document.addEventListener("visibilitychange", looked);
    let patience;
    const heard = () => {
      clearTimeout(patience);
      patience = setTimeout(() => silent.abort(), SILENCE);
    };
    heard();
    try {
      await follow(AbortSignal.any([stop.signal, silent.signal]), heard);
    } finally {
      clearTimeout(patience);
      clearTimeout(unseen);
      document.removeEventListener("visibilitychange", looked);
    }
  }

  async function follow(signal, heard) {
    const response = await fetch("/api/v1/events", {
      headers: headers(lastId ? { "Last-Event-ID": lastId } : {}),
      signal,
    });
    if (!response.ok) {
      throw new Refused(response.status, "no events");
    }
    onLink(true);
    pause = 500;
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      heard();
      if (done) {
        return;
      }
      const blocks = (rest + value).split("\n\n");
      rest = blocks.pop();
      blocks.forEach(take);
    }
  }

  function take(block) {
    const event = {};
    for (const line of block.split("\n")) {
      const colon = line.indexOf(": ");
      if (colon > 0) {
        event[line.slice(0, colon)] = line.slice(colon + 2);
      }
    }
    if (event.id) {
      lastId = event.id;
    }
    if (event.event) {
      onEvent(event.event, JSON.parse(event.data));
    }
  }

  (async () => {
    while (!stop.signal.aborted) {
      try {
        await shown();
        await once();
      } catch (e) {
        if (e instanceof Refused && e.status === 401) {
          onLink(false, 401);
          return;
        }
      }
      if (!stop.signal.aborted) {
        onLink(false);
        await new Promise((resolve) => setTimeout(resolve, pause));
        pause = Math.min(8000, pause * 2);
      }
    }
  })();
  return () => stop.abort();
}
