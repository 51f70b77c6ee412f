// A list of words as chips over a text field; the field keeps the truth, and is all there is without scripts.

import { announce } from "../lib/announce.js";
import { h, icon } from "../lib/dom.js";
import { wordsIn, wordsText } from "../lib/word-list.js";

class ChipInput extends HTMLElement {
  connectedCallback() {
    if (this.list) return;
    this.field = this.querySelector("input");
    const label = this.querySelector("label");
    const id = `${this.field.id}-new`;
    this.words = wordsIn(this.field.value);
    this.list = h("ul", { class: "chips chip-list", role: "list", "aria-label": label.textContent });
    this.typing = h("input", { type: "text", id, autocomplete: "off", placeholder: "Type a word, then Enter" });
    const help = this.field.getAttribute("aria-describedby");
    if (help) this.typing.setAttribute("aria-describedby", help);
    label.htmlFor = id;
    this.field.type = "hidden";
    this.field.after(h("div", { class: "chip-box" }, this.list, this.typing));
    this.typing.addEventListener("keydown", (event) => this.#key(event));
    this.typing.addEventListener("input", () => {
      const { value } = this.typing;
      const closed = value.split('"').length % 2 === 1; // A comma between quotes belongs to the word.
      if (closed && /[,;\n]\s*$/.test(value)) this.#take();
    });
    this.typing.addEventListener("blur", () => this.#take());
    this.#draw();
  }

  #key(event) {
    if (event.key === "Enter" && this.typing.value.trim() && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.#take();
    } else if (event.key === "Backspace" && !this.typing.value && this.words.length) {
      this.#remove(this.words.length - 1);
    }
  }

  /** Move what was typed into the list; a word that is there already is not repeated. */
  #take() {
    const added = wordsIn(this.typing.value).filter((word) => !this.words.includes(word));
    this.typing.value = "";
    if (!added.length) return;
    this.words.push(...added);
    this.#changed();
    announce(`Added ${added.join(", ")}`);
  }

  #remove(at) {
    const [word] = this.words.splice(at, 1);
    this.#changed();
    this.typing.focus();
    announce(`Removed ${word}`);
  }

  #changed() {
    this.field.value = wordsText(this.words);
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.#draw();
  }

  #draw() {
    const chips = this.words.map((word, at) =>
      h("li", { class: "chip" }, h("span", {}, word),
        h("button", { type: "button", class: "chip-remove", "aria-label": `Remove ${word}`, onclick: () => this.#remove(at) }, icon("close"))),
    );
    this.list.replaceChildren(...chips);
    this.list.hidden = !chips.length;
  }
}

customElements.define("chip-input", ChipInput);
