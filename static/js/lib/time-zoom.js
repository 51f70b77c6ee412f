// Zooming and panning the timeline: what the wheel, keys, buttons and the axis lead to, shown at once, asked for at rest.
import { contains, moved, scaled, spanOf, spanText } from "./time-span.js";

const WHEEL = 0.0016; // how much one pixel of the wheel zooms
const LINE = 30; // pixels a wheel means that counts in lines
const SETTLED = 140; // milliseconds after its last turn

export class TimeZoom {
  #slots = null;
  #whole = null; // the span of all dates, once it was seen
  #outside = 0;
  #target = null; // the span the reader is on the way to
  #resting = 0;

  /** `track` and `svg` of the timeline; `ask(span)` takes the text of a span, "" for all. */
  constructor(track, svg, ask) {
    Object.assign(this, { track, svg, ask });
    this.text = "";
    track.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
  }

  get whole() {
    return this.#whole;
  }

  /** The span on show, or the one the reader is on the way to. */
  get span() {
    return this.#target ?? spanOf(this.#slots);
  }

  get moving() {
    return Boolean(this.#target);
  }

  show(slots, text, outside = 0) {
    this.#slots = slots;
    this.#outside = outside;
    this.text = text;
    if (!text) this.#whole = slots && spanOf(slots);
    if (!this.#resting) this.#target = null;
  }

  by(factor, share) {
    if (this.#slots) this.go(scaled(this.span, factor, share));
  }

  pan(widths) {
    if (this.#slots) this.go(moved(this.span, widths));
  }

  /** Ask for a span; null and whatever holds all dates is the whole. */
  go(span) {
    clearTimeout(this.#resting);
    this.#resting = 0;
    if (!this.#slots) return;
    const whole = !span || (this.#whole && contains(span, this.#whole)) || (!this.#outside && contains(span, spanOf(this.#slots)));
    const text = whole ? "" : spanText(span);
    this.#target = text === this.text ? null : whole ? this.#whole : span;
    this.preview();
    if (text !== this.text) this.ask(text);
  }

  /** Pull the axis by so many widths from where it was taken; `go(target)` when it is let go. */
  pull(widths) {
    this.#turn(moved(spanOf(this.#slots), widths), false);
  }

  letGo() {
    this.go(this.#target);
  }

  #wheel(event) {
    if (event.ctrlKey || event.metaKey || !this.#slots || event.buttons) return; // with Ctrl it is the browser's own zoom
    const pixels = event.deltaMode === 1 ? LINE : 1;
    const across = event.shiftKey ? event.deltaX || event.deltaY : Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : 0;
    if (!this.text && !this.#target && (across || event.deltaY > 0)) return; // there is nowhere to go: the page may scroll
    event.preventDefault();
    const box = this.track.getBoundingClientRect();
    const share = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
    const factor = Math.exp(Math.max(-1, Math.min(1, event.deltaY * pixels * WHEEL)));
    this.#turn(across ? moved(this.span, (across * pixels) / box.width) : scaled(this.span, factor, share));
  }

  #turn(span, resting = true) {
    this.#target = span;
    this.preview();
    clearTimeout(this.#resting);
    this.#resting = resting ? setTimeout(() => this.go(this.#target), SETTLED) : 0;
  }

  /** The old picture, moved to where the new one will be. */
  preview() {
    this.track.classList.toggle("turning", this.moving);
    if (!this.#target || !this.#slots) {
      this.svg.style.transform = "";
      return;
    }
    const shown = spanOf(this.#slots);
    const width = this.#target.high - this.#target.low;
    const shift = ((shown.low - this.#target.low) / width) * this.track.clientWidth;
    this.svg.style.transform = `translateX(${shift}px) scaleX(${(shown.high - shown.low) / width})`;
  }
}
