// <keep-view>: what is taken away from Explore: a citation, a frozen list, a saved search.
//
// Its links are plain ones and work without this script; here they follow the filters as they change.
import { toast } from "../lib/announce.js";
import { addressOf, queryText, readAddress } from "../lib/selection.js";

class KeepView extends HTMLElement {
  connectedCallback() {
    const view = this.closest("explore-view");
    this.dialog = this.querySelector("#cite");
    this.head = view.querySelector(".explore-head");
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
    const { selection } = readAddress(location.search);
    const address = new URL(addressOf({ selection }), location.href).href;
    const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long" }).format(new Date());
    const found = this.head.querySelector(".headline-count").textContent;
    this.querySelector("#cite-address").value = address;
    this.querySelector("#cite-text").value = `Whence photo archive, ${found} (${this.head.dataset.words || "all photos"}). ${address} (seen ${day}).`;
    this.dialog.showModal();
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
