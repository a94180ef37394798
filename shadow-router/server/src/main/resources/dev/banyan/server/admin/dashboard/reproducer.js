// What is there to show a cluster's mismatch again: the command, and the smallest call that was found.

import { h, Component } from "/assets/preact.js";
import { Diff } from "/assets/diff.js";

class Command extends Component {
  state = { copied: false };

  render({ words }, { copied }) {
    const copy = async () => {
      await navigator.clipboard.writeText(words);
      this.setState({ copied: true });
    };
    return h("p", { class: "command" }, h("code", null, words), h("button", { onClick: copy, "aria-label": `Copy: ${words}` }, copied ? "Copied" : "Copy"));
  }
}

const STATES = {
  awaited: (_, whats) => h("p", { class: "quiet" }, `None of the ${whats} of this kind was kept whole yet; the next one will be.`),
  refused: (one, whats) => h("p", { class: "note" }, `The ${whats} of this kind can't be kept whole: ${one.reason}.`),
  held: (one) => one.hidden.length > 0 && h("p", { class: "quiet" }, `Kept with these values hidden: ${one.hidden.join(", ")}. The command says whether it still differs.`),
  shrunk: (one, whats) => [h("p", { class: "quiet" }, `The smallest of these ${whats} that still differs so:`), h("pre", { class: "input" }, one.input.join("\n")), one.differences.map((difference) => h(Diff, { key: difference.path, difference }))],
};

// Of a module's calls; without a module, of whole requests.
export function Reproducer({ module, cluster }) {
  const one = cluster.reproducer;
  const runs = one.state === "held" || one.state === "shrunk";
  return h("section", { class: "reproducer", "aria-label": "Reproducer" }, h("h4", null, "Reproducer"), STATES[one.state](one, module ? "calls" : "requests"), runs && h(Command, { words: module ? `banyan reproduce ${module.name} ${cluster.id} --save` : `banyan reproduce --cluster ${cluster.id} --save` }));
}
