// <keep-view>: what is taken away from Explore: a citation, a frozen list, a saved search.
//
// Its links are plain ones and work without this script; here they follow the filters as they change.
import { toast } from "../lib/announce.js";
import { areaFrom } from "../lib/areas.js";
import { addressOf, queryText, readAddress } from "../lib/selection.js";

/** As exact as the address, as a frozen list says it. */
function cornerWords(latitude, longitude) {
  return `${Math.abs(latitude)}° ${latitude < 0 ? "S" : "N"}, ${Math.abs(longitude)}° ${longitude < 0 ? "W" : "E"}`;
}

class KeepView extends HTMLElement {
  connectedCallback() {
    const view = this.closest("explore-view");
    this.dialog = this.querySelector("#cite");
    this.view = view;
    view.addEventListener("statechange", ({ detail }) => this.#follow(view, detail.selection));
    view.addEventListener("click", (event) => {
      if (event.target.closest("[data-cite]")) this.#cite();
      const copier = event.target.closest("[data-copy]");
      if (copier) this.#copy(this.querySelector(copier.dataset.copy));
    });
    this.#follow(view, readAddress(location.search).selection);
  }

  #follow(view, selection) {
    for (const link of view.querySelectorAll("a[data-keep]")) link.href = `${link.dataset.keep}?${queryText(selection)}`;
  }

  #cite() {
    const { selection } = this.view.state ?? readAddress(location.search);
    const address = new URL(addressOf({ selection }), location.href).href;
    const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long" }).format(new Date());
    const found = this.view.querySelector(".headline-count").textContent;
    this.querySelector("#cite-address").value = address;
    this.querySelector("#cite-text").value = `Whence photo archive, ${found} (${this.#words(selection)}). ${address} (seen ${day}).`;
    this.dialog.showModal();
  }

  /** What is set, in the words of its chips; the area of the map by its corners, which the reader of a citation cannot see. */
  #words(selection) {
    const area = areaFrom(selection.get("bbox"));
    const chips = [...this.view.querySelectorAll(".active-filters .chip")].filter((chip) => !(area && "bbox" in JSON.parse(chip.dataset.change)));
    const words = chips.map((chip) => chip.textContent.trim());
    if (area) {
      const [west, south, east, north] = area;
      words.unshift(`between ${cornerWords(south, west)} and ${cornerWords(north, east > 180 ? east - 360 : east)}`);
    }
    for (const name of ["from", "to"]) if (selection.has(name)) words.push(`${name} ${selection.get(name)}`);
    if (selection.get("sure") === "possibly") words.push("with those that might match");
    return words.join("; ") || "all photos";
  }

  async #copy(field) {
    try {
      await navigator.clipboard.writeText(field.value);
      toast("Copied.");
    } catch {
      field.select();
      toast("Press Ctrl+C to copy.");
    }
  }
}

customElements.define("keep-view", KeepView);
