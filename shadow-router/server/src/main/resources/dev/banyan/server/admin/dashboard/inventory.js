// What the legacy's Lua consists of: the same as "banyan inventory" tells, with the live traffic
// when somebody asks for it to be metered.

import { h, Component } from "/assets/preact.js";
import { api } from "/assets/api.js";
import { count, micros, percent } from "/assets/format.js";

const SECONDS = 10;

const list = (names) => (names.length ? names.join(", ") : h("span", { class: "quiet" }, "–"));

function Row({ module, live, mode }) {
  return h(
    "tr",
    null,
    h("th", { scope: "row" }, mode ? h("a", { href: `#/${module.name}` }, module.name) : module.name, mode && h("span", { class: `pill ${mode}` }, mode)),
    h("td", { "data-label": "Code", class: "num" }, count(module.codeLines)),
    h("td", { "data-label": "Handlers", class: "num" }, count(module.handlers)),
    h("td", { "data-label": "Calls / s", class: "num" }, live ? count(Math.round(live.callsPerSecond)) : "–"),
    h("td", { "data-label": "CPU a call", class: "num" }, live && live.cpuMicrosPerCall !== null ? micros(live.cpuMicrosPerCall) : "–"),
    h("td", { "data-label": "CPU share", class: "num" }, live ? percent(Math.round(live.cpuShare * 1000) / 1000) : "–"),
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
  state = { inventory: null, usage: null, error: "" };

  async componentDidMount() {
    try {
      this.setState({ inventory: await api.inventory() });
      await this.look();
    } catch (e) {
      this.setState({ error: e.message });
    }
  }

  componentWillUnmount() {
    clearTimeout(this.again);
  }

  async look() {
    const usage = await api.usage();
    this.setState({ usage });
    if (usage.state === "measuring") {
      this.again = setTimeout(() => this.attempt(() => this.look()), 1000);
    }
  }

  async attempt(action) {
    try {
      await action();
      this.setState({ error: "" });
    } catch (e) {
      this.setState({ error: e.message });
    }
  }

  meter() {
    return this.attempt(async () => {
      await api.meter(SECONDS);
      await this.look();
    });
  }

  render({ modules }, { inventory, usage, error }) {
    const live = usage?.modules ?? {};
    const modes = Object.fromEntries(modules.map((m) => [m.name, m.retired ? "retired" : m.mode]));
    return h(
      "main",
      { id: "main", class: "inventory", tabindex: -1 },
      h("header", { class: "title" }, h("div", null, h("h1", null, "Inventory"), inventory && h("p", { class: "quiet" }, `${inventory.modules.length} modules, ${inventory.handlers} handlers of Lua in ${inventory.conf}`))),
      error && h("p", { class: "error", role: "alert" }, error),
      !inventory && !error && h("p", { class: "quiet", role: "status" }, "Reading the legacy…"),
      inventory && h(Traffic, { usage, onMeter: () => this.meter() }),
      inventory && h(Tables, { inventory, live, modes }),
    );
  }
}

function Traffic({ usage, onMeter }) {
  const busy = usage?.state === "measuring";
  const told = busy
    ? `Metering for ${SECONDS} seconds…`
    : usage?.state === "ended"
      ? `Metered for ${usage.seconds.toFixed(0)} seconds (${usage.ended}): CPU without waiting and without other modules' functions`
      : "Calls and CPU of each module are metered only when you ask";
  return h(
    "p",
    { class: "meter" },
    h("button", { class: "primary", disabled: busy, onClick: onMeter }, `Meter ${SECONDS} seconds of traffic`),
    h("span", { class: "quiet", role: "status" }, ` ${told}`),
  );
}

const HEADS = ["Module", "Code", "Handlers", "Calls / s", "CPU a call", "CPU share", "Phases", "Requires", "ngx", "Dicts", "Keeps"];
const NUMBERS = new Set(["Code", "Handlers", "Calls / s", "CPU a call", "CPU share", "ngx"]);

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
