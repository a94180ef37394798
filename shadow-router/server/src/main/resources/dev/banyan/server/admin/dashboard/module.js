// One module's page: mode, traffic, parity, latency, fallbacks, mismatches, history.

import { h, Component } from "/assets/preact.js";
import { api } from "/assets/api.js";
import { LatencyScale, ParityScale, TrafficChart } from "/assets/charts.js";
import { Classes } from "/assets/classes.js";
import { ago, brief, count, percent, split, text } from "/assets/format.js";
import { Audit, MODES } from "/assets/overview.js";

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
          disabled: !module.ported || (mode === module.mode && mode !== "canary"),
          onClick: () => onMode(mode),
        },
        mode === "canary" && module.mode === "canary" ? module.flag.summary : mode,
      ),
    ),
  );
}

function Verdicts({ parity }) {
  const trouble = (name) => (name === "mismatched" || name === "broken") && parity[name] > 0;
  const part = (name, label) => h("div", { class: trouble(name) ? "some" : name }, h("b", null, brief(parity[name])), h("span", null, label));
  return h(
    "div",
    { class: "verdicts" },
    part("matched", "matched"),
    part("mismatched", "different"),
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

const place = (path) => path.replace(/^effects\./, "");

function clusters(mismatches) {
  const byShape = new Map();
  for (const m of mismatches) {
    const cluster = byShape.get(m.shape) ?? { shape: m.shape, all: [] };
    cluster.all.push(m);
    byShape.set(m.shape, cluster);
  }
  return [...byShape.values()].sort((a, b) => b.all.length - a.all.length);
}

function Diff({ difference }) {
  const [lua, java] = split(text(difference.lua), text(difference.java));
  const side = (name, [before, changed, after]) =>
    h("div", { class: `side ${name}` }, h("span", null, name === "lua" ? "Lua" : "Java"), h("code", null, before, h("mark", null, changed), after));
  return h("div", { class: "diff" }, h("h4", null, place(difference.path)), side("lua", lua), side("java", java));
}

function Example({ mismatch }) {
  return h(
    "article",
    { class: "example" },
    h(
      "dl",
      null,
      Object.entries(mismatch.request).map(([name, value]) => [h("dt", null, name), h("dd", null, h("code", null, typeof value === "string" ? value : text(value)))]),
    ),
    mismatch.differences.map((difference) => h(Diff, { key: difference.path, difference })),
    h("details", null, h("summary", null, "Both answers in full"), h("div", { class: "full" }, h("pre", null, JSON.stringify(mismatch.lua, null, 2)), h("pre", null, JSON.stringify(mismatch.java, null, 2)))),
  );
}

class Cluster extends Component {
  state = { at: 0 };

  render({ cluster, open }, { at }) {
    const newest = cluster.all[0];
    const oldest = cluster.all.at(-1);
    const shown = cluster.all[Math.min(at, cluster.all.length - 1)];
    const step = (by) => this.setState({ at: (at + by + cluster.all.length) % cluster.all.length });
    return h(
      "details",
      { class: "cluster", open },
      h(
        "summary",
        null,
        h("b", { class: "badge" }, count(cluster.all.length)),
        h("code", null, newest.function),
        h("span", null, newest.differences.map((d) => place(d.path)).join(", ")),
        h("small", null, `${ago(newest.when)}${cluster.all.length > 1 ? `, first ${ago(oldest.when)}` : ""}`),
      ),
      cluster.all.length > 1 &&
        h("div", { class: "stepper" }, h("button", { onClick: () => step(-1), "aria-label": "Newer example" }, "‹"), h("span", null, `${at + 1} of ${cluster.all.length}`), h("button", { onClick: () => step(1), "aria-label": "Older example" }, "›")),
      h(Example, { mismatch: shown }),
    );
  }
}

export class ModulePage extends Component {
  state = { mismatches: [], rows: [] };

  componentDidMount() {
    this.load();
  }

  componentDidUpdate(before) {
    if (before.module.name !== this.props.module.name || before.generation !== this.props.generation) {
      this.load();
    }
  }

  async load() {
    const name = this.props.module.name;
    const [found, past] = await Promise.all([api.mismatches(name), api.history(name)]);
    this.setState({ mismatches: found.mismatches, rows: past.rows });
  }

  render({ module, audit, live, fresh, generation, theme, onMode }, { mismatches, rows }) {
    const newest = mismatches[0]?.id ?? 0;
    const all = [...fresh.filter((m) => m.module === module.name && m.id > newest), ...mismatches];
    const last = rows.at(-1)?.[0] ?? 0;
    const series = [...rows, ...live.filter((row) => row[0] > last)].slice(-600);
    const changes = audit.filter((entry) => entry.module === module.name);
    const groups = clusters(all);
    return h(
      "main",
      { id: "main", class: "module" },
      h("p", { class: "crumbs" }, h("a", { href: "#/" }, "← All modules")),
      h(
        "header",
        { class: "title" },
        h("div", null, h("h1", null, module.name), h("p", { class: "quiet" }, `fail mode ${module.failMode}, sticky by ${module.stickyKey.map((k) => `$${k}`).join(", ")}`)),
        h(Modes, { module, onMode }),
        h("button", { class: "danger", disabled: module.mode === "lua", onClick: () => onMode("lua") }, "Roll back"),
      ),
      !module.ported && h("p", { class: "note" }, "No Java port of this module is loaded; Lua answers all of its calls."),
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
          h("h2", null, "Fallbacks to Lua"),
          module.fallbackTotal === 0 ? h("p", { class: "quiet" }, "None") : h(Reasons, { reasons: module.fallbacks }),
        ),
      ),
      module.ported && h(Classes, { module, generation }),
      h(
        "section",
        { class: "card" },
        h("h2", null, "Mismatches", groups.length > 0 && h("span", { class: "badge" }, count(all.length))),
        groups.length === 0
          ? h("p", { class: "quiet" }, module.parity.compared > 0 ? "None: both sides agree so far." : "None yet: nothing was compared.")
          : groups.map((cluster, i) => h(Cluster, { key: cluster.shape, cluster, open: i === 0 })),
      ),
      h("section", { class: "card" }, h("h2", null, "Flag history"), h(Audit, { audit: changes, withModule: false })),
    );
  }
}
