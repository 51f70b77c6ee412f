// Says while a person types how the server understands the date.
//
// <date-field data-ask="/studio/ask/date/"> around one input and a place named data-part="words".

import { debounce } from "../lib/dom.js";
import { getJson } from "../lib/http.js";

class DateField extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input");
    const words = this.querySelector("[data-part=words]");
    let asked = 0;
    const ask = debounce(async () => {
      const text = input.value.trim();
      const turn = ++asked;
      if (!text) {
        words.textContent = "";
        return;
      }
      try {
        const url = new URL(this.dataset.ask, location.href);
        url.searchParams.set("text", text);
        const said = await getJson(url);
        if (turn !== asked) return; // A later question was answered first.
        words.classList.toggle("field-doubt", Boolean(said.error));
        words.textContent = said.error ?? `Read as ${said.words} (${said.span}). EDTF: ${said.edtf}`;
      } catch (error) {
        words.textContent = error.message;
      }
    }, 250);
    input.addEventListener("input", ask);
  }
}

customElements.define("date-field", DateField);
