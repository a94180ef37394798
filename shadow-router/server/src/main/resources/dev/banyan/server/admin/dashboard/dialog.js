// Asks for a change's reason before it is made.

import { h, Component, createRef } from "/assets/preact.js";
import { UnreachedWarning, WithLines } from "/assets/lines.js";

const MEANING = {
  lua: "Lua answers everyone. In force for the next request.",
  shadow: "Lua answers; Java is observed and compared. Users notice nothing.",
  canary: "Java answers a share of the users, always the same ones. Lua answers the others.",
  java: "Java answers; Lua only when Java declines or fails.",
};

export class ChangeDialog extends Component {
  box = createRef();
  // What is typed is kept here: a page that is drawn again each second puts back what it was told.
  state = {
    percent: this.props.module.flag.percent || 5,
    who: localStorage.getItem("banyan-who") ?? "",
    why: "",
    error: "",
    busy: false,
  };

  componentDidMount() {
    this.box.current.showModal();
    this.box.current.querySelector("[name=why]").focus();
  }

  submit = async (event) => {
    event.preventDefault();
    const who = this.state.who.trim();
    const why = this.state.why.trim();
    localStorage.setItem("banyan-who", who);
    this.setState({ busy: true, error: "" });
    try {
      await this.props.onConfirm({ who, why, percent: this.state.percent });
      this.box.current.close(); // which gives the focus back, and then tells onClose
    } catch (e) {
      this.setState({ busy: false, error: e.message });
    }
  };

  render({ module, mode, onClose }, { percent, who, why, error, busy }) {
    const back = mode === "lua";
    const verb = back ? "Roll back to Lua" : `Set to ${mode}`;
    return h(
      "dialog",
      { ref: this.box, onClose, "aria-labelledby": "change-title" },
      h(
        "form",
        { onSubmit: this.submit },
        h("h2", { id: "change-title" }, verb),
        h("p", { class: "change" }, h("code", null, module.name), h("span", { class: `pill ${module.mode}` }, module.flag.summary), "→", h("span", { class: `pill ${mode}` }, mode === "canary" ? `canary ${percent}%` : mode)),
        h("p", { class: "quiet" }, MEANING[mode]),
        (mode === "canary" || mode === "java") && h(WithLines, { module, show: (lines) => h(UnreachedWarning, { lines, module }) }),
        mode === "canary" &&
          h(
            "label",
            null,
            h("span", null, "Share of the users"),
            h(
              "span",
              { class: "slider" },
              h("input", { type: "range", min: 0, max: 100, step: 1, value: percent, "aria-label": "Percent by slider", onInput: (e) => this.setState({ percent: +e.target.value }) }),
              h("input", { type: "number", name: "percent", min: 0, max: 100, step: 0.01, value: percent, "aria-label": "Percent", onInput: (e) => this.setState({ percent: +e.target.value }) }),
              "%",
            ),
          ),
        h("label", null, h("span", null, "Why"), h("input", { name: "why", required: true, maxlength: 500, autocomplete: "off", value: why, onInput: (e) => this.setState({ why: e.target.value }), placeholder: back ? "what you saw" : "what makes you sure" })),
        h("label", null, h("span", null, "Who"), h("input", { name: "who", required: true, maxlength: 100, value: who, onInput: (e) => this.setState({ who: e.target.value }) })),
        error && h("p", { class: "error", role: "alert" }, error),
        h(
          "div",
          { class: "buttons" },
          h("button", { type: "button", onClick: () => this.box.current.close() }, "Cancel"),
          h("button", { type: "submit", class: back ? "danger" : "primary", disabled: busy }, verb),
        ),
      ),
    );
  }
}
