// One place at which the sides differ, with the differing part marked.

import { h } from "/assets/preact.js";
import { split, text } from "/assets/format.js";

export const place = (path) => path.replace(/^effects\./, "");

export function Diff({ difference }) {
  const [lua, java] = split(text(difference.lua), text(difference.java));
  const side = (name, [before, changed, after]) =>
    h("div", { class: `side ${name}` }, h("span", null, name === "lua" ? "Lua" : "Java"), h("code", null, before, h("mark", null, changed), after));
  return h("div", { class: "diff" }, h("h4", null, place(difference.path)), side("lua", lua), side("java", java));
}
