// Whole requests of the old path that were run through the new one: what both would have sent.

import { h, Component } from "/assets/preact.js";
import { api } from "/assets/api.js";
import { Verdict } from "/assets/classes.js";
import { Example } from "/assets/clusters.js";
import { place } from "/assets/diff.js";
import { ago, brief, count, percent } from "/assets/format.js";
import { Reproducer } from "/assets/reproducer.js";

const SHOWN = 12;

function Cause({ cluster }) {
  return h(
    "details",
    { class: "cluster" },
    h(
      "summary",
      null,
      h("b", { class: "badge" }, count(cluster.count)),
      h("span", null, cluster.places.map((one, i) => [i > 0 && ", ", place(one.place), h("small", null, ` ${one.kind}`)])),
      h("small", { class: "when" }, ago(cluster.last)),
    ),
    h("ul", { class: "chips" }, cluster.classes.map((name) => h("li", { key: name }, h("code", null, name)))),
    h(Example, { mismatch: cluster.example }),
    h(Reproducer, { cluster }),
  );
}

function Reasons({ title, reasons }) {
  return (
    reasons.length > 0 &&
    h(
      "table",
      { class: "reasons" },
      h("thead", null, h("tr", null, h("th", { scope: "col", class: "num" }, "Requests"), h("th", { scope: "col" }, title))),
      h("tbody", null, reasons.slice(0, SHOWN).map((one) => h("tr", { key: one.reason }, h("td", { class: "num" }, brief(one.requests)), h("td", null, one.reason)))),
    )
  );
}

// Loads its own figures each second while requests are followed, and causes when one has come.
export class WholePath extends Component {
  state = { path: null, clusters: [] };

  componentDidMount() {
    this.load();
  }

  componentDidUpdate(before) {
    if (before.second !== this.props.second && this.state.path?.percent > 0) {
      this.load();
    }
  }

  async load() {
    if (this.loading) {
      return;
    }
    this.loading = true;
    try {
      const path = await api.path();
      const known = this.state.path?.parity.mismatched ?? 0;
      const causes = path.parity.mismatched === known ? {} : await api.pathClusters(SHOWN);
      this.setState({ path, clusters: causes.clusters ?? this.state.clusters });
    } finally {
      this.loading = false;
    }
  }

  render(_, { path, clusters }) {
    if (!path || path.percent === 0) {
      return null;
    }
    const { parity } = path;
    return h(
      "section",
      { class: "card", "aria-label": "Whole requests" },
      h("h2", null, "Whole requests", parity.mismatched > 0 && h("span", { class: "badge" }, count(parity.mismatched))),
      h(
        "p",
        { class: "quiet" },
        `${percent(path.percent / 100)} of the requests that Lua serves are run through the ports afterwards: ${count(parity.matched + parity.ignored)} of ${count(parity.compared)} agree in what goes to the origin and to the client.`,
      ),
      h(Verdict, { proof: parity.proof }),
      clusters.map((cluster) => h(Cause, { key: cluster.id, cluster })),
      h(Reasons, { title: "Not measured, which says nothing about the ports", reasons: path.notMeasured }),
      h(Reasons, { title: "Measured in part", reasons: path.partlyMeasured }),
    );
  }
}
