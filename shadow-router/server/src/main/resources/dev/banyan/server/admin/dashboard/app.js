// The dashboard: holds the state, listens to the server, chooses the page.

import { h, render, Component } from "/assets/preact.js";
import { api, forgetToken, keepToken, listen, takeToken } from "/assets/api.js";
import { ChangeDialog } from "/assets/dialog.js";
import { uptime } from "/assets/format.js";
import { InventoryPage } from "/assets/inventory.js";
import { ModulePage } from "/assets/module.js";
import { Overview } from "/assets/overview.js";

const KEPT_SECONDS = 600;
// No module that can be required has such a name.
const INVENTORY = "@inventory";
const THEMES = ["auto", "light", "dark"];

function applyTheme(theme) {
  if (theme === "auto") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
}

function SignIn({ error, onToken }) {
  const submit = (event) => {
    event.preventDefault();
    onToken(new FormData(event.target).get("token").trim());
  };
  return h(
    "main",
    { class: "signin" },
    h(
      "form",
      { class: "card", onSubmit: submit },
      h("h1", null, "Banyan"),
      h("p", { class: "quiet" }, "The token stands in the file that banyan.yaml names (state/admin-token by default)."),
      h("label", null, h("span", null, "Token"), h("input", { name: "token", type: "password", required: true, autocomplete: "off" })),
      error && h("p", { class: "error", role: "alert" }, error),
      h("button", { class: "primary" }, "Open"),
    ),
  );
}

// The address names the page, so that it can't also name a place on it.
function skip(event) {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

function titled(page) {
  const name = page === INVENTORY ? "Inventory" : page;
  document.title = name ? `${name} – Banyan` : "Banyan";
}

function Top({ status, linked, heard, page, theme, onTheme }) {
  const state = !linked ? ["lost", "reconnecting…"] : status.ready ? ["up", "ready"] : ["wait", status.state];
  return h(
    "header",
    { class: "top" },
    h("a", { class: "skip", href: "#main", onClick: skip }, "Skip to content"),
    h("a", { class: "brand", href: "#/" }, h("img", { src: "/assets/icon.svg", alt: "", width: 26, height: 26 }), "Banyan"),
    h("nav", { "aria-label": "Pages" }, h("a", { href: "#/", "aria-current": page === "" ? "page" : undefined }, "Overview"), h("a", { href: `#/${INVENTORY}`, "aria-current": page === INVENTORY ? "page" : undefined }, "Inventory")),
    h("span", { class: `state ${state[0]}`, role: "status" }, state[1]),
    h("span", { class: "quiet facts" }, linked ? `up ${uptime(status.uptimeSeconds)} · flags v${status.flagsVersion}` : `what is shown is ${uptime(Math.round((Date.now() - heard) / 1000))} old`),
    h("button", { class: "quiet", onClick: onTheme, "aria-label": `Theme: ${theme}` }, { auto: "◐", light: "☀", dark: "☾" }[theme]),
  );
}

class App extends Component {
  state = {
    token: takeToken(),
    theme: localStorage.getItem("banyan-theme") ?? "auto",
    page: location.hash.slice(2),
    linked: false,
    loaded: false,
    heard: Date.now(),
    second: {},
    history: {},
    audit: [],
    generation: 0,
    asking: null,
    said: "",
    error: "",
  };

  componentDidMount() {
    applyTheme(this.state.theme);
    titled(this.state.page);
    addEventListener("hashchange", () => {
      if (location.hash.startsWith("#/") || location.hash === "") {
        this.setState({ page: location.hash.slice(2) }, () => {
          titled(this.state.page);
          document.getElementById("main")?.focus(); // the link that led here is gone
          scrollTo(0, 0);
        });
      }
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.forceUpdate());
    setInterval(() => this.state.linked || this.forceUpdate(), 1000); // ages go on without figures
    if (this.state.token) {
      this.start();
    }
  }

  async start() {
    try {
      await this.load();
    } catch (e) {
      if (e.status === 401) {
        this.signOut();
        return;
      }
    }
    this.stop?.();
    this.stop = listen(this.take, (linked, status) => {
      if (status === 401) {
        this.signOut();
      } else {
        this.setState({ linked });
      }
    });
  }

  // Figures come by themselves; what else there is to know is asked for until it has come.
  complete = false;
  loading = false;

  async reload() {
    this.complete = false;
    if (!this.loading) {
      this.loading = true;
      try {
        await this.load();
      } catch (e) {
        console.info("asked again with the next figures:", e.message);
      } finally {
        this.loading = false;
      }
    }
  }

  async load() {
    const [status, { modules }, { audit }] = await Promise.all([api.status(), api.modules(), api.audit()]);
    const past = await Promise.all(modules.filter((m) => m.ported).map(async (m) => [m.name, (await api.history(m.name)).rows]));
    this.setState((s) => ({ status, modules, audit, history: Object.fromEntries(past), loaded: true, heard: Date.now(), generation: s.generation + 1 }));
    this.complete = true;
  }

  signOut() {
    forgetToken();
    this.stop?.();
    this.setState({ token: null, error: "This token is not accepted." });
  }

  take = (kind, data) => {
    switch (kind) {
      case "figures":
        if (!this.complete) {
          this.reload();
        }
        this.setState((s) => ({ status: data.status, modules: data.modules, second: data.second, history: this.grow(s.history, data.second), loaded: true, heard: Date.now() }));
        break;
      case "flag":
        this.setState((s) => ({
          audit: [data, ...s.audit.filter((entry) => entry.version !== data.version)],
          said: `${data.module} is now ${data.to.summary}`,
        }));
        break;
      case "mismatch":
        // the figures of the same second have the count, on which the module's page loads them
        break;
      case "reset":
        this.reload();
        break;
    }
  };

  grow(history, second) {
    const next = {};
    for (const [name, row] of Object.entries(second)) {
      const rows = history[name] ?? [];
      const last = rows.at(-1)?.[0];
      next[name] = row && row[0] < last ? [row] : row && row[0] !== last ? [...rows, row].slice(-KEPT_SECONDS) : rows; // a clock may be set back
    }
    return next;
  }

  change = async ({ who, why, percent }) => {
    const { module, mode, version } = this.state.asking;
    if (mode === "lua") {
      await api.rollback(module, { who, why }); // whatever others did: back is back
      return;
    }
    try {
      await api.flag(module, { mode, who, why, version, ...(mode === "canary" ? { percent } : {}) });
    } catch (e) {
      if (e.status === 409) {
        // told who it was: asking again means to have read it
        const status = await api.status();
        this.setState((s) => ({ asking: s.asking && { ...s.asking, version: status.flagsVersion } }));
      }
      throw e;
    }
  };

  ask = (module, mode) => this.setState((s) => ({ asking: { module, mode, version: s.status.flagsVersion } }));

  cycleTheme = () => {
    const theme = THEMES[(THEMES.indexOf(this.state.theme) + 1) % THEMES.length];
    localStorage.setItem("banyan-theme", theme);
    applyTheme(theme);
    this.setState({ theme });
  };

  render(_, s) {
    if (!s.token) {
      const onToken = (token) => {
        keepToken(token);
        this.setState({ token, error: "" }, () => this.start());
      };
      return h(SignIn, { error: s.error, onToken });
    }
    if (!s.loaded) {
      return h("main", { class: "signin" }, h("p", { class: "quiet", role: "status" }, "Connecting…"));
    }
    const module = s.modules.find((m) => m.name === s.page);
    const asked = s.asking && s.modules.find((m) => m.name === s.asking.module);
    return h(
      "div",
      null,
      h(Top, { status: s.status, linked: s.linked, heard: s.heard, page: s.page, theme: s.theme, onTheme: this.cycleTheme }),
      module
        ? h(ModulePage, {
            key: module.name,
            module,
            audit: s.audit,
            live: s.history[module.name] ?? [],
            generation: s.generation,
            theme: s.theme + matchMedia("(prefers-color-scheme: dark)").matches,
            onMode: (mode) => this.ask(module.name, mode),
          })
        : s.page === INVENTORY
          ? h(InventoryPage, { modules: s.modules, history: s.history })
          : h(Overview, { ...s, theme: s.theme + matchMedia("(prefers-color-scheme: dark)").matches, onRollback: (name) => this.ask(name, "lua") }),
      asked && h(ChangeDialog, { module: asked, mode: s.asking.mode, onConfirm: this.change, onClose: () => this.setState({ asking: null }) }),
      h("div", { class: "said", role: "status" }, s.said && h("span", { key: s.said }, s.said)),
    );
  }
}

render(h(App), document.getElementById("app"));
