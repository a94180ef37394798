// Charts: traffic over time by uPlot, parity and latency as small drawings.

import { h, Component, createRef } from "/assets/preact.js";
import uPlot from "/assets/uplot.js";
import { micros, percent } from "/assets/format.js";

export const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const ROWS = 4; // of flag changes' labels

// Calls per second by Lua and by Java, flag changes as lines.
export class TrafficChart extends Component {
  box = createRef();

  componentDidMount() {
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.box.current);
    this.draw();
  }

  componentDidUpdate(before) {
    if (before.theme !== this.props.theme) {
      this.draw();
    } else {
      this.plot?.setData(this.data());
    }
  }

  componentWillUnmount() {
    this.observer.disconnect();
    this.plot?.destroy();
  }

  data() {
    const rows = this.props.rows;
    return [0, 1, 2, 4].map((column) => rows.map((row) => row[column]));
  }

  resize() {
    const width = this.box.current.clientWidth;
    if (width > 0) {
      this.plot?.setSize({ width, height: 190 });
    }
  }

  draw() {
    this.plot?.destroy();
    const axis = {
      stroke: color("--muted"),
      grid: { stroke: color("--line"), width: 1 },
      ticks: { show: false },
      font: "11px system-ui",
    };
    const line = (label, name) => ({
      label,
      stroke: color(name),
      width: 2,
      fill: `color-mix(in srgb, ${color(name)} 14%, transparent)`,
      points: { show: false },
    });
    this.plot = new uPlot(
      {
        width: this.box.current.clientWidth || 600,
        height: 190,
        padding: [10, 4, 0, 0],
        cursor: { y: false },
        legend: { live: true },
        scales: { y: { range: (u, min, max) => [0, Math.max(5, max * 1.15)] } },
        axes: [
          { ...axis, values: (u, at) => at.map((t) => new Date(t * 1000).toLocaleTimeString("en-GB")), space: 90 },
          { ...axis, size: 44 },
        ],
        series: [
          { label: "Time", value: (u, t) => (t ? new Date(t * 1000).toLocaleTimeString("en-GB") : "–") },
          line("Lua / s", "--lua"),
          line("Java / s", "--java"),
          { ...line("Different / s", "--bad"), fill: undefined },
        ],
        hooks: { draw: [(u) => this.changes(u)] },
      },
      this.data(),
      this.box.current,
    );
  }

  changes(u) {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.strokeStyle = color("--text");
    ctx.fillStyle = color("--text");
    ctx.font = `${11 * devicePixelRatio}px system-ui`;
    ctx.textAlign = "left"; // whatever the axes were labelled with
    ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
    const ends = []; // of the last label in each row: flips that follow each other go below
    for (const change of this.props.changes) {
      const x = u.valToPos(new Date(change.when) / 1000, "x", true);
      if (x >= bbox.left && x <= bbox.left + bbox.width) {
        ctx.beginPath();
        ctx.moveTo(x, bbox.top);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
        const flipped = x > bbox.left + bbox.width * 0.8;
        const width = ctx.measureText(change.to.mode).width;
        const from = flipped ? x - 5 * devicePixelRatio - width : x + 5 * devicePixelRatio;
        const free = ends.findIndex((end) => from > end);
        const row = free < 0 ? ends.length % ROWS : free;
        ends[row] = from + width + 4 * devicePixelRatio;
        ctx.fillText(change.to.mode, from, bbox.top + (11 + 13 * row) * devicePixelRatio);
      }
    }
    ctx.restore();
  }

  render() {
    return h("div", { class: "chart", ref: this.box, role: "img", "aria-label": "Calls per second by Lua and by Java" });
  }
}

// How many nines: 90 % is one third of the way to 99.9 %.
const nines = (share) => Math.min(1, -Math.log10(Math.max(1e-4, 1 - share)) / 4);

export function ParityScale({ parity }) {
  if (parity.compared === 0) {
    return h("div", { class: "scale empty" }, "Nothing was compared yet");
  }
  const low = nines(parity.atLeast) * 100;
  const high = nines(parity.share) * 100;
  return h(
    "div",
    {
      class: "scale",
      role: "img",
      "aria-label": `Parity ${percent(parity.share)}, at least ${percent(parity.atLeast)}`,
    },
    h("div", { class: "track" }, h("div", { class: "band", style: { left: `${low}%`, width: `${Math.max(1.5, high - low)}%` } })),
    h("div", { class: "ticks", "aria-hidden": "true" }, ["0", "90", "99", "99.9", "99.99 %"].map((t) => h("span", null, t))),
  );
}

// What is proven of a class, on the scale of nines, with the parity asked for as a mark.
export function ParityBand({ atLeast, share, target, compared, label }) {
  if (compared === 0) {
    return null;
  }
  const low = nines(atLeast) * 100;
  const high = nines(share) * 100;
  return h(
    "div",
    { class: "band-track", role: "img", "aria-label": `${label}: ${percent(share)}, at least ${percent(atLeast)}` },
    h("div", { class: atLeast < target ? "band weak" : "band", style: { left: `${low}%`, width: `${Math.max(2, high - low)}%` } }),
    h("i", { style: { left: `${nines(target) * 100}%` } }),
  );
}

// Median to 99th percentile of both sides on one logarithmic scale.
export function LatencyScale({ lua, java }) {
  const known = [lua, java].filter((l) => l.count > 0);
  if (known.length === 0) {
    return h("p", { class: "quiet" }, "No call yet");
  }
  const least = Math.log10(Math.max(0.1, Math.min(...known.map((l) => l.p50Micros)) * 0.6));
  const most = Math.log10(Math.max(...known.map((l) => l.p99Micros)) * 1.4);
  const at = (us) => `${(Math.log10(Math.max(0.1, us)) - least) / (most - least) * 100}%`;
  const track = (name, side, l) =>
    h(
      "div",
      { class: `latency ${side}` },
      h("span", { class: "who" }, name),
      l.count === 0
        ? h("span", { class: "quiet" }, "no call yet")
        : h(
            "div",
            { class: "track", role: "img", "aria-label": `${name}: median ${micros(l.p50Micros)}, p99 ${micros(l.p99Micros)}` },
            h("div", { class: "range", style: { left: at(l.p50Micros), right: `calc(100% - ${at(l.p99Micros)})` } }),
            [l.p50Micros, l.p90Micros, l.p99Micros].map((us) => h("i", { style: { left: at(us) } })),
          ),
      l.count > 0 && h("span", { class: "numbers" }, micros(l.p50Micros), h("small", null, ` p99 ${micros(l.p99Micros)}`)),
    );
  return h("div", { class: "latencies" }, track("Lua", "lua", lua), track("Java", "java", java));
}

export function Sparkline({ rows }) {
  const shown = rows.slice(-60);
  const top = Math.max(1, ...shown.map((row) => row[1] + row[2]));
  const path = (value) =>
    shown.map((row, i) => `${i ? "L" : "M"}${(i + 60 - shown.length) * 2} ${30 - value(row) / top * 27}`).join("");
  return h(
    "svg",
    { class: "spark", viewBox: "0 0 120 32", preserveAspectRatio: "none", "aria-hidden": "true" },
    shown.length > 1 && h("path", { class: "all", d: path((row) => row[1] + row[2]) }),
    shown.length > 1 && h("path", { class: "java", d: path((row) => row[2]) }),
  );
}
