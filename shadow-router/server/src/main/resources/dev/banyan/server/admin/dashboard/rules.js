// The known differences that are let pass, and what each of these rules hides.

import { h, Component } from "/assets/preact.js";
import { api } from "/assets/api.js";
import { count } from "/assets/format.js";

function Rule({ rule }) {
  return h(
    "tr",
    null,
    h("td", { "data-label": "Hides", class: rule.hidden ? "num warn" : "num" }, count(rule.hidden)),
    h("th", { scope: "row" }, rule.at, rule.function && h("small", null, ` of ${rule.function}`)),
    h("td", { "data-label": "Does" }, rule.does),
    h("td", { "data-label": "Until", class: rule.expired ? "bad" : "" }, rule.expired ? `expired ${rule.until}` : rule.until),
    h("td", { "data-label": "Reason" }, rule.reason),
  );
}

export class Rules extends Component {
  state = { rules: [] };

  componentDidMount() {
    this.load();
  }

  componentDidUpdate(before) {
    if (before.generation !== this.props.generation || before.module.parity.ignored !== this.props.module.parity.ignored || before.module.parity.mismatched !== this.props.module.parity.mismatched) {
      this.load();
    }
  }

  async load() {
    if (this.loading) {
      return;
    }
    this.loading = true;
    try {
      this.setState(await api.rules(this.props.module.name));
    } finally {
      this.loading = false;
    }
  }

  render(_, { rules }) {
    if (rules.length === 0) {
      return null;
    }
    return h(
      "section",
      { class: "card", "aria-label": "Parity rules" },
      h("h2", null, "Differences that are let pass"),
      h(
        "table",
        { class: "modules classes" },
        h("thead", null, h("tr", null, h("th", { scope: "col", class: "num" }, "Hides"), ["At", "Does", "Until", "Reason"].map((t) => h("th", { scope: "col" }, t)))),
        h("tbody", null, rules.map((rule) => h(Rule, { key: rule.line, rule }))),
      ),
    );
  }
}
