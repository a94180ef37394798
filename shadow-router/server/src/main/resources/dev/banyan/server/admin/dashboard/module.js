// One module's page: mode, traffic, parity, latency, fallbacks, mismatches, history.

import { h, Component } from "/assets/preact.js";
import { api } from "/assets/api.js";
import { LatencyScale, ParityScale, TrafficChart } from "/assets/charts.js";
import { Classes } from "/assets/classes.js";
import { Clusters } from "/assets/clusters.js";
import { Rules } from "/assets/rules.js";
import { brief, count, percent } from "/assets/format.js";
import { Audit, MODES } from "/assets/overview.js";
import { CallCost } from "/assets/progress.js";
import { LatencyHistogram } from "/assets/histogram.js";
import { Unreached } from "/assets/lines.js";
import { Noise } from "/assets/noise.js";
import { Retire } from "/assets/retire.js";

function Modes({ module, onMode }) {
  return h(
    "div",
    { class: "modes", role: "group", "aria-label": "Mode" },
    MODES.map((mode) =>
      h(
        "button",
        {
          class: mode === module.mode ? `on ${mode}` : mode,
          "aria-pressed": String(mode === module.mode),
          disabled: !module.ported || module.retired,
          // The mode in force keeps the focus that its dialog gave back; a disabled button would lose it.
          "aria-disabled": mode === module.mode && mode !== "canary" ? "true" : undefined,
          onClick: () => (mode === module.mode && mode !== "canary") || onMode(mode),
        },
        mode === "canary" && module.mode === "canary" ? module.flag.summary : mode,
      ),
    ),
  );
}

function RollBack({ module, onMode }) {
  const needless = module.mode === "lua" || module.retired;
  return h("button", { class: "danger", "aria-disabled": needless ? "true" : undefined, onClick: () => needless || onMode("lua") }, "Roll back");
}

function Verdicts({ parity }) {
  const trouble = (name) => (name === "mismatched" || name === "broken") && parity[name] > 0;
  const part = (name, label) => h("div", { class: trouble(name) ? "some" : name }, h("b", null, brief(parity[name])), h("span", null, label));
  return h(
    "div",
    { class: "verdicts" },
    part("matched", "matched"),
    part("mismatched", "different"),
    part("ignored", "let pass"),
    part("broken", "broken"),
    part("skipped", "skipped"),
  );
}

function Reasons({ title, reasons }) {
  const list = Object.entries(reasons).sort((a, b) => b[1] - a[1]);
  if (list.length === 0) {
    return null;
  }
  const most = list[0][1];
  return h(
    "div",
    { class: "reasons" },
    title && h("h3", null, title),
    list.slice(0, 12).map(([reason, n]) =>
      h("div", { key: reason }, h("span", null, reason), h("b", null, count(n)), h("i", { style: { width: `${n / most * 100}%` } })),
    ),
  );
}

export class ModulePage extends Component {
  state = { rows: [] };

  componentDidMount() {
    this.load();
  }

  componentDidUpdate(before) {
    if (before.module.name !== this.props.module.name || before.generation !== this.props.generation) {
      this.load();
    }
  }

  async load() {
    const { rows } = await api.history(this.props.module.name);
    this.setState({ rows });
  }

  render({ module, audit, live, generation, theme, onMode }, { rows }) {
    const last = rows.at(-1)?.[0] ?? 0;
    const isSetBack = live.at(-1)?.[0] < last; // the server's clock was
    const series = isSetBack ? live : [...rows, ...live.filter((row) => row[0] > last)].slice(-600);
    const changes = audit.filter((entry) => entry.module === module.name);
    return h(
      "main",
      { id: "main", class: "module", tabindex: -1 },
      h("p", { class: "crumbs" }, h("a", { href: "#/" }, "← All modules")),
      h(
        "header",
        { class: "title" },
        h("div", null, h("h1", null, module.name), h("p", { class: "quiet" }, `fail mode ${module.failMode}, sticky by ${module.stickyKey.map((k) => `$${k}`).join(", ")}`)),
        h(Modes, { module, onMode }),
        h(RollBack, { module, onMode }),
      ),
      !module.ported && h("p", { class: "note" }, "No Java port of this module is loaded; Lua answers all of its calls."),
      module.retired && h("p", { class: "note" }, "This module is retired: it has no Lua file, so its flag stays at java for everyone."),
      h("section", { class: "card" }, h("h2", null, "Calls per second"), h(TrafficChart, { rows: series, changes, theme })),
      h(
        "div",
        { class: "columns" },
        h(
          "section",
          { class: "card" },
          h("h2", null, "Parity"),
          module.parity.compared > 0 &&
            h("p", { class: "hero" }, percent(module.parity.share), h("small", null, `at least ${percent(module.parity.atLeast)}, from ${count(module.parity.compared)} calls`)),
          h(ParityScale, module),
          h(Verdicts, module),
          h(Reasons, { title: "Skipped because", reasons: module.skips }),
          h(Reasons, { title: "Broken by", reasons: module.breakages }),
        ),
        h(
          "section",
          { class: "card" },
          h("h2", null, "Latency per call"),
          h(LatencyScale, { lua: module.luaLatency, java: module.javaLatency }),
          h(LatencyHistogram, { module, generation, theme }),
          h("h2", null, "Cost of a call"),
          h(CallCost, { cost: module.cost }),
          h("h2", { class: "next" }, "Fallbacks to Lua"),
          module.fallbackTotal === 0 ? h("p", { class: "quiet" }, "None") : h(Reasons, { reasons: module.fallbacks }),
        ),
      ),
      module.mode === "java" && h(Retire, { module, generation }),
      module.ported && h(Classes, { module, generation }),
      h(Clusters, { module, generation }),
      module.ported && h(Unreached, { module, generation }),
      h(Noise, { module, generation }),
      h(Rules, { module, generation }),
      h("section", { class: "card" }, h("h2", null, "Flag history"), h(Audit, { audit: changes, withModule: false })),
    );
  }
}
