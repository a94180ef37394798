// May the module's Lua be deleted? The same evidence as "banyan retire" prints.

import { h, Component } from "/assets/preact.js";
import { api } from "/assets/api.js";

const WORDS = { holds: "holds", note: "note", missing: "missing" };

export class Retire extends Component {
  state = { proof: null, error: "" };

  componentDidMount() {
    this.load();
  }

  componentDidUpdate(before) {
    if (before.module.mode !== this.props.module.mode || before.generation !== this.props.generation) {
      this.load();
    }
  }

  async load() {
    try {
      this.setState({ proof: await api.retire(this.props.module.name), error: "" });
    } catch (e) {
      this.setState({ error: e.message });
    }
  }

  render(_, { proof, error }) {
    return h(
      "section",
      { class: "card", "aria-label": "Retirement" },
      h("h2", null, "May the Lua be deleted?"),
      error && h("p", { class: "error" }, error),
      proof && h("p", { class: "verdict" }, proof.retired ? "It is gone: the port stands for it alone." : proof.mayBeDeleted ? "Yes: delete the file, then reload." : "Not yet."),
      proof && proof.file && h("p", { class: "quiet" }, h("code", null, proof.file)),
      proof &&
        h(
          "ul",
          { class: "evidence" },
          proof.evidence.map((one) =>
            h(
              "li",
              { class: one.state },
              h("span", { class: "mark" }, WORDS[one.state]),
              h("span", null, h("b", null, one.about), " ", one.figure, one.next && h("small", null, one.next)),
            ),
          ),
        ),
      proof && !proof.retired && h("button", { class: "more", onClick: () => this.load() }, "Look again"),
    );
  }
}
