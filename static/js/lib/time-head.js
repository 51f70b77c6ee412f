// The line above the timeline: where in time one is, and buttons for what wheel and pointer do on the bars.
import { h, icon } from "./dom.js";
import { number } from "./format.js";
import { crumbsOf, spanOf } from "./time-span.js";
import { timeTable } from "./time-table.js";

function button(name, label, act) {
  return h("button", { type: "button", class: "button quiet square small", "aria-label": label, title: label, onclick: act }, icon(name));
}

export class TimeHead {
  #tell;
  #slots = null;
  #rest = {};

  /** `tell` has zoom(factor), pan(widths), go(span), clear(), play(), choose(slot), open(slot). */
  constructor(tell) {
    this.#tell = tell;
    this.crumbs = h("nav", { class: "time-crumbs", "aria-label": "Part of the timeline on show", hidden: true });
    this.words = h("span", { class: "time-note", "aria-hidden": "true" });
    this.clear = h("button", { type: "button", class: "link-button", hidden: true, onclick: () => tell.clear() }, "clear dates");
    this.playButton = button("play", "Play through time", () => tell.play());
    this.earlier = button("left", "Earlier", () => tell.pan(-0.5));
    this.later = button("right", "Later", () => tell.pan(0.5));
    this.zoomIn = button("plus", "Zoom the timeline in", () => tell.zoom(0.5));
    this.zoomOut = button("minus", "Zoom the timeline out", () => tell.zoom(2));
    this.panel = h("div", { class: "menu-panel right time-table-panel", role: "region", "aria-label": "The timeline as a table", tabindex: 0 });
    this.table = h("details", { class: "menu time-table", "data-menu": "" },
      h("summary", { class: "button quiet square small", "aria-label": "The timeline as a table", title: "The timeline as a table" }, icon("table")), this.panel);
    this.table.addEventListener("toggle", () => this.#fillTable());
    this.node = h("div", { class: "time-head" },
      h("h2", { class: "time-title", id: "when-title" }, "When"), this.crumbs, this.words, this.clear,
      h("span", { class: "time-legend" },
        h("span", {}, h("i", { class: "swatch solid" }), "date known"), h("span", {}, h("i", { class: "swatch hatched" }), "might be"),
        h("span", { class: "time-hint" }, "drag, or Tab and arrow keys")),
      h("span", { class: "time-zoom" }, this.playButton, this.table, this.earlier, this.later, this.zoomIn, this.zoomOut));
  }

  show(slots, { whole, zoomed, rest, asked }) {
    this.#slots = slots;
    this.#rest = rest;
    this.clearable(asked);
    for (const one of [this.playButton, this.zoomIn]) one.disabled = !slots || slots.certain.length < 2;
    this.zoomOut.disabled = !zoomed;
    for (const one of [this.earlier, this.later]) one.hidden = !zoomed;
    this.node.classList.toggle("zoomed", zoomed);
    this.#showCrumbs(zoomed && slots, whole);
    this.#fillTable();
  }

  #showCrumbs(slots, whole) {
    const held = this.crumbs.contains(document.activeElement);
    this.crumbs.hidden = !slots;
    if (!slots) {
      this.crumbs.replaceChildren();
      if (held) this.zoomIn.focus({ preventScroll: true });
      return;
    }
    const go = (words, label, span) => h("button", { type: "button", class: "link-button", "aria-label": label, onclick: () => this.#tell.go(span) }, words);
    const steps = crumbsOf(spanOf(slots), whole).map(({ words, label, span, here }) => (here ? h("span", { "aria-current": "true" }, words) : go(words, label, span)));
    const parts = [go("all", "All dates", null), ...steps].flatMap((step, index) => (index ? [" · ", step] : [step]));
    if (this.#rest.outside) parts.push(h("span", { class: "quiet time-outside" }, ` · ${number(this.#rest.outside)} outside`));
    this.crumbs.replaceChildren(...parts);
    this.crumbs.scrollLeft = this.crumbs.scrollWidth; // where there is little room, the nearest steps are seen
    if (held) this.crumbs.querySelector("button").focus({ preventScroll: true });
  }

  #fillTable() {
    if (!this.table.open) return;
    const within = this.panel.contains(document.activeElement) && document.activeElement !== this.panel;
    const close = (act) => (slot) => {
      this.table.open = false;
      this.table.firstElementChild.focus({ preventScroll: true });
      act(slot);
    };
    this.panel.replaceChildren(timeTable(this.#slots, this.#rest, { choose: close(this.#tell.choose), open: this.#tell.open }));
    if (within) this.panel.focus({ preventScroll: true });
  }

  clearable(asked) {
    this.clear.hidden = !asked;
  }

  note(words) {
    this.words.textContent = words;
    this.node.classList.toggle("noted", Boolean(words));
  }

  playing(on) {
    const label = on ? "Pause" : "Play through time";
    this.playButton.replaceChildren(icon(on ? "pause" : "play"));
    this.playButton.setAttribute("aria-label", label);
    this.playButton.title = label;
  }
}
