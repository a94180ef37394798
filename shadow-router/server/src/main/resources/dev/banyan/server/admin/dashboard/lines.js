// Lines of the Lua that no shadowed call has reached.

import { h, Component } from "/assets/preact.js";
import { api } from "/assets/api.js";
import { count } from "/assets/format.js";

const SHOWN = 40;

const stretch = ({ from, to }) => (from === to ? `${from}` : `${from}–${to}`);

// Loads a module's lines when it is shown, and gives them to what shows them.
export class WithLines extends Component {
  state = { lines: null };

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
      this.setState({ lines: await api.lines(this.props.module.name) });
    } finally {
      this.loading = false;
    }
  }

  render({ show }, { lines }) {
    return lines && show(lines);
  }
}

export function UnreachedWarning({ lines, module }) {
  const never = lines.all - lines.reached;
  if (lines.all === 0) {
    return h("p", { class: "note" }, `No call of ${module.name} was shadowed since its Lua was loaded.`);
  }
  return never > 0 && h("p", { class: "note" }, `${count(never)} of ${count(lines.all)} lines of its Lua were reached by no shadowed call.`);
}

export function Unreached({ module, generation }) {
  const show = (lines) =>
    lines.all > 0 &&
    h(
      "section",
      { class: "card unreached", "aria-label": "Lines never reached" },
      h("h2", null, "Lua that the shadow never reached", lines.missing.length > 0 && h("span", { class: "badge" }, count(lines.all - lines.reached))),
      h("p", { class: "quiet" }, lines.missing.length === 0 ? `All ${count(lines.all)} lines of ${lines.file || module.name} were reached by shadowed calls.` : `Shadowed calls have reached ${count(lines.reached)} of ${count(lines.all)} lines of ${lines.file || module.name}. Nothing is known of how the port does these:`),
      lines.missing.length > 0 &&
        h("ol", { class: "stretches" }, lines.missing.slice(0, SHOWN).map((one) => h("li", { key: one.from }, h("b", null, stretch(one)), h("code", null, one.text), one.function !== one.text && h("small", null, one.function)))),
      lines.missing.length > SHOWN && h("p", { class: "note" }, `and ${count(lines.missing.length - SHOWN)} more stretches: banyan parity ${module.name} --json`),
    );
  return h(WithLines, { module, generation, show });
}
