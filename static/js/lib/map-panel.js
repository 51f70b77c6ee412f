// The list beside the map: the photos of one pin, or all pins as buttons; what a mouse finds, keys find here.
//
// However many photos stand at one point, only the rows near the window are in the document, and they are asked for
// page by page.
import { announce } from "./announce.js";
import { h, icon, perFrame } from "./dom.js";
import { coordinateText } from "./areas.js";
import { count, number } from "./format.js";
import { AskError } from "./http.js";
import { cardTitle, photoAddress, statusIcon } from "./photo-card.js";
import { pinWords } from "./map-pins.js";
import { VirtualRows } from "./virtual-rows.js";

const NEAR_END = 400; // pixels before the end of the list: then the next page is asked for

export class MapPanel {
  #rows = [];
  #draw = null;
  #lot = 0;
  #next = null; // asks for the next page, null at the end

  constructor() {
    this.title = h("h2", { class: "map-panel-title", tabindex: -1 });
    this.list = h("ul", { class: "map-panel-list", role: "list" });
    this.scroll = h("div", { class: "map-panel-scroll" }, this.list);
    this.note = h("p", { class: "map-panel-note quiet", hidden: true });
    this.more = h("button", { type: "button", class: "button small map-panel-more", hidden: true, onclick: () => this.#more() }, "More photos");
    this.node = h("section", { class: "map-panel", hidden: true, "aria-label": "Photos on the map" },
      h("div", { class: "map-panel-head" }, this.title,
        h("button", { type: "button", class: "button quiet square small", "aria-label": "Close this list", onclick: () => this.close() }, icon("close"))),
      this.scroll, this.more, this.note);
    this.virtual = new VirtualRows(this.list, { draw: (row, index) => [this.#draw(row, index)], spacer: () => h("li", { class: "spacer", role: "presentation", "aria-hidden": "true" }) });
    this.node.addEventListener("keydown", (event) => this.#key(event));
    this.scroll.addEventListener("scroll", perFrame(() => this.#scrolled()), { passive: true });
    for (const type of ["wheel", "pointerdown", "dblclick"]) this.node.addEventListener(type, (event) => event.stopPropagation(), { passive: true });
  }

  get open() {
    return !this.node.hidden;
  }

  #open(title, kind) {
    const first = this.node.hidden;
    if (first) this.opener = document.activeElement;
    this.kind = kind;
    this.#lot += 1;
    this.#next = null;
    this.more.hidden = true;
    this.note.hidden = true;
    this.title.textContent = title;
    this.node.hidden = false;
    if (first || !this.node.contains(document.activeElement)) this.title.focus({ preventScroll: true });
    return this.#lot;
  }

  /** Close; the focus goes back to where it came from. */
  close() {
    if (this.node.hidden) return;
    const held = this.node.contains(document.activeElement);
    this.#lot += 1;
    this.node.hidden = true;
    if (held) this.opener?.focus?.();
    this.opener = null;
  }

  #show(rows, draw, keep = 0) {
    this.#rows = rows;
    this.#draw = draw;
    if (!keep) {
      this.virtual.forgetHeights();
      this.scroll.scrollTop = 0;
    }
    this.virtual.setRows(rows.map((row) => ({ kind: "item", row })), keep);
    this.virtual.update(); // the first drawing has measured what was guessed before
  }

  #item(content, index) {
    return h("li", { "aria-posinset": index + 1, "aria-setsize": this.#next ? -1 : this.#rows.length }, content);
  }

  /** Photos as links, page by page: `ask(cursor)` gives {photos, next}. */
  async photos(title, ask, query) {
    const lot = this.#open(title, "photos");
    const draw = ({ row }, index) => this.#item(photoLink(row, query), index);
    this.#show([null, null, null], () => h("li", { class: "skeleton map-panel-item" }));
    const page = async (cursor, before) => {
      try {
        const { photos, next } = await ask(cursor);
        if (lot !== this.#lot) return;
        this.#next = next && (() => page(next, this.#rows));
        this.#show([...before, ...photos], draw, before.length);
        this.more.hidden = !next;
        this.#say(photos.length && !before.length && !next ? "" : `${number(this.#rows.length)} photos listed${next ? ", more follow" : ""}`);
      } catch (error) {
        if (!(error instanceof AskError)) throw error;
        if (lot !== this.#lot) return;
        this.#next = () => page(cursor, before);
        this.more.hidden = false;
        this.#show(before, draw, before.length);
        this.note.replaceChildren(icon("warning"), " ", error.message);
        this.note.hidden = false;
      }
    };
    await page(null, []);
  }

  #say(words) {
    if (words) announce(words);
    this.note.hidden = true;
    if (this.#rows.length) return;
    this.note.textContent = "These photos are in the list beside the map.";
    this.note.hidden = false;
  }

  async #more() {
    const next = this.#next;
    if (!next) return;
    this.#next = null;
    this.more.setAttribute("aria-disabled", "true");
    await next();
    this.more.removeAttribute("aria-disabled");
  }

  /** Every pin as a button that does what a click on it does. */
  pins(cells, thumb, choose) {
    const held = this.open && this.kind === "pins" && this.list.contains(document.activeElement) ? this.#heldIndex() : -1;
    this.#open(count(cells.length, "place on this map", "places on this map"), "pins");
    this.#show(cells, ({ row: cell }, index) => this.#item(h("button", { type: "button", class: "map-panel-item", onclick: () => choose(cell) },
      picture(thumb(cell.photo)),
      h("span", {}, h("span", { class: "map-panel-name" }, pinWords(cell)), h("span", { class: "status" }, coordinateText(cell.lat, cell.lon)))), index));
    this.note.textContent = cells.length ? "" : "No photo of this view has a location here.";
    this.note.hidden = cells.length > 0;
    if (held >= 0 && cells.length) this.#focus(Math.min(held, cells.length - 1));
  }

  // ---- keyboard and scrolling ----

  #heldIndex() {
    return Number(document.activeElement.closest("[aria-posinset]")?.getAttribute("aria-posinset") ?? 0) - 1;
  }

  #focus(index) {
    this.virtual.reveal(index);
    this.list.querySelector(`[aria-posinset="${index + 1}"] :is(a, button)`)?.focus({ preventScroll: true });
  }

  #key(event) {
    event.stopPropagation(); // the map must not pan while the list is read
    if (event.key === "Escape") this.close();
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -Infinity, End: Infinity };
    if (!(event.key in steps) || event.ctrlKey || event.altKey || event.metaKey || !this.#rows.length) return;
    event.preventDefault();
    this.#focus(Math.max(0, Math.min(this.#rows.length - 1, this.#heldIndex() + steps[event.key])));
  }

  #scrolled() {
    if (!this.open) return;
    this.virtual.update();
    if (this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < NEAR_END && this.kind === "photos") this.#more();
  }
}

function noPicture() {
  return h("span", { class: "no-thumb" });
}

function picture(src) {
  return h("img", { src, alt: "", loading: "lazy", onerror: ({ target }) => target.replaceWith(noPicture()) });
}

function photoLink(card, query) {
  return h("a", { class: "map-panel-item", href: photoAddress(card, query) },
    card.thumb ? picture(card.thumb.src) : noPicture(),
    h("span", {}, h("span", { class: "map-panel-name" }, cardTitle(card)),
      h("span", { class: "status" }, card.time?.text ?? "no date", h("br"), icon(statusIcon(card)), card.status)));
}
