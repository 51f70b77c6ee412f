// <copy-text data-text="39.0, 125.7" data-what="coordinates" data-label="Copy">: a button that copies a text.
import { toast } from "../lib/announce.js";
import { h, icon } from "../lib/dom.js";

class CopyText extends HTMLElement {
  connectedCallback() {
    if (this.firstChild || !navigator.clipboard) return; // without a secure address there is no clipboard
    const { what, label } = this.dataset;
    const kind = label ? "button small" : "button quiet square small";
    const name = label ? {} : { "aria-label": `Copy the ${what}`, title: `Copy the ${what}` };
    this.append(h("button", { type: "button", class: kind, ...name, onclick: () => this.#copy() }, icon("copy"), label ?? ""));
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.dataset.text);
      toast(`Copied the ${this.dataset.what}.`);
    } catch {
      toast("The browser does not let this page copy. Mark the text and copy it by hand.");
    }
  }
}

customElements.define("copy-text", CopyText);
