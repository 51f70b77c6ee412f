// <detail-match>: the second picture of a matching detail comes as soon as it is chosen.
import { toast } from "../lib/announce.js";
import { refreshPart } from "../lib/form-part.js";

class DetailMatch extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", (event) => event.target.name === "pick" && this.#show("pick"));
    this.addEventListener("click", (event) => {
      if (!event.target.closest("[data-part=show]")) return;
      event.preventDefault();
      this.#show("typed");
    });
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !["find", "other"].includes(event.target.name)) return;
      event.preventDefault();
      this.#show("typed");
    });
  }

  async #show(how) {
    const form = this.closest("form");
    if (how === "pick") form.elements.other.value = ""; // what is typed would go before it
    for (const side of ["left", "top", "wide", "high"]) {
      const input = form.elements[`other_${side}`];
      if (input && how === "pick") input.value = "";
    }
    try {
      await refreshPart(form, "other", "other-picture");
    } catch {
      toast("The server did not answer: try again");
    }
  }
}

customElements.define("detail-match", DetailMatch);
