// Mismatches by cause: where and how the sides differ, how often, since when, with calls to look at.

import { h, Component } from "/assets/preact.js";
import { api } from "/assets/api.js";
import { Diff, place } from "/assets/diff.js";
import { ago, clock, count, text } from "/assets/format.js";
import { Reproducer } from "/assets/reproducer.js";

const SHOWN = 25;

export function Example({ mismatch }) {
  return h(
    "article",
    { class: "example" },
    h(
      "dl",
      null,
      h("dt", null, "when"),
      h("dd", null, h("code", null, `${clock(mismatch.when)}, #${mismatch.id}`)),
      Object.entries(mismatch.request).map(([name, value]) => [h("dt", null, name), h("dd", null, h("code", null, typeof value === "string" ? value : text(value)))]),
    ),
    mismatch.differences.map((difference) => h(Diff, { key: difference.path, difference })),
    h("details", null, h("summary", null, "Both answers in full"), h("div", { class: "full" }, h("pre", null, JSON.stringify(mismatch.lua, null, 2)), h("pre", null, JSON.stringify(mismatch.java, null, 2)))),
  );
}

class Cluster extends Component {
  // What is read stays where it is while new calls come and clusters change their places.
  state = { open: this.props.open, id: 0 };

  componentDidMount() {
    this.hold();
  }

  componentDidUpdate() {
    this.hold();
  }

  all = () => (this.props.calls.length > 0 ? this.props.calls : [this.props.cluster.example]);

  hold() {
    const all = this.all();
    if (this.state.open && !all.some((call) => call.id === this.state.id)) {
      this.setState({ id: all[0].id });
    }
  }

  render({ module, cluster }, { open, id }) {
    const all = this.all();
    const at = Math.max(0, all.findIndex((call) => call.id === id));
    const shown = all[at];
    const step = (by) => this.setState({ id: all[(at + by + all.length) % all.length].id });
    return h(
      "details",
      { class: "cluster", open, onToggle: (event) => this.setState({ open: event.currentTarget.open }) },
      h(
        "summary",
        null,
        h("b", { class: "badge" }, count(cluster.count)),
        h("code", null, cluster.function),
        h("span", null, cluster.places.map((one, i) => [i > 0 && ", ", place(one.place), h("small", null, ` ${one.kind}`)])),
        cluster.noisy && h("b", { class: "pill noisy", title: "Lua differs from itself at these places" }, "noise"),
        h("small", { class: "when" }, `${ago(cluster.last)}${cluster.count > 1 ? `, first ${ago(cluster.first)}` : ""}`),
      ),
      h("ul", { class: "chips" }, cluster.classes.map((name) => h("li", { key: name }, h("code", null, name)))),
      all.length > 1 &&
        h("div", { class: "stepper" }, h("button", { onClick: () => step(-1), "aria-label": "Newer example" }, "‹"), h("span", null, `${at + 1} of the ${all.length} calls kept`), h("button", { onClick: () => step(1), "aria-label": "Older example" }, "›"), h("code", null, `cluster ${cluster.id}`)),
      h(Example, { mismatch: shown }),
      h(Reproducer, { module, cluster }),
    );
  }
}

// Loads again when a call differs that isn't in yet.
export class Clusters extends Component {
  state = { clusters: [], calls: [], overflowed: 0, total: 0 };

  componentDidMount() {
    this.load();
  }

  componentDidUpdate(before) {
    if (before.generation !== this.props.generation || before.module.parity.mismatched !== this.props.module.parity.mismatched) {
      this.load();
    }
  }

  async load() {
    if (this.loading) {
      return;
    }
    this.loading = true;
    try {
      const name = this.props.module.name;
      const [found, { mismatches }] = await Promise.all([api.clusters(name, SHOWN), api.mismatches(name)]);
      this.setState({ ...found, calls: mismatches });
    } finally {
      this.loading = false;
    }
  }

  render({ module }, { clusters, calls, overflowed, total }) {
    return h(
      "section",
      { class: "card", "aria-label": "Mismatches" },
      h("h2", null, "Mismatches by cause", total > 0 && h("span", { class: "badge" }, count(module.parity.mismatched))),
      clusters.length === 0
        ? h("p", { class: "quiet" }, module.parity.compared > 0 ? "None: both sides agree so far." : "None yet: nothing was compared.")
        : clusters.map((cluster, i) => h(Cluster, { key: cluster.id, module, cluster, calls: calls.filter((m) => m.cluster === cluster.id), open: i === 0 })),
      total > clusters.length && h("p", { class: "note" }, `${count(total - clusters.length)} smaller clusters are not shown: banyan mismatches ${module.name} --limit ${total}`),
      overflowed > 0 && h("p", { class: "note" }, `${count(overflowed)} mismatches of other shapes came when there were too many clusters.`),
    );
  }
}
