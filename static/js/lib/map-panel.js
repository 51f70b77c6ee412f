// The list beside the map: the photos of one pin, or all pins as buttons; what a mouse finds, keys find here.
import { h, icon } from "./dom.js";
import { coordinateText } from "./areas.js";
import { count } from "./format.js";
import { cardTitle, photoAddress, statusIcon } from "./photo-card.js";
import { pinWords } from "./map-pins.js";

export class MapPanel {
  constructor() {
    this.title = h("h2", { class: "map-panel-title", tabindex: -1 });
    this.list = h("ul", { class: "map-panel-list", role: "list" });
    this.note = h("p", { class: "map-panel-note quiet", hidden: true });
    this.node = h("section", { class: "map-panel", hidden: true, "aria-label": "Photos on the map" },
      h("div", { class: "map-panel-head" }, this.title,
        h("button", { type: "button", class: "button quiet square small", "aria-label": "Close this list", onclick: () => this.close() }, icon("close"))),
      this.list, this.note);
    this.node.addEventListener("keydown", (event) => {
      event.stopPropagation(); // the map must not pan while the list is read
      if (event.key === "Escape") this.close();
    });
  }

  #open(title, from) {
    this.opener ??= from ?? document.activeElement;
    this.title.textContent = title;
    this.node.hidden = false;
    this.note.hidden = true;
    this.title.focus({ preventScroll: true });
  }

  close() {
    if (this.node.hidden) return;
    const held = this.node.contains(document.activeElement);
    this.node.hidden = true;
    if (held) this.opener?.focus?.();
    this.opener = null;
  }

  waiting(title) {
    this.#open(title);
    this.list.replaceChildren(...Array.from({ length: 3 }, () => h("li", { class: "skeleton map-panel-item" })));
  }

  failed(words) {
    this.list.replaceChildren(h("li", {}, h("p", { class: "notice error" }, icon("warning"), words)));
  }

  /** Photos as links; `rest` are those on further pages. */
  photos(title, cards, query, note = "") {
    this.#open(title);
    this.list.replaceChildren(...cards.map((card) => h("li", {}, h("a", { class: "map-panel-item", href: photoAddress(card, query) },
      card.thumb ? h("img", { src: card.thumb.src, alt: "", loading: "lazy" }) : h("span", { class: "no-thumb" }),
      h("span", {}, h("span", { class: "map-panel-name" }, cardTitle(card)),
        h("span", { class: "status" }, card.time?.text ?? "no date", h("br"), icon(statusIcon(card)), card.status))))));
    this.note.textContent = note;
    this.note.hidden = !note;
  }

  /** Every pin as a button that does what a click on it does. */
  pins(cells, thumb, choose) {
    this.#open(count(cells.length, "place on this map", "places on this map"));
    this.list.replaceChildren(...cells.map((cell) => h("li", {}, h("button", { type: "button", class: "map-panel-item", onclick: () => choose(cell) },
      h("img", { src: thumb(cell.photo), alt: "", loading: "lazy" }),
      h("span", {}, h("span", { class: "map-panel-name" }, pinWords(cell)), h("span", { class: "status" }, coordinateText(cell.lat, cell.lon)))))));
    if (!cells.length) {
      this.note.textContent = "No photo of this view has a location here.";
      this.note.hidden = false;
    }
  }
}
