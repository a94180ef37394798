// What the legacy's Lua consists of: the same as "banyan inventory" tells, with the live traffic.

import { h, Component } from "/assets/preact.js";
import { api } from "/assets/api.js";
import { count, percent } from "/assets/format.js";

// Calls per second, and the share of the time of all calls, of the last ten seconds.
function traffic(modules, history) {
  const spent = modules.map((m) => {
    const rows = (history[m.name] ?? []).slice(-10);
    const sum = (column) => rows.reduce((n, row) => n + row[column], 0);
    const lua = sum(1);
    const java = sum(2);
    return { name: m.name, rate: rows.length ? (lua + java) / rows.length : 0, micros: lua * m.luaLatency.meanMicros + java * m.javaLatency.meanMicros };
  });
  const all = spent.reduce((n, one) => n + one.micros, 0);
  return Object.fromEntries(spent.map((one) => [one.name, { rate: one.rate, share: all ? one.micros / all : 0 }]));
}

const list = (names) => (names.length ? names.join(", ") : h("span", { class: "quiet" }, "–"));

function Row({ module, live, mode }) {
  return h(
    "tr",
    null,
    h("th", { scope: "row" }, mode ? h("a", { href: `#/${module.name}` }, module.name) : module.name, mode && h("span", { class: `pill ${mode}` }, mode)),
    h("td", { "data-label": "Code", class: "num" }, count(module.codeLines)),
    h("td", { "data-label": "Handlers", class: "num" }, count(module.handlers)),
    h("td", { "data-label": "Calls / s", class: "num" }, live ? count(Math.round(live.rate)) : "–"),
    h("td", { "data-label": "Time share", class: "num" }, live ? percent(live.share) : "–"),
    h("td", { "data-label": "Phases" }, list(module.phases.map((p) => p.replace(/_by_lua$/, "")))),
    h("td", { "data-label": "Requires" }, list(module.requires)),
    h("td", { "data-label": "ngx" , class: "num", title: module.touches.api.join(", ") }, count(module.touches.api.length)),
    h("td", { "data-label": "Dicts" }, list(module.touches.dicts)),
    h("td", { "data-label": "Keeps" }, list(module.state)),
  );
}

function Section({ title, lines, empty }) {
  return h(
    "section",
    { class: "card" },
    h("h2", null, title),
    lines.length === 0 ? h("p", { class: "quiet" }, empty) : h("ul", { class: "plain" }, lines.map((line) => h("li", null, line))),
  );
}

function dead(inventory) {
  const files = inventory.unreached.map((file) => `${file}: nothing asks for this file`);
  const functions = inventory.modules.flatMap((m) => m.functions.filter((f) => !f.used).map((f) => `${m.name}.${f.name} (line ${f.line}): its name occurs nowhere else`));
  return [...files, ...functions];
}

const notes = (inventory) => inventory.modules.flatMap((m) => m.notes.map((n) => `${m.name}${n.line ? ` line ${n.line}` : ""}: ${n.text}`));

export class InventoryPage extends Component {
  state = { inventory: null, error: "" };

  async componentDidMount() {
    try {
      this.setState({ inventory: await api.inventory() });
    } catch (e) {
      this.setState({ error: e.message });
    }
  }

  render({ modules, history }, { inventory, error }) {
    const live = traffic(modules.filter((m) => m.ported), history);
    const modes = Object.fromEntries(modules.map((m) => [m.name, m.retired ? "retired" : m.mode]));
    return h(
      "main",
      { id: "main", class: "inventory" },
      h("header", { class: "title" }, h("div", null, h("h1", null, "Inventory"), inventory && h("p", { class: "quiet" }, `${inventory.modules.length} modules, ${inventory.handlers} handlers of Lua in ${inventory.conf}`))),
      error && h("p", { class: "error", role: "alert" }, error),
      !inventory && !error && h("p", { class: "quiet", role: "status" }, "Reading the legacy…"),
      inventory && h(Tables, { inventory, live, modes }),
    );
  }
}

const HEADS = ["Module", "Code", "Handlers", "Calls / s", "Time share", "Phases", "Requires", "ngx", "Dicts", "Keeps"];
const NUMBERS = new Set(["Code", "Handlers", "Calls / s", "Time share", "ngx"]);

function Tables({ inventory, live, modes }) {
  return [
    h(
      "section",
      { class: "card scrolls" },
      h("h2", null, "Modules"),
      h(
        "table",
        { class: "modules still" },
        h("thead", null, h("tr", null, HEADS.map((t) => h("th", { scope: "col", class: NUMBERS.has(t) ? "num" : "" }, t)))),
        h("tbody", null, inventory.modules.map((m) => h(Row, { key: m.name, module: m, live: live[m.name], mode: modes[m.name] }))),
      ),
    ),
    h(
      "section",
      { class: "card" },
      h("h2", null, "Port in this order"),
      h("ol", { class: "plain" }, inventory.order.map((step) => h("li", null, h("b", null, step.modules.join(" + ")), ` ${step.reason}`))),
    ),
    h(
      "div",
      { class: "columns" },
      h(Section, { title: "Not ported on their own", lines: inventory.modules.filter((m) => m.apart).map((m) => `${m.name}: ${m.apart}`), empty: "None" }),
      h(Section, { title: "Dead", lines: dead(inventory), empty: "Nothing that the text tells" }),
      h(Section, { title: "To know before porting", lines: notes(inventory), empty: "Nothing" }),
      h(Section, { title: "What the text doesn't tell", lines: inventory.warnings, empty: "Nothing" }),
    ),
  ];
}
