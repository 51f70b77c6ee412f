// <time-line>: photos over time with a brush. Solid bars are certain, hatched ones possible.
//
//   show(bins, {from, to})   bins as /api/atlas gives them; from and to as the address has them
//   "brushing" {certain, possible, range, words}  while the brush moves; nothing is asked of the server
//   "brush" {from, to}                         when it rests; both "" when cleared
//   "spanchange" {span}                        zoom of the timeline: "" or "lo,hi"
//
//   "wanted" {changes}                         photos without a date are asked for
//
// The track zooms by wheel about the pointer, by + and -, by a double click on a bar; once zoomed it pans by its axis,
// by arrow keys and by a sideways wheel. Ctrl with the wheel, and pinching, stay the browser's.
import { h, perFrame, s } from "../lib/dom.js";
import { fromText, toText, unitWords } from "../lib/civil.js";
import { coveredSlots, slotsOf, sums } from "../lib/time-scale.js";
import { slotSpan } from "../lib/time-span.js";
import { drawTimeline } from "../lib/time-draw.js";
import { TimeHead } from "../lib/time-head.js";
import { TimePlay } from "../lib/time-play.js";
import { TimeZoom } from "../lib/time-zoom.js";
import { count, number } from "../lib/format.js";

const LEAP = 10;
const CLOSER = 0.5; // one step of zoom

class TimeLine extends HTMLElement {
  #slots = null;
  #rest = {};
  #range = null; // [start, end) in slots, null when nothing is chosen
  #covered = null; // the slots that the dates asked for covered when they were shown
  #asked = { from: "", to: "" };
  #before = null; // the dates before the last click on a bar
  #drawing = null;
  #grip = null; // what the pointer holds
  #size = [0, 0];

  connectedCallback() {
    if (this.firstElementChild) return;
    this.#build();
    const redraw = perFrame(() => this.#redraw());
    new ResizeObserver(() => {
      const { width, height } = this.track.getBoundingClientRect();
      if (width !== this.#size[0] || height !== this.#size[1]) redraw();
    }).observe(this.track);
  }

  disconnectedCallback() {
    this.play?.stop();
  }

  #build() {
    this.svg = s("svg", { "aria-hidden": "true", focusable: "false" });
    this.handles = ["start", "end"].map((side) => h("div", {
      class: `handle ${side}`, role: "slider", tabindex: 0, "data-grip": side,
      "aria-label": side === "start" ? "From" : "To", "aria-valuemin": 0, "aria-valuemax": 0, "aria-valuenow": 0,
    }));
    this.body = h("div", { class: "brush", "data-grip": "body", hidden: true });
    this.track = h("div", { class: "track", role: "group", tabindex: 0, "aria-label": "Timeline. Plus and minus zoom, arrow keys move it when zoomed, Home shows all." },
      this.svg, this.body, ...this.handles);
    this.zoom = new TimeZoom(this.track, this.svg, (span) => {
      this.play.stop();
      this.dispatchEvent(new CustomEvent("spanchange", { bubbles: true, detail: { span } }));
    });
    this.play = new TimePlay({ choose: (start, end) => this.#choose(start, end), changed: (on, settled) => this.#played(on, settled) });
    this.head = new TimeHead({
      zoom: (factor) => this.#zoomBy(factor),
      pan: (widths) => this.zoom.pan(widths),
      go: (span) => this.zoom.go(span),
      clear: () => this.#clear(),
      play: () => this.#playOrPause(),
      choose: (slot) => this.#choose(slot, slot + 1, true),
      open: (slot) => this.#open(slot),
    });
    this.undatedBar = h("i");
    this.undated = h("button", { type: "button", class: "time-undated", hidden: true, onclick: () => this.#tellUndated() },
      h("span", { class: "undated-count" }), this.undatedBar, h("span", { class: "undated-words" }, "no date"));
    this.append(this.head.node, h("div", { class: "time-row" }, this.track, this.undated),
      h("p", { class: "time-empty quiet", hidden: true }, "No photo of this view has a date."));
    this.empty = this.querySelector(".time-empty");
    this.track.addEventListener("pointerdown", (event) => this.#grab(event));
    this.track.addEventListener("pointermove", (event) => this.#drag(event));
    for (const end of ["pointerup", "pointercancel"]) this.track.addEventListener(end, (event) => this.#drop(event));
    this.track.addEventListener("dblclick", (event) => this.#openBar(event));
    this.addEventListener("keydown", (event) => this.#key(event));
  }

  show(bins, { from = "", to = "", span = "" } = {}) {
    this.answered = true;
    this.#slots = slotsOf(bins);
    this.#rest = bins ?? {};
    this.#asked = { from, to };
    this.dataset.span = span;
    this.zoom.show(this.#slots, span, this.#rest.outside);
    this.#covered = coveredSlots(this.#slots, from, to);
    if (!this.#grip && !this.play.on) this.#range = this.#covered;
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
    this.head.show(slots, { whole: this.zoom.whole, zoomed: Boolean(this.dataset.span), rest: this.#rest, asked: Boolean(this.#asked.from || this.#asked.to || this.#range) });
    if (!slots || !width) {
      this.svg.replaceChildren();
      this.#drawing = null;
      return;
    }
    this.#drawing = drawTimeline(this.svg, slots, { width, height, compact: height < 80 });
    this.#showUndated();
    this.zoom.preview();
    this.#place();
  }

  #showUndated() {
    const { undated = 0 } = this.#rest;
    this.undated.hidden = !undated || !this.closest("explore-view");
    if (this.undated.hidden) return;
    this.undated.firstElementChild.textContent = number(undated);
    this.undated.setAttribute("aria-label", `${number(undated)} without a date: show them`);
    this.undated.title = `${number(undated)} without a date`;
    this.undatedBar.style.height = `${this.#drawing.heightOf(undated)}px`;
  }

  #tellUndated() {
    this.dispatchEvent(new CustomEvent("wanted", { bubbles: true, detail: { changes: { undated: "1" } } }));
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
    this.head.clearable(Boolean(this.#asked.from || this.#asked.to || this.#range));
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

  #rangeWords(between) {
    const [start, end] = this.#wholeSlots();
    return end - start === 1 && between !== " to " ? this.#words(start) : `${this.#words(start)}${between}${this.#words(end - 1)}`;
  }

  #choose(start, end, settled) {
    const last = this.#slots.certain.length;
    const whole = start <= 0 && end >= last && !this.dataset.span; // not while zoomed: there is more outside
    this.#range = whole ? null : [Math.max(0, start), Math.min(last, end)];
    this.#place();
    const found = sums(this.#slots, ...(this.#range ?? [0, last]));
    this.head.note(this.#range ? this.#rangeWords(" – ") : "");
    const words = this.#range ? `${count(found.certain, "photo")} from ${this.#rangeWords(" to ")}` : "All dates";
    this.dispatchEvent(new CustomEvent("brushing", { bubbles: true, detail: { ...found, range: this.#range && this.#wholeSlots(), words } }));
    if (settled) this.#tell();
  }

  /** Ends that were not moved keep the dates they were typed as, or those beyond what is on show. */
  #tell() {
    this.head.note("");
    const { unit, first } = this.#slots;
    const [start, end] = this.#wholeSlots();
    const [low, high] = this.#covered ? [Math.floor(this.#covered[0]), Math.ceil(this.#covered[1])] : [-1, -1];
    const detail = this.#range
      ? { from: start === low ? this.#asked.from : fromText(unit, first + start), to: end === high ? this.#asked.to : toText(unit, first + end - 1) }
      : { from: "", to: "" };
    this.#before = this.#asked;
    this.dispatchEvent(new CustomEvent("brush", { bubbles: true, detail }));
  }

  #clear() {
    this.#range = null;
    this.#asked = { from: "", to: "" };
    this.#place();
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
    if (!this.#slots || !this.#drawing || event.button !== 0) return;
    this.play.stop();
    const onAxis = this.dataset.span && event.clientY - this.track.getBoundingClientRect().top > this.#drawing.floor;
    const grip = onAxis ? "axis" : event.target.closest("[data-grip]")?.dataset.grip ?? "new";
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
    if (grip.kind === "axis") {
      this.zoom.pull((grip.x - event.clientX) / this.#size[0]);
      return;
    }
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
    if (grip.kind === "axis") {
      if (grip.moved) this.zoom.letGo();
    } else if (grip.moved) this.#tell();
    else if (grip.kind === "new" && event.type === "pointerup") {
      const slot = Math.min(this.#slots.certain.length - 1, Math.floor(grip.at));
      this.#choose(slot, slot + 1, true);
    }
  }

  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || !this.#slots) return;
    if (event.key === "Escape" && (this.#range || this.#asked.from || this.#asked.to)) {
      event.preventDefault();
      this.play.stop();
      this.#clear();
      return;
    }
    const side = this.handles.indexOf(event.target);
    if (side < 0 && event.target !== this.track) return;
    const act = this.#zoomKey(event.key) ?? (side < 0 ? this.#panKey(event.key) : this.#handleKey(event, side));
    if (!act) return;
    event.preventDefault();
    act();
  }

  #zoomKey(key) {
    if (key === "+" || key === "=") return () => this.#zoomBy(CLOSER);
    if (key === "-") return () => this.#zoomBy(1 / CLOSER);
    return null;
  }

  #panKey(key) {
    const widths = { ArrowLeft: -0.25, ArrowRight: 0.25, PageUp: -1, PageDown: 1 }[key];
    if (!this.dataset.span) return null;
    if (key === "Home") return () => this.zoom.go(null);
    return widths ? () => this.zoom.pan(widths) : null;
  }

  #handleKey(event, side) {
    const last = this.#slots.certain.length;
    const [start, end] = this.#wholeSlots();
    const at = side ? end : start;
    const step = event.shiftKey ? LEAP : 1;
    const [low, high] = side ? [start + 1, last] : [0, end - 1];
    const moves = { ArrowLeft: at - step, ArrowDown: at - step, ArrowRight: at + step, ArrowUp: at + step, PageDown: at - LEAP, PageUp: at + LEAP, Home: low, End: high };
    if (!(event.key in moves)) return null;
    const next = Math.max(low, Math.min(high, moves[event.key]));
    return () => {
      this.play.stop();
      this.#choose(side ? start : next, side ? next : end, true);
    };
  }

  // ---- zooming and playing ----

  /** Zoom about the brush where there is one, else about the middle; a narrow brush is opened to the full width. */
  #zoomBy(factor) {
    if (!this.#slots) return;
    const last = this.#slots.certain.length;
    const [start, end] = this.#range ?? [0, last];
    if (factor < 1 && this.#range && end - start < last * factor && !this.zoom.moving) this.zoom.go(slotSpan(this.#slots, ...this.#wholeSlots()));
    else this.zoom.by(factor, (start + end) / 2 / last);
  }

  #open(slot) {
    if (this.#slots.unit !== "second") this.zoom.go(slotSpan(this.#slots, slot, slot + 1));
  }

  /** A double click opens the bar; the dates that its first click set are given back. */
  #openBar(event) {
    if (!this.#slots || event.target.closest("[data-grip=start], [data-grip=end]")) return;
    const slot = Math.min(this.#slots.certain.length - 1, Math.floor(this.#slotAt(event)));
    if (this.#before) {
      this.#asked = this.#before;
      this.dispatchEvent(new CustomEvent("brush", { bubbles: true, detail: { ...this.#before, replace: true } }));
      this.#before = null;
    }
    this.#open(slot);
  }

  #playOrPause() {
    if (this.play.on) this.play.stop(true);
    else if (this.#slots) {
      const last = this.#slots.certain.length;
      this.play.start(this.#range ? this.#wholeSlots() : [0, Math.max(1, Math.round(last / 12))], last);
    }
  }

  #played(on, settled) {
    this.head.playing(on);
    if (settled) this.#tell();
  }
}

customElements.define("time-line", TimeLine);
