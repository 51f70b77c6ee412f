// Shows Markdown notes as readers will see them; the server renders, so that both look the same.

import { csrfToken } from "../lib/http.js";

class NotesField extends HTMLElement {
  connectedCallback() {
    const text = this.querySelector("textarea");
    const button = this.querySelector("[data-part=show]");
    const place = this.querySelector("[data-part=preview]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      if (!place.hidden) {
        place.hidden = true;
        button.setAttribute("aria-expanded", "false");
        return;
      }
      const answer = await fetch(this.dataset.preview, {
        method: "POST",
        headers: { "X-CSRFToken": csrfToken() },
        body: new URLSearchParams({ text: text.value }),
      }).catch(() => null);
      if (!answer?.ok) {
        place.textContent = "The preview could not be made. Check the connection, then try again.";
      } else {
        // The server cleans notes by an allow-list; this is the same HTML that the photo's page shows.
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        place.replaceChildren(...page.body.childNodes);
        if (!place.textContent.trim()) place.textContent = "Nothing is written yet.";
      }
      place.hidden = false;
      button.setAttribute("aria-expanded", "true");
    });
  }
}

customElements.define("notes-field", NotesField);
