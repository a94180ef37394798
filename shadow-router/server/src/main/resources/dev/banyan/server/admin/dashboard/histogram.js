// How long calls took, old against new, as two distributions on one logarithmic scale.

import { h, Component, createRef } from "/assets/preact.js";
import uPlot from "/assets/uplot.js";
import { api } from "/assets/api.js";
import { color } from "/assets/charts.js";
import { micros, percent } from "/assets/format.js";

const HEIGHT = 180;

// Shares of all calls by bin, without the empty bins at both ends; a side without calls is left out.
const shares = ({ edgesMicros, lua, java }) => {
  const all = lua.map((n, i) => n + java[i]);
  const first = Math.max(0, all.findIndex((n) => n > 0) - 1);
  const last = Math.min(all.length, all.findLastIndex((n) => n > 0) + 2);
  const side = (counts) => {
    const total = counts.reduce((a, b) => a + b, 0);
    return counts.slice(first, last).map((n) => (total ? n / total : null));
  };
  return [edgesMicros.slice(first, last), side(lua), side(java)];
};

export class LatencyHistogram extends Component {
  box = createRef();
  bins = null;

  componentDidMount() {
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.box.current);
    this.load();
  }

  componentDidUpdate(before) {
    const { module, generation, theme } = this.props;
    if (before.theme !== theme) {
      this.draw();
    } else if (before.generation !== generation || before.module.luaLatency.count !== module.luaLatency.count || before.module.javaLatency.count !== module.javaLatency.count) {
      this.load();
    }
  }

  componentWillUnmount() {
    this.observer.disconnect();
    this.plot?.destroy();
  }

  async load() {
    if (this.loading) {
      return;
    }
    this.loading = true;
    try {
      const bins = await api.latency(this.props.module.name);
      this.bins = bins.lua.some((n) => n > 0) || bins.java.some((n) => n > 0) ? bins : null;
      this.draw();
    } finally {
      this.loading = false;
    }
  }

  resize() {
    const width = this.box.current.clientWidth;
    if (width > 0) {
      this.plot?.setSize({ width, height: HEIGHT });
    }
  }

  draw() {
    this.plot?.destroy();
    this.plot = null;
    if (!this.bins || !this.box.current) {
      return;
    }
    const axis = { stroke: color("--muted"), grid: { stroke: color("--line"), width: 1 }, ticks: { show: false }, font: "11px system-ui" };
    const area = (label, name) => ({
      label,
      stroke: color(name),
      width: 2,
      fill: `color-mix(in srgb, ${color(name)} 18%, transparent)`,
      paths: uPlot.paths.stepped({ align: 1 }),
      points: { show: false },
      value: (u, share) => (share == null ? "–" : percent(share)),
    });
    this.plot = new uPlot(
      {
        width: this.box.current.clientWidth || 400,
        height: HEIGHT,
        padding: [10, 32, 0, 0], // half of the last label, which is centred on the edge
        cursor: { y: false },
        scales: { x: { time: false, distr: 3 }, y: { range: (u, min, max) => [0, Math.max(0.05, max * 1.15)] } },
        axes: [
          { ...axis, values: (u, at) => at.map((us) => (us == null || Math.log10(us) % 1 !== 0 ? "" : micros(us))) },
          { ...axis, size: 44, values: (u, at) => at.map((share) => `${Math.round(share * 100)} %`) },
        ],
        series: [{ label: "From", value: (u, us) => (us == null ? "–" : micros(us)) }, area("Lua", "--lua"), area("Java", "--java")],
      },
      shares(this.bins),
      this.box.current,
    );
  }

  render() {
    return h("div", { class: "chart histogram", ref: this.box, role: "img", "aria-label": "How long calls took by Lua and by Java: share of calls by duration" });
  }
}
