// <evidence-form>: says when a piece of evidence fits every rival answer alike, and so decides nothing.

class EvidenceForm extends HTMLElement {
  connectedCallback() {
    for (const question of this.querySelectorAll("[data-part=question]")) {
      const tell = () => this.#tell(question);
      question.addEventListener("input", tell);
      tell();
    }
  }

  #tell(question) {
    const stances = [...question.querySelectorAll("[data-part=stance]")].map((field) => field.value);
    const alike = stances.length > 1 && stances[0] !== "" && stances.every((stance) => stance === stances[0]);
    const words = alike ? "It bears on every answer here alike: if they are rivals, then it does not help to decide." : "";
    const place = question.querySelector("[data-part=alike]");
    if (place.textContent !== words) place.textContent = words;
  }
}

customElements.define("evidence-form", EvidenceForm);
