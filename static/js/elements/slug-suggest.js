// Writes the address from the title until somebody types an address of their own.

/** The same letters as the server's own rule: accents off, everything else a hyphen. */
export function slugOf(text) {
  return text
    .normalize("NFKD")
    .replace(/[^\x20-\x7e]/g, "")
    .toLowerCase()
    .replace(/[^\w\s-]/g, "")
    .trim()
    .replace(/[\s-]+/g, "-")
    .replace(/^[-_]+|[-_]+$/g, "")
    .slice(0, 80);
}

class SlugSuggest extends HTMLElement {
  connectedCallback() {
    const title = document.getElementById(this.dataset.from);
    const slug = this.querySelector("input");
    let own = slug.value !== "" && slug.value !== slugOf(title.value);
    if (!own) slug.value = slugOf(title.value); // The title may have been typed before this script was here.
    slug.addEventListener("input", () => {
      own = slug.value !== "";
    });
    title.addEventListener("input", () => {
      if (!own) slug.value = slugOf(title.value);
    });
  }
}

customElements.define("slug-suggest", SlugSuggest);
