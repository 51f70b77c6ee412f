// Keeps typing from being lost, and saves from the keyboard: Ctrl+S saves, Ctrl+Enter saves and goes on.

class EditForm extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    const words = this.querySelector("[data-part=dirty]");
    const next = form.querySelector("button[name=then]");
    let dirty = false;
    let leaving = false;
    form.addEventListener("input", (event) => {
      if (dirty || event.target.closest("[data-part=search]")) return;
      dirty = true;
      words.textContent = "Not saved yet";
    });
    form.addEventListener("submit", () => {
      leaving = true;
    });
    window.addEventListener("beforeunload", (event) => {
      if (dirty && !leaving) event.preventDefault();
    });
    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (event.key === "Enter") form.requestSubmit(next ?? undefined);
      else if (event.key === "s") form.requestSubmit();
      else return;
      event.preventDefault();
    });
  }
}

customElements.define("edit-form", EditForm);
