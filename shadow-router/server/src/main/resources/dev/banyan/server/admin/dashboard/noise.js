// Where Lua differs from itself: calls that it answered twice in the same world.

import { h, Component } from "/assets/preact.js";
import { api } from "/assets/api.js";
import { ago, count } from "/assets/format.js";

export class Noise extends Component {
  state = { measured: 0, differed: 0, places: [], unmeasured: {} };

  componentDidMount() {
    this.load();
  }

  componentDidUpdate(before) {
    if (before.generation !== this.props.generation || before.module.parity.compared !== this.props.module.parity.compared) {
      this.load();
    }
  }

  async load() {
    if (this.loading) {
      return;
    }
    this.loading = true;
    try {
      this.setState(await api.noise(this.props.module.name));
    } finally {
      this.loading = false;
    }
  }

  render(_, { measured, differed, places, unmeasured }) {
    const reasons = Object.entries(unmeasured);
    if (measured === 0 && reasons.length === 0) {
      return null;
    }
    return h(
      "section",
      { class: "card noise", "aria-label": "Noise" },
      h("h2", null, "Noise"),
      h("p", { class: "quiet" }, `Lua answered ${count(measured)} calls a second time, in the same world, and differed from itself in ${count(differed)}.`),
      places.length > 0 &&
        h(
          "table",
          { class: "modules classes" },
          h("thead", null, h("tr", null, h("th", { scope: "col" }, "Place"), h("th", { scope: "col" }, "Function"), h("th", { scope: "col", class: "num" }, "Calls"), h("th", { scope: "col" }, "Last"))),
          h("tbody", null, places.map((one) => h("tr", { key: one.function + one.place }, h("th", { scope: "row" }, one.place), h("td", { "data-label": "Function" }, one.function), h("td", { "data-label": "Calls", class: "num" }, count(one.calls)), h("td", { "data-label": "Last" }, ago(one.last))))),
        ),
      reasons.map(([reason, n]) => h("p", { class: "note", key: reason }, `${count(n)} not measured: ${reason}`)),
    );
  }
}
