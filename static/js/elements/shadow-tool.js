// <shadow-tool>: four points on a picture, foot and top of an object, start and tip of its shadow.
//
//   [data-part=stage] > img, inputs foot, peak, start and tip ("41.5, 60.2": percent from left and top)
//   [data-part=tools|back|state|help|fit]; the answer comes into #what-fits
import { announce, toast } from "../lib/announce.js";
import { h, s } from "../lib/dom.js";
import { refreshPart } from "../lib/form-part.js";
import { ARROWS, clamp, follow, percent, spotOf } from "../lib/picture-frame.js";

const POINTS = [
  ["foot", "foot", "the foot of the object"],
  ["peak", "top", "its top"],
  ["start", "shadow", "where its shadow begins"],
  ["tip", "tip", "the tip of its shadow"],
];
const STEP = 0.01;
const FINE = 0.001;

class ShadowTool extends HTMLElement {
  #stage;
  #form;
  #pins = new Map();
  #lines;
  #cross;
  #aim = { x: 0.5, y: 0.5 };

  connectedCallback() {
    if (this.#stage) return;
    this.#form = this.closest("form");
    this.#stage = this.#part("stage");
    this.#lines = s("svg", { class: "mark-lines", "aria-hidden": "true" });
    this.#cross = h("span", { class: "shadow-cross", hidden: true });
    this.#stage.append(this.#lines, this.#cross);
    for (const [name, value] of Object.entries({ tabindex: "0", role: "group", "aria-label": "Picture to measure in: arrow keys move a cross, Enter sets the next point" })) this.#stage.setAttribute(name, value);
    for (const [field, short, long] of POINTS) this.#addPin(field, short, long);
    this.#stage.addEventListener("click", (event) => event.target.closest(".shadow-point") || this.#setNext(spotOf(this.#stage, event)));
    this.#stage.addEventListener("keydown", (event) => event.target === this.#stage && this.#key(event));
    this.#stage.addEventListener("blur", () => {
      this.#cross.hidden = true;
    });
    this.#part("tools").hidden = false;
    this.#part("help").hidden = false;
    this.#part("back").addEventListener("click", () => this.#back());
    this.#part("fit").addEventListener("click", (event) => {
      event.preventDefault();
      this.#ask();
    });
    this.#show();
  }

  #part(name) {
    return this.querySelector(`[data-part=${name}]`);
  }

  #input(field) {
    return this.#form.elements[field];
  }

  #spot(field) {
    const found = this.#input(field).value.match(/^\s*(\d+(?:[.,]\d+)?)\s*%?\s*[,;\s]\s*(\d+(?:[.,]\d+)?)\s*%?\s*$/);
    if (!found) return null;
    const [x, y] = found.slice(1).map((text) => Number(text.replace(",", ".")) / 100);
    return x <= 1 && y <= 1 ? { x, y } : null;
  }

  #write(field, spot) {
    this.#input(field).value = spot ? `${percent(spot.x)}, ${percent(spot.y)}` : "";
    this.#input(field).dispatchEvent(new Event("input", { bubbles: true }));
  }

  #addPin(field, short, long) {
    const pin = h("button", { type: "button", class: "shadow-point", "aria-label": `Point: ${long}; arrow keys move it` }, h("span", {}, short));
    let dragged = false;
    pin.addEventListener("pointerdown", (event) => {
      dragged = false;
      if (event.button !== 0) return;
      const start = [event.clientX, event.clientY];
      follow(event, {
        move: (moved) => {
          dragged ||= Math.hypot(moved.clientX - start[0], moved.clientY - start[1]) > 3;
          if (dragged) this.#write(field, spotOf(this.#stage, moved));
        },
      });
    });
    // most shadows begin at the foot: a click on a point that is not dragged sets the next one there
    pin.addEventListener("click", () => dragged || this.#setNext(this.#spot(field)));
    pin.addEventListener("keydown", (event) => {
      const arrow = ARROWS[event.key];
      const from = arrow && this.#spot(field);
      if (!from) return;
      event.preventDefault();
      const step = event.shiftKey ? FINE : STEP;
      this.#write(field, { x: clamp(from.x + arrow[0] * step), y: clamp(from.y + arrow[1] * step) });
      announce(this.#input(field).value);
    });
    this.#pins.set(field, pin);
    this.#stage.append(pin);
    this.#input(field).addEventListener("input", () => this.#show());
  }

  #next() {
    return POINTS.find(([field]) => !this.#spot(field));
  }

  #setNext(spot) {
    const next = this.#next();
    if (!next) return;
    this.#write(next[0], spot);
    const after = this.#next();
    announce(after ? `Set. Now ${after[2]}` : "All four points are set; drag them to correct them");
  }

  #back() {
    const last = POINTS.toReversed().find(([field]) => this.#spot(field));
    if (!last) return;
    this.#write(last[0], null);
    announce(`Now ${last[2]}`);
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow) {
      const step = event.shiftKey ? FINE : STEP;
      this.#aim = { x: clamp(this.#aim.x + arrow[0] * step), y: clamp(this.#aim.y + arrow[1] * step) };
      this.#cross.hidden = false;
      Object.assign(this.#cross.style, { left: `${this.#aim.x * 100}%`, top: `${this.#aim.y * 100}%` });
      announce(`${percent(this.#aim.x)} % from the left, ${percent(this.#aim.y)} % from the top`);
    } else if (event.key === "Enter") this.#setNext(this.#aim);
    else if (event.key === "Escape") this.#back();
    else return;
    event.preventDefault();
  }

  #show() {
    for (const [field, pin] of this.#pins) {
      const spot = this.#spot(field);
      pin.hidden = !spot;
      if (spot) Object.assign(pin.style, { left: `${spot.x * 100}%`, top: `${spot.y * 100}%` });
    }
    this.#lines.replaceChildren(...this.#line("foot", "peak", ""), ...this.#line("start", "tip", "dashed"));
    const next = this.#next();
    this.#part("state").textContent = next ? `Now click ${next[2]}.` : "All four points are set. Drag them to correct them.";
  }

  /** A light line over a dark one; the shadow's is dashed. */
  #line(from, to, look) {
    const [a, b] = [this.#spot(from), this.#spot(to)];
    if (!a || !b) return [];
    const ends = { x1: `${a.x * 100}%`, y1: `${a.y * 100}%`, x2: `${b.x * 100}%`, y2: `${b.y * 100}%` };
    return [s("line", { class: "mark-dark", ...ends }), s("line", { class: `mark-light ${look}`, ...ends })];
  }

  async #ask() {
    const button = this.#part("fit");
    button.setAttribute("aria-busy", "true");
    try {
      await refreshPart(this.#form, "fit", "what-fits");
    } catch {
      toast("The server did not answer: try again");
    }
    button.removeAttribute("aria-busy");
  }
}

customElements.define("shadow-tool", ShadowTool);
