// The first page: how far the migration is, and each module in a row.

import { h } from "/assets/preact.js";
import { Sparkline } from "/assets/charts.js";
import { ago, brief, count, micros, percent } from "/assets/format.js";
import { WholePath } from "/assets/path.js";
import { Migration, StageBar } from "/assets/progress.js";

export const MODES = ["lua", "shadow", "canary", "java"];

function rates(modules, second) {
  const sum = { lua: 0, java: 0 };
  for (const module of modules) {
    const row = second[module.name];
    sum.lua += row?.[1] ?? 0;
    sum.java += row?.[2] ?? 0;
  }
  return sum;
}

function Tile({ label, value, note, tone }) {
  return h("div", { class: `tile ${tone ?? ""}` }, h("span", null, label), h("b", null, value), h("small", null, note));
}

function Tiles({ modules, second, status }) {
  const rate = rates(modules, second);
  const all = rate.lua + rate.java;
  const different = modules.reduce((sum, m) => sum + m.parity.mismatched + m.parity.broken, 0);
  const compared = modules.reduce((sum, m) => sum + m.parity.compared, 0);
  const fallbacks = modules.reduce((sum, m) => sum + m.fallbackTotal, 0);
  return h(
    "section",
    { class: "tiles", "aria-label": "Right now" },
    h(Tile, { label: "Module calls", value: `${count(all)} / s`, note: `${count(rate.lua)} by Lua, ${count(rate.java)} by Java` }),
    h(Tile, { label: "Answered by Java", value: all ? percent(rate.java / all) : "–", note: "of all calls, last second" }),
    h(Tile, { label: "Different answers", value: brief(different), note: `of ${brief(compared)} compared`, tone: different ? "bad" : "" }),
    h(Tile, { label: "Fallbacks to Lua", value: brief(fallbacks), note: "Java was asked, Lua answered", tone: fallbacks ? "warn" : "" }),
    h(Tile, { label: "Observations shed", value: brief(status.shadow.shed), note: `${brief(status.shadow.taken)} taken, ${count(status.shadow.waiting)} waiting` }),
  );
}

function Parity({ parity }) {
  if (parity.compared === 0) {
    return h("span", { class: "quiet" }, "–");
  }
  const tone = parity.mismatched + parity.broken > 0 ? "bad" : "good";
  const { proof } = parity;
  const note = proof.holds ? ` ≥ ${percent(proof.atLeast)}` : ` ≥ ${percent(proof.atLeast)}, not proven`;
  return h("span", { class: `figure ${tone}`, title: proof.holds ? "every class is proven" : `weakest: ${proof.weakest}` }, percent(parity.share), h("small", { class: proof.holds ? "" : "warn" }, note));
}

function Row({ module, rows, onRollback }) {
  const different = module.parity.mismatched + module.parity.broken;
  return h(
    "tr",
    { onClick: (e) => e.target.closest("a, button") ?? (location.hash = `#/${module.name}`) },
    h("th", { scope: "row" }, h("a", { href: `#/${module.name}` }, module.name)),
    h("td", { "data-label": "Mode" }, h("span", { class: `pill ${module.retired ? "retired" : module.mode}` }, module.retired ? "retired" : module.flag.summary)),
    h("td", { "data-label": "Traffic", class: "wide" }, h(Sparkline, { rows })),
    h("td", { "data-label": "By Java" }, h("span", { class: "share" }, h("span", { style: { width: `${lastShare(rows) * 100}%` } })), h("small", null, percent(Math.round(lastShare(rows) * 100) / 100))),
    h("td", { "data-label": "Parity" }, h(Parity, module)),
    h("td", { "data-label": "Different", class: different ? "num bad" : "num" }, brief(different)),
    h("td", { "data-label": "Fallbacks", class: module.fallbackTotal ? "num warn" : "num" }, brief(module.fallbackTotal)),
    h("td", { "data-label": "Median Lua / Java", class: "num" }, median(module.luaLatency), h("span", { class: "quiet" }, " / "), median(module.javaLatency)),
    h("td", { class: "act" }, module.mode !== "lua" && !module.retired && h("button", { class: "danger", "aria-label": `Roll back ${module.name}`, onClick: () => onRollback(module.name) }, "Roll back")),
  );
}

function lastShare(rows) {
  const recent = rows.slice(-5);
  const java = recent.reduce((sum, row) => sum + row[2], 0);
  const all = recent.reduce((sum, row) => sum + row[1] + row[2], 0);
  return all ? java / all : 0;
}

const median = (latency) => (latency.count ? micros(latency.p50Micros) : "–");

export function Audit({ audit, withModule = true }) {
  if (audit.length === 0) {
    return h("p", { class: "quiet" }, "No flag was ever changed");
  }
  return h(
    "ol",
    { class: "audit" },
    audit.slice(0, 30).map((entry) =>
      h(
        "li",
        { key: entry.version },
        h("time", { datetime: entry.when, title: entry.when }, ago(entry.when)),
        h("span", null, withModule && h("a", { href: `#/${entry.module}` }, entry.module), h("span", { class: `pill ${entry.from.mode}` }, entry.from.summary), "→", h("span", { class: `pill ${entry.to.mode}` }, entry.to.summary)),
        h("span", { class: "quiet" }, `${entry.who}: ${entry.why}`),
      ),
    ),
  );
}

function Paths({ paths }) {
  const all = paths.withoutLua + paths.inLua;
  return h(
    "section",
    { class: "card", "aria-label": "What keeps traffic on Lua" },
    h("h2", null, "What keeps traffic on Lua"),
    h("p", { class: "quiet" }, all === 0 ? "No request yet." : `${percent(paths.withoutLua / all)} of ${brief(all)} requests were served without Lua.`),
    paths.reasons.length > 0 &&
      h(
        "table",
        { class: "reasons" },
        h("thead", null, h("tr", null, h("th", { scope: "col", class: "num" }, "Requests"), h("th", { scope: "col" }, "Reason"))),
        h("tbody", null, paths.reasons.slice(0, 12).map((one) => h("tr", { key: one.reason }, h("td", { class: "num" }, brief(one.requests)), h("td", null, one.reason)))),
      ),
  );
}

export function Overview({ modules, status, second, history, audit, theme, onRollback }) {
  const ported = modules.filter((m) => m.ported);
  const rest = modules.filter((m) => !m.ported);
  return h(
    "main",
    { id: "main", tabindex: -1 },
    h(StageBar, { modules }),
    h(Migration, { version: status.flagsVersion, theme }),
    h(Tiles, { modules, second, status }),
    h(
      "section",
      { class: "card" },
      h("h2", null, "Modules with a Java port"),
      ported.length === 0
        ? h("p", { class: "quiet" }, "None yet: list a port's jar under “ports” in banyan.yaml.")
        : h(
            "table",
            { class: "modules" },
            h("thead", null, h("tr", null, ["Module", "Mode", "Last minute", "By Java", "Parity", "Different", "Fallbacks", "Median Lua / Java"].map((t, i) => h("th", { scope: "col", class: i > 4 ? "num" : "" }, t)), h("th", { scope: "col" }, h("span", { class: "unseen" }, "Roll back")))),
            h("tbody", null, ported.map((module) => h(Row, { key: module.name, module, rows: history[module.name] ?? [], onRollback }))),
          ),
    ),
    h(WholePath, { second: status.uptimeSeconds }),
    h(
      "div",
      { class: "columns" },
      h(Paths, { paths: status.paths }),
      rest.length > 0 &&
        h(
          "section",
          { class: "card" },
          h("h2", null, "Modules without a Java port"),
          h("ul", { class: "chips" }, rest.map((m) => h("li", { key: m.name }, h("code", null, m.name)))),
        ),
      h("section", { class: "card" }, h("h2", null, "Flag changes"), h(Audit, { audit })),
    ),
  );
}
