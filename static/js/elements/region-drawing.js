// <region-drawing data-words="the picture">: a rectangle on a picture, by mouse, finger or keys.
//
//   [data-part=stage] > img                         what is drawn on
//   input[data-side=left|top|wide|high]             percent; what is typed is drawn, what is drawn is written
//   [data-part=tools|draw|middle|clear|state|help]
//
// A mouse draws at once. A finger scrolls the page until "Draw with a finger" is pressed. What keys change is
// put back by Escape, up to where the picture got the focus or Enter was last pressed.
import { announce } from "../lib/announce.js";
import { h } from "../lib/dom.js";
import { ARROWS, clamp, follow, percent, spotOf } from "../lib/picture-frame.js";

const SIDES = { left: "x", top: "y", wide: "w", high: "h" };
const SMALLEST = 0.01;
const STEP = 0.02;
const FINE = 0.002;
const CORNERS = { nw: [0, 0], ne: [1, 0], sw: [0, 1], se: [1, 1] };
const words = (box) => `${percent(box.x)} % from the left, ${percent(box.y)} % from the top, ${percent(box.w)} % wide, ${percent(box.h)} % high`;

class RegionDrawing extends HTMLElement {
  #stage;
  #frame;
  #box = null;
  #before = null;

  connectedCallback() {
    if (this.#stage) return;
    this.#stage = this.#part("stage");
    this.#frame = h("div", { class: "region-box", hidden: true });
    for (const [corner, sides] of Object.entries(CORNERS)) {
      this.#frame.append(h("span", { class: `region-handle ${corner}`, onpointerdown: (event) => this.#size(event, sides) }));
    }
    this.#frame.addEventListener("pointerdown", (event) => this.#shift(event));
    this.#stage.append(this.#frame);
    for (const [name, value] of Object.entries({ tabindex: "0", role: "group", "aria-roledescription": "drawing", "aria-label": `Region on ${this.dataset.words}: arrow keys move it, Shift and arrows size it, Enter accepts, Escape takes it back` })) this.#stage.setAttribute(name, value);
    this.#stage.addEventListener("pointerdown", (event) => this.#draw(event));
    this.#stage.addEventListener("keydown", (event) => this.#key(event));
    this.#stage.addEventListener("focus", () => {
      this.#before = this.#box;
    });
    this.#part("tools").hidden = false;
    this.#part("help").hidden = false;
    this.#part("draw").hidden = !matchMedia("(any-pointer: coarse)").matches;
    this.#part("draw").addEventListener("click", () => this.#arm(!("armed" in this.#stage.dataset)));
    this.#part("clear").addEventListener("click", () => this.#set(null, "No region is marked"));
    this.#part("middle").addEventListener("click", () => {
      this.#set({ x: 0.35, y: 0.35, w: 0.3, h: 0.3 });
      this.#stage.focus();
    });
    for (const input of this.#inputs()) input.addEventListener("input", () => this.#read());
    this.#read();
  }

  #part(name) {
    return this.querySelector(`[data-part=${name}]`);
  }

  #inputs() {
    return this.querySelectorAll("input[data-side]");
  }

  #arm(on) {
    this.#stage.toggleAttribute("data-armed", on);
    this.#part("draw").setAttribute("aria-pressed", String(on));
    if (on) announce("Draw a rectangle on the picture with one finger");
  }

  /** What is typed, when it makes a rectangle within the picture. */
  #read() {
    const box = {};
    for (const input of this.#inputs()) {
      const typed = input.value.trim().replace("%", "").replace(",", ".");
      box[SIDES[input.dataset.side]] = typed === "" ? Number.NaN : Number(typed) / 100;
    }
    const fits = box.x >= 0 && box.y >= 0 && box.w > 0 && box.h > 0 && box.x + box.w <= 1.0001 && box.y + box.h <= 1.0001;
    this.#box = fits ? box : null;
    this.#show();
  }

  #set(box, said = "") {
    this.#box = box && this.#within(box);
    for (const input of this.#inputs()) input.value = this.#box ? percent(this.#box[SIDES[input.dataset.side]]) : "";
    this.#show();
    this.#inputs()[0].dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "drawn" }));
    announce(said || words(this.#box));
  }

  #within(box) {
    const w = clamp(box.w, SMALLEST);
    const height = clamp(box.h, SMALLEST);
    return { w, h: height, x: clamp(box.x, 0, 1 - w), y: clamp(box.y, 0, 1 - height) };
  }

  #show() {
    const box = this.#box;
    this.#frame.hidden = !box;
    if (box) Object.assign(this.#frame.style, { left: `${box.x * 100}%`, top: `${box.y * 100}%`, width: `${box.w * 100}%`, height: `${box.h * 100}%` });
    this.#part("state").textContent = box ? "" : "No region is marked";
  }

  #between(one, other) {
    return { x: Math.min(one.x, other.x), y: Math.min(one.y, other.y), w: Math.abs(one.x - other.x), h: Math.abs(one.y - other.y) };
  }

  #draw(event) {
    const mayDraw = event.pointerType === "mouse" || event.pointerType === "pen" || "armed" in this.#stage.dataset;
    if (!mayDraw || event.button !== 0) return;
    const start = spotOf(this.#stage, event);
    const before = this.#box;
    let drawn = false;
    follow(event, {
      move: (moved) => {
        const box = this.#between(start, spotOf(this.#stage, moved));
        drawn ||= Math.max(box.w, box.h) > SMALLEST;
        if (drawn) {
          this.#box = this.#within(box);
          this.#show();
        }
      },
      end: (cancelled) => {
        this.#arm(false);
        if (drawn) this.#set(cancelled ? before : this.#box, cancelled ? "Not changed" : "");
      },
    });
  }

  #shift(event) {
    event.stopPropagation();
    if (event.button !== 0) return;
    const start = spotOf(this.#stage, event);
    const from = this.#box;
    follow(event, {
      move: (moved) => {
        const spot = spotOf(this.#stage, moved);
        this.#box = this.#within({ ...from, x: from.x + spot.x - start.x, y: from.y + spot.y - start.y });
        this.#show();
      },
      end: () => this.#set(this.#box),
    });
  }

  #size(event, [right, below]) {
    event.stopPropagation();
    const { x, y, w, h: high } = this.#box;
    const fixed = { x: right ? x : x + w, y: below ? y : y + high };
    follow(event, {
      move: (moved) => {
        this.#box = this.#within(this.#between(fixed, spotOf(this.#stage, moved)));
        this.#show();
      },
      end: () => this.#set(this.#box),
    });
  }

  #key(event) {
    if (event.altKey || event.metaKey) return;
    const arrow = ARROWS[event.key];
    if (arrow) {
      const step = event.ctrlKey ? FINE : STEP;
      const [x, y] = [arrow[0] * step, arrow[1] * step];
      const box = this.#box ?? { x: 0.35, y: 0.35, w: 0.3, h: 0.3 };
      if (!this.#box) this.#set(box);
      else if (event.shiftKey) this.#set({ ...box, w: Math.min(box.w + x, 1 - box.x), h: Math.min(box.h + y, 1 - box.y) });
      else this.#set({ ...box, x: box.x + x, y: box.y + y });
    } else if (event.key === "Enter" && !event.ctrlKey) {
      this.#before = this.#box;
      this.#part("state").textContent = this.#box ? "Accepted" : "No region is marked";
      announce(this.#box ? `Accepted: ${words(this.#box)}` : "No region is marked");
    } else if (event.key === "Escape") {
      this.#set(this.#before, this.#before ? `Taken back: ${words(this.#before)}` : "No region is marked");
    } else return;
    event.preventDefault();
  }
}

customElements.define("region-drawing", RegionDrawing);
