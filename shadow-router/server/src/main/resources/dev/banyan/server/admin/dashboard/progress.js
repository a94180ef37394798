// How far the migration is: modules by stage, the share of requests without Lua over time, when it
// will be done, what it has saved.

import { h, Component, createRef } from "/assets/preact.js";
import uPlot from "/assets/uplot.js";
import { api } from "/assets/api.js";
import { brief, micros, octets, percent, span } from "/assets/format.js";

export const STAGES = ["lua", "shadow", "canary", "java", "retired"];
const REFRESH = 60_000;

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export const stageOf = (module) => (module.retired ? "retired" : module.mode);

export function StageBar({ modules }) {
  const by = Object.fromEntries(STAGES.map((stage) => [stage, modules.filter((m) => stageOf(m) === stage).length]));
  return h(
    "section",
    { class: "progress", "aria-label": "Modules by stage" },
    h("div", { class: "bar" }, STAGES.map((stage) => by[stage] > 0 && h("div", { class: stage, style: { flexGrow: by[stage] } }))),
    h("ul", null, STAGES.map((stage) => h("li", null, h("i", { class: stage }), h("b", null, by[stage]), ` ${stage}`))),
  );
}

// Modules by stage as a stack, and on the right axis the share of requests without Lua.
class StageChart extends Component {
  box = createRef();

  componentDidMount() {
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.box.current);
    this.draw();
  }

  componentDidUpdate(before) {
    if (before.theme !== this.props.theme || before.series !== this.props.series) {
      this.draw();
    }
  }

  componentWillUnmount() {
    this.observer.disconnect();
    this.plot?.destroy();
  }

  resize() {
    const width = this.box.current.clientWidth;
    if (width > 0) {
      this.plot?.setSize({ width, height: 200 });
    }
  }

  // A stretch is a step: its figures hold from its beginning to the next one's.
  data() {
    const { series } = this.props;
    const last = series.at(-1);
    const points = [...series, { ...last, at: Math.max(last.at + 60, Math.floor(Date.now() / 1000)) }];
    const sum = (point, stages) => stages.reduce((n, stage) => n + point.stages[stage], 0);
    const share = (point) => {
      const all = point.withoutLua + point.inLua;
      return all === 0 ? null : (point.withoutLua / all) * 100;
    };
    return [
      points.map((p) => p.at),
      points.map((p) => sum(p, ["retired", "java", "canary", "shadow"])),
      points.map((p) => sum(p, ["retired", "java", "canary"])),
      points.map((p) => sum(p, ["retired", "java"])),
      points.map(share),
    ];
  }

  draw() {
    this.plot?.destroy();
    const axis = { stroke: color("--muted"), grid: { stroke: color("--line"), width: 1 }, ticks: { show: false }, font: "11px system-ui" };
    const step = uPlot.paths.stepped({ align: 1 });
    const area = (label, name) => ({ label, scale: "modules", stroke: color(name), width: 1.5, fill: `color-mix(in srgb, ${color(name)} 30%, ${color("--card")})`, paths: step, points: { show: false } });
    const days = this.props.series.at(-1).at - this.props.series[0].at > 2 * 86_400;
    const when = (t) => (days ? new Date(t * 1000).toLocaleDateString("en-GB", { day: "numeric", month: "short" }) : new Date(t * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" }));
    this.plot = new uPlot(
      {
        width: this.box.current.clientWidth || 600,
        height: 200,
        padding: [10, 4, 0, 0],
        cursor: { y: false },
        legend: { live: false },
        scales: { modules: { range: [0, this.props.modules] }, share: { range: [0, 100] } },
        axes: [
          { ...axis, values: (u, at) => at.map(when), space: 80 },
          { ...axis, scale: "modules", size: 34, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500] },
          { ...axis, scale: "share", side: 1, size: 48, grid: { show: false }, values: (u, at) => at.map((v) => `${v} %`) },
        ],
        series: [
          {},
          area("shadow", "--shadow"),
          area("canary", "--canary"),
          area("java and retired", "--java"),
          { label: "requests without Lua", scale: "share", stroke: color("--text"), width: 2, paths: step, points: { show: false } },
        ],
      },
      this.data(),
      this.box.current,
    );
  }

  render() {
    return h("div", { class: "chart stages", ref: this.box, role: "img", "aria-label": "Modules by stage and requests without Lua over time" });
  }
}

function Fact({ label, value, note }) {
  return h("div", null, h("dt", null, label), h("dd", null, h("b", null, value), note && h("small", null, note)));
}

const shareOf = (path) => {
  const all = path.withoutLua + path.inLua;
  return all === 0 ? "no request" : percent(path.withoutLua / all);
};

function Facts({ progress }) {
  const { cost, paths } = progress;
  const all = paths.lastDay.withoutLua + paths.lastDay.inLua;
  return h(
    "dl",
    { class: "facts-list" },
    h(Fact, { label: "Requests without Lua, last 24 h", value: shareOf(paths.lastDay), note: `of ${brief(all)}; the day before: ${shareOf(paths.dayBefore)}` }),
    h(Fact, { label: "Forecast", value: progress.forecastDay ?? "–", note: progress.forecast }),
    cost.measuredModules === 0
      ? h(Fact, { label: "CPU saved", value: "–", note: "not measured yet: shadow and canary measure both sides of a call" })
      : h(Fact, { label: "CPU saved", value: span(cost.savedCpuSeconds), note: `and ${octets(cost.savedAllocatedOctets)} of allocation, by ${cost.measuredModules} measured ${cost.measuredModules === 1 ? "module" : "modules"}` }),
  );
}

export class Migration extends Component {
  state = { progress: null, error: "" };

  componentDidMount() {
    this.load();
    this.timer = setInterval(() => this.load(), REFRESH);
  }

  componentDidUpdate(before) {
    if (before.version !== this.props.version) {
      this.load();
    }
  }

  componentWillUnmount() {
    clearInterval(this.timer);
  }

  async load() {
    try {
      this.setState({ progress: await api.progress(), error: "" });
    } catch (e) {
      this.setState({ error: e.message });
    }
  }

  render({ theme }, { progress, error }) {
    return h(
      "section",
      { class: "card", "aria-label": "Progress" },
      h("h2", null, "Progress"),
      error && h("p", { class: "error" }, error),
      progress &&
        h(
          "div",
          { class: "migration" },
          h(StageChart, { series: progress.series, modules: progress.modules, theme }),
          h(Facts, { progress }),
        ),
      progress && h("p", { class: "quiet small" }, progress.cost.note),
    );
  }
}

// What a call costs on both sides, on the module's page.
export function CallCost({ cost }) {
  if (!cost) {
    return h("p", { class: "quiet" }, "Not measured yet: one in 64 shadowed calls is, on both sides.");
  }
  return h(
    "table",
    { class: "reasons" },
    h("thead", null, h("tr", null, ["", "CPU", "Allocated"].map((t, i) => h("th", { scope: "col", class: i ? "num" : "" }, t)))),
    h(
      "tbody",
      null,
      [["Lua", cost.luaMicros, cost.luaOctets], ["Java", cost.javaMicros, cost.javaOctets]].map(([who, us, bytes]) =>
        h("tr", { key: who }, h("th", { scope: "row" }, who), h("td", { class: "num" }, micros(us)), h("td", { class: "num" }, octets(bytes))),
      ),
    ),
  );
}
