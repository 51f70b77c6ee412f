// <collection-overview data-atlas="/api/atlas" data-explore="/" data-query="collection=walk">: map and timeline of one
// collection, answering each other; its link leads on into Explore with what was chosen here.
import { getJson } from "../lib/http.js";
import { count } from "../lib/format.js";
import { debounce } from "../lib/dom.js";

class CollectionOverview extends HTMLElement {
  #chosen = {}; // bbox, from, to
  #span = "";
  #asking = null;
  #soon = debounce(() => this.#ask(), 160);

  async connectedCallback() {
    this.map = this.querySelector("photo-map");
    this.time = this.querySelector("time-line");
    this.link = this.querySelector(".overview-link");
    await Promise.all([this.map, this.time].filter(Boolean).map((part) => customElements.whenDefined(part.localName)));
    await this.map?.ready; // it starts in several tasks
    this.addEventListener("areachange", ({ detail }) => this.#choose({ bbox: detail.area }));
    this.addEventListener("brush", ({ detail }) => this.#choose({ from: detail.from, to: detail.to }));
    this.addEventListener("spanchange", ({ detail }) => {
      this.#span = detail.span;
      this.#soon();
    });
    this.#ask();
  }

  #choose(changes) {
    Object.assign(this.#chosen, changes);
    this.#soon();
  }

  get #query() {
    const query = new URLSearchParams(this.dataset.query);
    for (const [name, value] of Object.entries(this.#chosen)) if (value) query.set(name, value);
    return query;
  }

  async #ask() {
    this.#asking?.abort();
    const mine = new AbortController();
    this.#asking = mine;
    const query = this.#query.toString();
    const asked = this.#query;
    asked.set("zoom", this.map?.zoom ?? 0);
    if (this.#span) asked.set("span", this.#span);
    try {
      const answer = await getJson(`${this.dataset.atlas}?${asked}`, { signal: mine.signal });
      this.map?.show(answer, { query });
      this.time?.show(answer.bins, { from: this.#chosen.from ?? "", to: this.#chosen.to ?? "", span: this.#span });
      this.link.href = `${this.dataset.explore}?${query}`;
      this.link.textContent = `Explore ${count(answer.total, "photo")} on map and timeline`;
    } catch (error) {
      // the link below still leads to everything
      if (error.name !== "AbortError") this.toggleAttribute("data-failed", true);
    }
  }
}

customElements.define("collection-overview", CollectionOverview);
