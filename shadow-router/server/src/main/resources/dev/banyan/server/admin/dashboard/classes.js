// Parity by class of traffic: which kinds of requests are proven, and which have hardly been seen.

import { h, Component } from "/assets/preact.js";
import { api } from "/assets/api.js";
import { ParityBand } from "/assets/charts.js";
import { brief, count, percent } from "/assets/format.js";

const FIRST = 8;

export function Verdict({ proof }) {
  if (proof.classes === 0) {
    return null;
  }
  if (proof.holds) {
    return h("p", { class: "proof good" }, `Proven: each of ${proof.classes} classes agrees in at least ${percent(proof.target)}.`);
  }
  return h(
    "p",
    { class: "proof" },
    h("b", null, `${proof.unproven} of ${proof.classes} classes are below ${percent(proof.target)}. `),
    proof.weakestDifferent > 0
      ? `In the weakest, ${proof.weakest}, ${count(proof.weakestDifferent)} of ${count(proof.weakestCompared)} calls differ.`
      : `The weakest, ${proof.weakest}, needs ${count(proof.missing)} more calls that agree.`,
  );
}

function Row({ one, target }) {
  const different = one.mismatched + one.broken;
  const tone = one.compared === 0 ? "quiet" : different ? "bad" : one.atLeast < target ? "warn" : "good";
  return h(
    "tr",
    null,
    h("th", { scope: "row" }, one.label),
    h("td", { "data-label": "At least", class: `num ${tone}` }, one.compared ? percent(one.atLeast) : "–"),
    h("td", { class: "wide" }, h(ParityBand, { atLeast: one.atLeast, share: one.share, target, compared: one.compared, label: one.label })),
    h("td", { "data-label": "Compared", class: "num" }, brief(one.compared)),
    h("td", { "data-label": "Different", class: different ? "num bad" : "num" }, brief(different)),
    h("td", { "data-label": "Skipped", class: "num" }, brief(one.skipped)),
  );
}

// Loads its own figures, again when the module's count has moved.
export class Classes extends Component {
  state = { answer: null, all: false };

  componentDidMount() {
    this.load();
  }

  componentDidUpdate(before) {
    const counted = (module) => module.parity.compared + module.parity.skipped;
    if (before.generation !== this.props.generation || counted(before.module) !== counted(this.props.module)) {
      this.load();
    }
  }

  async load() {
    if (this.loading) {
      return;
    }
    this.loading = true;
    try {
      this.setState({ answer: await api.classes(this.props.module.name) });
    } finally {
      this.loading = false;
    }
  }

  render({ module }, { answer, all }) {
    const classes = answer?.classes ?? [];
    const shown = all ? classes : classes.slice(0, FIRST);
    return h(
      "section",
      { class: "card", "aria-label": "Parity by class of traffic" },
      h("h2", null, "Parity by class of traffic"),
      h(Verdict, { proof: module.parity.proof }),
      classes.length === 0
        ? h("p", { class: "quiet" }, "No class yet: nothing was shadowed.")
        : h(
            "table",
            { class: "modules classes" },
            h("thead", null, h("tr", null, h("th", { scope: "col" }, "Class"), h("th", { scope: "col", class: "num" }, "At least"), h("th", { scope: "col" }, "Bounds"), ["Compared", "Different", "Skipped"].map((t) => h("th", { scope: "col", class: "num" }, t)))),
            h("tbody", null, shown.map((one) => h(Row, { key: one.label, one, target: answer.proof.target }))),
          ),
      classes.length > FIRST && h("button", { class: "more", onClick: () => this.setState({ all: !all }) }, all ? "Show the weakest only" : `Show all ${classes.length}`),
      answer?.overflowed > 0 && h("p", { class: "note" }, `${count(answer.overflowed)} calls came when there were too many classes, and are counted together: take a variable with fewer values as class-key.`),
    );
  }
}
