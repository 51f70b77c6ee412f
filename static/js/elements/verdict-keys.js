// Chooses a judgement with the keys 1 to 6 and goes on to the reasons; Ctrl+Enter saves.

class VerdictKeys extends HTMLElement {
  connectedCallback() {
    this.listen = (event) => this.pressed(event);
    document.addEventListener("keydown", this.listen);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listen);
  }

  pressed(event) {
    const form = this.querySelector("form");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.altKey) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("textarea, select, input:not([type=radio])")) return;
    const choice = form.querySelector(`input[data-key="${CSS.escape(event.key)}"]`);
    if (!choice) return;
    event.preventDefault();
    choice.checked = true;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    form.elements.reasons.focus();
  }
}

customElements.define("verdict-keys", VerdictKeys);
