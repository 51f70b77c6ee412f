// A combobox of towns: type, choose with the arrow keys and Enter, or with the pointer.

import { debounce, h } from "./dom.js";
import { coordinateText } from "./areas.js";
import { getJson } from "./http.js";

export class TownSearch {
  constructor(input, list, url, chosen) {
    Object.assign(this, { input, list, url, chosen });
    this.towns = [];
    this.at = -1;
    this.turn = 0;
    this.soon = debounce(() => this.#ask(), 200);
    input.addEventListener("input", this.soon);
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    list.addEventListener("mousedown", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.#choose([...list.children].indexOf(option));
    });
  }

  async #ask() {
    const words = this.input.value.trim();
    const turn = ++this.turn;
    if (words.length < 2) {
      this.close();
      return;
    }
    const said = await getJson(`${this.url}?q=${encodeURIComponent(words)}`).catch((error) => ({ error: error.message, towns: [] }));
    if (turn !== this.turn) return;
    this.towns = said.towns;
    this.at = -1;
    const option = (town, n) => h("li", { role: "option", id: `${this.list.id}-${n}`, "aria-selected": "false" }, town.label, this.#apart(town));
    const none = h("li", { class: "quiet", role: "option", "aria-disabled": "true", "aria-selected": "false" }, said.error ?? "No town of this name");
    this.list.replaceChildren(...(this.towns.length ? this.towns.map(option) : [none]));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  /** Towns of one name in one country are told apart by where they lie. */
  #apart(town) {
    if (this.towns.filter(({ label }) => label === town.label).length < 2) return null;
    return h("span", { class: "quiet option-where" }, ` ${coordinateText(town.latitude, town.longitude)}`);
  }

  #key(event) {
    const open = !this.list.hidden;
    if (event.key === "Enter") {
      event.preventDefault(); // Enter in this field never saves the form.
      if (open && this.towns.length) this.#choose(Math.max(0, this.at));
    } else if (event.key === "Escape" && open) {
      event.stopPropagation();
      this.close();
    } else if (open && this.towns.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.at = (this.at + step + this.towns.length) % this.towns.length;
      [...this.list.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === this.at)));
      this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.at}`);
    }
  }

  #choose(at) {
    const town = this.towns[at];
    if (!town) return;
    this.input.value = town.label;
    this.close();
    this.chosen(town);
  }

  /** Take the list away, and what was still to be asked for it. */
  close() {
    this.soon.cancel();
    this.turn += 1;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
