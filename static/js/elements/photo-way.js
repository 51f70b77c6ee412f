// <photo-way>: the links it holds also answer to the keys in their data-key, unless one is typing or inside an
// instrument that needs them. Left and right, k and j step through the view; Escape goes back to it.

const BUSY = "input, textarea, select, [contenteditable], summary, place-map, .menu, dialog";

class PhotoWay extends HTMLElement {
  #listen = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (document.fullscreenElement || event.target.closest?.(BUSY)) return;
    for (const link of this.querySelectorAll("a[data-key]")) {
      if (!link.dataset.key.split(" ").includes(event.key)) continue;
      event.preventDefault();
      link.click();
      return;
    }
  };

  connectedCallback() {
    document.addEventListener("keydown", this.#listen);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#listen);
  }
}

customElements.define("photo-way", PhotoWay);
