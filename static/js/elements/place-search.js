// A field that knows places: names of towns and coordinates, with suggestions to choose from.
//
//   <place-search source="/ask/places/"><input ...></place-search>
//   "placechosen" {label, latitude, longitude}
import { h } from "../lib/dom.js";
import { TownSearch } from "../lib/town-search.js";

let numbers = 0;

class PlaceSearch extends HTMLElement {
  connectedCallback() {
    if (this.list) return;
    const input = this.querySelector("input");
    this.list = h("ul", { class: "place-options", role: "listbox", id: `place-options-${(numbers += 1)}`, "aria-label": "Places", hidden: true });
    this.append(this.list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id })) input.setAttribute(name, value);
    this.search = new TownSearch(input, this.list, this.getAttribute("source"), (place) => this.dispatchEvent(new CustomEvent("placechosen", { bubbles: true, detail: place })));
  }

  /** Whether Enter now chooses a suggestion. */
  get offers() {
    return !this.list.hidden && this.search.towns.length > 0;
  }
}

customElements.define("place-search", PlaceSearch);
