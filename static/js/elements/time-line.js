// <time-line>: photos over time with a brush. Solid bars are certain, hatched ones possible.
//
//   show(bins, {from, to})   bins as /api/atlas gives them; from and to as the address has them
//   "brushing" {certain, possible, range, words}  while the brush moves; nothing is asked of the server
//   "brush" {from, to}                         when it rests; both "" when cleared
//   "spanchange" {span}                        zoom of the timeline: "" or "lo,hi"
//
// Attribute `compact` draws bars alone, for a phone.
import { h, icon, perFrame, s } from "../lib/dom.js";
import { closingText, fromText, openingText, toText, unitWords } from "../lib/civil.js";
import { coveredSlots, slotsOf, sums } from "../lib/time-scale.js";
import { drawTimeline } from "../lib/time-draw.js";
import { count } from "../lib/format.js";

const LEAP = 10;

class TimeLine extends HTMLElement {
  #slots = null;
  #range = null; // [start, end) in slots, null when nothing is chosen
  #asked = { from: "", to: "" };
  #drawing = null;
  #grip = null; // what the pointer holds
  #size = [0, 0];
  #spans = [];

  connectedCallback() {
    if (this.firstElementChild) return;
    this.#build();
    const redraw = perFrame(() => this.#redraw());
    new ResizeObserver(() => {
      const { width, height } = this.track.getBoundingClientRect();
      if (width !== this.#size[0] || height !== this.#size[1]) redraw();
    }).observe(this.track);
  }

  #build() {
    this.svg = s("svg", { "aria-hidden": "true", focusable: "false" });
    this.handles = ["start", "end"].map((side) => h("div", {
      class: `handle ${side}`, role: "slider", tabindex: 0, "data-grip": side,
      "aria-label": side === "start" ? "From" : "To", "aria-valuemin": 0, "aria-valuemax": 0, "aria-valuenow": 0,
    }));
    this.body = h("div", { class: "brush", "data-grip": "body", hidden: true });
    this.track = h("div", { class: "track" }, this.svg, this.body, ...this.handles);
    this.zoomIn = h("button", { type: "button", class: "button quiet square small", "aria-label": "Zoom the timeline in", onclick: () => this.#zoom(true) }, icon("plus"));
    this.zoomOut = h("button", { type: "button", class: "button quiet square small", "aria-label": "Zoom the timeline out", disabled: true, onclick: () => this.#zoom(false) }, icon("minus"));
    this.clearButton = h("button", { type: "button", class: "link-button", hidden: true, onclick: () => this.#clear() }, "clear dates");
    this.note = h("span", { class: "time-note", "aria-hidden": "true" });
    this.append(
      h("div", { class: "time-head" },
        h("h2", { class: "time-title", id: "when-title" }, "When"), this.note, this.clearButton,
        h("span", { class: "time-legend" },
          h("span", {}, h("i", { class: "swatch solid" }), "date known"), h("span", {}, h("i", { class: "swatch hatched" }), "might be"),
          h("span", { class: "time-hint" }, "drag, or Tab and arrow keys")),
        h("span", { class: "time-zoom" }, this.zoomIn, this.zoomOut)),
      this.track,
      h("p", { class: "time-empty quiet", hidden: true }, "No photo of this view has a date."));
    this.empty = this.querySelector(".time-empty");
    this.track.addEventListener("pointerdown", (event) => this.#grab(event));
    this.track.addEventListener("pointermove", (event) => this.#drag(event));
    for (const end of ["pointerup", "pointercancel"]) this.track.addEventListener(end, (event) => this.#drop(event));
    this.addEventListener("keydown", (event) => this.#key(event));
  }

  show(bins, { from = "", to = "", span = "" } = {}) {
    this.answered = true;
    this.#slots = slotsOf(bins);
    this.#asked = { from, to };
    this.zoomOut.disabled = !span;
    this.dataset.span = span;
    if (!span) this.#spans = [];
    if (!this.#grip) this.#range = coveredSlots(this.#slots, from, to);
    this.removeAttribute("aria-busy");
    this.#redraw();
  }

  /** The bins on show, or null. */
  get slots() {
    return this.#slots;
  }

  #redraw() {
    const slots = this.#slots;
    const { width, height } = this.track.getBoundingClientRect();
    this.#size = [width, height];
    this.empty.hidden = !this.answered || Boolean(slots);
    this.track.classList.toggle("nothing", Boolean(this.answered && !slots));
    if (!slots || !width) {
      this.svg.replaceChildren();
      this.#drawing = null;
      return;
    }
    this.#drawing = drawTimeline(this.svg, slots, { width, height, compact: height < 80 });
    this.#place();
  }

  /** Put brush and handles where the range is, and say it. */
  #place() {
    const slots = this.#slots;
    if (!slots || !this.#drawing) return;
    const last = slots.certain.length;
    const [start, end] = this.#range ?? [0, last];
    const percent = (slot) => `${(slot / last) * 100}%`;
    this.body.hidden = !this.#range;
    this.classList.toggle("chosen", Boolean(this.#range));
    this.clearButton.hidden = !this.#asked.from && !this.#asked.to && !this.#range;
    this.body.style.left = percent(start);
    this.body.style.width = percent(end - start);
    this.body.style.height = `${this.#drawing.floor}px`;
    this.#drawing.choose(this.#range ? start : 0, this.#range ? end : 0);
    const spots = [start, end];
    this.handles.forEach((handle, index) => {
      handle.style.left = percent(spots[index]);
      handle.style.height = `${this.#drawing.floor}px`;
      handle.setAttribute("aria-valuemin", index ? Math.floor(start) + 1 : 0);
      handle.setAttribute("aria-valuemax", index ? last : Math.ceil(end) - 1);
      handle.setAttribute("aria-valuenow", index ? Math.ceil(end) : Math.floor(start));
      handle.setAttribute("aria-valuetext", this.#words(index ? Math.ceil(end) - 1 : Math.floor(start)));
    });
  }

  #words(slot) {
    return unitWords(this.#slots.unit, this.#slots.first + slot);
  }

  #choose(start, end, settled) {
    const last = this.#slots.certain.length;
    const whole = start <= 0 && end >= last && this.zoomOut.disabled; // not while zoomed: there is more outside
    this.#range = whole ? null : [Math.max(0, start), Math.min(last, end)];
    this.#place();
    const found = sums(this.#slots, ...(this.#range ?? [0, last]));
    this.note.textContent = this.#range ? `${this.#words(this.#range[0])} – ${this.#words(this.#range[1] - 1)}` : "";
    const words = this.#range ? `${count(found.certain, "photo")} from ${this.#words(this.#range[0])} to ${this.#words(this.#range[1] - 1)}` : "All dates";
    this.dispatchEvent(new CustomEvent("brushing", { bubbles: true, detail: { ...found, range: this.#range && this.#wholeSlots(), words } }));
    if (settled) this.#tell();
  }

  #tell() {
    this.note.textContent = "";
    const { unit, first } = this.#slots;
    const detail = this.#range
      ? { from: fromText(unit, first + this.#range[0]), to: toText(unit, first + this.#range[1] - 1) }
      : { from: "", to: "" };
    this.#asked = detail;
    this.dispatchEvent(new CustomEvent("brush", { bubbles: true, detail }));
  }

  #clear() {
    this.#range = null;
    this.#place();
    this.#asked = { from: "", to: "" };
    this.clearButton.hidden = true;
    this.dispatchEvent(new CustomEvent("brush", { bubbles: true, detail: this.#asked }));
  }

  /** The range on whole slots: the brush snaps, typed dates need not. */
  #wholeSlots() {
    return this.#range ? [Math.floor(this.#range[0]), Math.ceil(this.#range[1])] : [0, this.#slots.certain.length];
  }

  #slotAt(event) {
    const box = this.track.getBoundingClientRect();
    const last = this.#slots.certain.length;
    return Math.max(0, Math.min(last, ((event.clientX - box.left) / box.width) * last));
  }

  #grab(event) {
    if (!this.#slots || event.button !== 0) return;
    const grip = event.target.closest("[data-grip]")?.dataset.grip ?? "new";
    this.track.setPointerCapture(event.pointerId);
    this.#grip = { kind: grip, at: this.#slotAt(event), x: event.clientX, range: this.#wholeSlots(), moved: false };
    if (grip === "start" || grip === "end") this.handles[grip === "start" ? 0 : 1].focus({ preventScroll: true });
    event.preventDefault();
  }

  #drag(event) {
    const grip = this.#grip;
    if (!grip) return;
    if (!grip.moved && Math.abs(event.clientX - grip.x) < 3) return;
    grip.moved = true;
    const at = this.#slotAt(event);
    const last = this.#slots.certain.length;
    const [start, end] = grip.range;
    if (grip.kind === "new") this.#choose(Math.floor(Math.min(at, grip.at)), Math.max(Math.ceil(Math.max(at, grip.at)), Math.floor(Math.min(at, grip.at)) + 1));
    else if (grip.kind === "start") this.#choose(Math.min(Math.round(at), end - 1), end);
    else if (grip.kind === "end") this.#choose(start, Math.max(Math.round(at), start + 1));
    else {
      const shift = Math.max(-start, Math.min(last - end, Math.round(at - grip.at)));
      this.#choose(start + shift, end + shift);
    }
  }

  #drop(event) {
    const grip = this.#grip;
    this.#grip = null;
    if (!grip) return;
    if (grip.moved) this.#tell();
    else if (grip.kind === "new" && event.type === "pointerup") {
      const slot = Math.min(this.#slots.certain.length - 1, Math.floor(grip.at));
      this.#choose(slot, slot + 1, true);
    }
  }

  #key(event) {
    if (event.key === "Escape" && (this.#range || this.#asked.from || this.#asked.to)) {
      event.preventDefault();
      this.#clear();
      return;
    }
    const side = this.handles.indexOf(event.target);
    if (side < 0 || !this.#slots || event.ctrlKey || event.altKey || event.metaKey) return;
    const last = this.#slots.certain.length;
    const [start, end] = this.#wholeSlots();
    const at = side ? end : start;
    const step = event.shiftKey ? LEAP : 1;
    const [low, high] = side ? [start + 1, last] : [0, end - 1];
    const moves = { ArrowLeft: at - step, ArrowDown: at - step, ArrowRight: at + step, ArrowUp: at + step, PageDown: at - LEAP, PageUp: at + LEAP, Home: low, End: high };
    if (!(event.key in moves)) return;
    event.preventDefault();
    const next = Math.max(low, Math.min(high, moves[event.key]));
    this.#choose(side ? start : next, side ? next : end, true);
  }

  #zoom(inwards) {
    const slots = this.#slots;
    let span = "";
    if (inwards && slots) {
      const last = slots.certain.length;
      const [start, end] = this.#range ? this.#wholeSlots() : [Math.floor(last / 4), Math.ceil((last * 3) / 4)];
      this.#spans.push(this.dataset.span ?? "");
      span = `${openingText(slots.unit, slots.first + start)},${closingText(slots.unit, slots.first + end - 1)}`;
    } else {
      span = this.#spans.pop() ?? "";
    }
    this.dataset.span = span;
    this.dispatchEvent(new CustomEvent("spanchange", { bubbles: true, detail: { span } }));
  }
}

customElements.define("time-line", TimeLine);
