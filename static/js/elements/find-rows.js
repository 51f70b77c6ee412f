// <find-rows data-rows="#tbody" data-what="statement">…table…</find-rows>: a box that keeps only the rows with all its words.
import { debounce, h } from "../lib/dom.js";
import { count } from "../lib/format.js";

class FindRows extends HTMLElement {
  connectedCallback() {
    if (this.querySelector(".find-rows")) return;
    const rows = [...this.querySelectorAll(`${this.dataset.rows} > tr`)];
    const texts = rows.map((row) => row.textContent.toLocaleLowerCase());
    const told = h("output", { class: "quiet", role: "status" });
    const find = debounce((words) => {
      const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, index) => {
        row.hidden = !wanted.every((word) => texts[index].includes(word));
        shown += row.hidden ? 0 : 1;
      });
      told.textContent = wanted.length ? count(shown, this.dataset.what) : "";
    }, 80);
    const box = h("input", { type: "search", placeholder: "Find a fact, tag or text", "aria-label": `Find a ${this.dataset.what}`, oninput: (event) => find(event.target.value) });
    this.prepend(h("div", { class: "find-rows" }, box, told));
  }
}

customElements.define("find-rows", FindRows);
