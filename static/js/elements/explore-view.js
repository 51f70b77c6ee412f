// <explore-view>: keeps map, timeline, list, filters and address at one Selection.
//
// The address is the state. Every instrument tells what the reader wants by an event; the answer of /api/atlas is
// handed to all of them. Without this script the page is a form, a list and links.
//
//   "wanted" {changes, drop, value, replace}        from any element inside: changes of filters (and of view, span, map),
//                                                   filters to drop; `replace` leaves no step in the history
//   "statechange" {selection, state}                dispatched here at once when the state changes
//   "stateshown" {query, selection, answer, words}  dispatched here when an answer is shown
import { AskError, getJson } from "../lib/http.js";
import { announce } from "../lib/announce.js";
import { breath, debounce, h, icon, perFrame } from "../lib/dom.js";
import { CubeKeeper } from "../lib/cube.js";
import { addressOf, asksFixedPlace, asksPlace, queryText, readAddress, stateAfter } from "../lib/selection.js";
import { showFacets, showFilters } from "../lib/explore-filters.js";
import { brushingWords, countWords, emptyWays, showHeadline } from "../lib/explore-words.js";
import { openSheet } from "../lib/explore-sheet.js";

const GRID_LEADS_BELOW = 0.2; // share of photos with a location
const DEEPEST = 26; // levels of the grid
const FINER = 2; // a cell of the map is a quarter of a tile
const PHONE = matchMedia("(width <= 48rem)");

class ExploreView extends HTMLElement {
  #state = readAddress(location.search);
  #asking = null;
  #answer = null;
  #cubes = new CubeKeeper((there) => this.toggleAttribute("brushable", there)); // the map follows the brush
  #soon = debounce(() => this.#refresh(), 160);

  async connectedCallback() {
    this.map = this.querySelector("photo-map");
    this.time = this.querySelector("time-line");
    this.grid = this.querySelector("photo-grid");
    this.form = this.querySelector("form.filters");
    await Promise.all(["photo-map", "time-line", "photo-grid"].map((name) => customElements.whenDefined(name)));
    await Promise.all([this.map.ready, this.grid.ready]);
    this.#listen();
    if (this.querySelector(".explore-unread")) this.#startAfresh();
    else this.#applyView();
    this.#refresh();
  }

  #listen() {
    this.addEventListener("areachange", ({ detail }) => this.#moved(detail));
    this.addEventListener("wanted", ({ detail }) => this.#want(detail, { replace: detail.replace }));
    this.addEventListener("brush", ({ detail }) => this.#brushed(detail));
    this.addEventListener("brushing", perFrame(({ detail }) => this.#brushing(detail)));
    this.addEventListener("spanchange", ({ detail }) => this.#want({ changes: { span: detail.span } }, { replace: true }));
    this.addEventListener("photohover", ({ detail }) => this.map.highlight(detail.card));
    this.addEventListener("pinhover", ({ detail }) => this.grid.light(detail.test));
    this.addEventListener("photosshown", () => this.#showEmpty());
    this.addEventListener("click", (event) => this.#click(event));
    this.addEventListener("change", (event) => this.#formChanged(event));
    this.form.addEventListener("submit", (event) => this.#submitted(event));
    document.querySelector(".site-search").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#change({ q: event.target.q.value });
    });
    document.getElementById("site-search").addEventListener("search", (event) => this.#change({ q: event.target.value }));
    window.addEventListener("popstate", () => this.#popped());
    PHONE.addEventListener("change", () => this.#applyView());
  }

  // ---- state and address ----

  /** The state now: {selection, view, span, map}. */
  get state() {
    return this.#state;
  }

  #change(changes, how) {
    this.#want({ changes }, how);
  }

  #want(wanted, { replace = false } = {}) {
    const state = stateAfter(this.#state, wanted);
    const before = this.#state;
    const address = addressOf(state);
    this.#state = state;
    if (address === addressOf(before)) return false;
    history[replace ? "replaceState" : "pushState"](null, "", address);
    this.#changed();
    if (addressOf({ ...state, map: "" }) !== addressOf({ ...before, map: "" })) this.#soon(); // other maps, same photos
    return true;
  }

  /** The address could not be read and everything is shown: then that is what the address and the filters say. */
  #startAfresh() {
    this.#state = readAddress("");
    history.replaceState(null, "", addressOf(this.#state));
    this.#changed();
  }

  #changed() {
    this.#applyView();
    showFilters(this, this.#state);
    this.dispatchEvent(new CustomEvent("statechange", { detail: { selection: this.#state.selection, state: this.#state } }));
  }

  #popped() {
    this.#state = readAddress(location.search);
    const { selection } = this.#state;
    document.getElementById("site-search").value = selection.get("q") ?? "";
    if (selection.has("bbox")) this.map.showArea(selection.get("bbox"));
    else this.map.home(null);
    this.#changed();
    this.#refresh();
  }

  /** Without a place of its own the Selection follows the map; with one only the pins do. */
  #moved({ area, home }) {
    if (asksFixedPlace(this.#state.selection)) this.#soon();
    else this.#want({ changes: { bbox: area } }, { replace: true });
    if (home && this.#state.selection.has("bbox")) this.#want({ drop: "bbox" }, { replace: true });
  }

  // ---- brushing ----

  #brushing({ range, certain, possible, words }) {
    const selection = this.#state.selection;
    const possibly = selection.get("sure") === "possibly";
    const cube = this.#cubes.for(this.time.slots);
    const found = { certain, possible, words, atLeast: Boolean(range) && this.#answer?.spanning > 0 };
    if (cube) {
      const wide = cube.count(...(range ?? [0, cube.length]));
      this.map.brush(cube, range, possibly);
      found.certain += possibly ? wide.touching : wide.certain;
      found.possible = possibly ? 0 : wide.touching - wide.certain;
      found.atLeast = Boolean(range) && wide.unseen > 0;
    }
    brushingWords(this, range ? found : { ...found, certain: this.#answer?.bins.total ?? certain, possible: 0 });
  }

  #brushed({ from, to, replace }) {
    if (this.#want({ changes: { from, to } }, { replace })) return;
    // the brush is back where it was
    this.map.settle();
    if (this.#answer) showHeadline(this, this.#answer, this.#state.selection);
  }

  get #view() {
    return this.#state.view || (PHONE.matches ? "list" : "map");
  }

  #applyView() {
    this.dataset.view = this.#view;
    this.grid.mode = this.#view === "table" ? "table" : "cards";
    for (const link of this.querySelectorAll("[data-view-link]")) {
      if (link.dataset.viewLink === this.#view) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    document.body.classList.toggle("whole-window", !PHONE.matches || this.#view === "map");
  }

  // ---- asking and showing ----

  async #refresh() {
    this.#soon.cancel();
    this.#asking?.abort();
    const mine = new AbortController();
    this.#asking = mine;
    const query = queryText(this.#state.selection);
    this.setAttribute("aria-busy", "true");
    this.grid.show(query);
    const asked = new URLSearchParams(this.#state.selection);
    asked.set("zoom", this.map.zoom);
    if (this.#state.span) asked.set("span", this.#state.span);
    const started = performance.now();
    try {
      const answer = await getJson(`${this.dataset.atlas}?${queryText(asked)}`, { signal: mine.signal });
      if (answer.level < Math.min(DEEPEST, this.map.zoom + FINER)) answer.cells = await this.#cellsInView(asked, mine.signal) ?? answer.cells;
      const took = performance.now() - started;
      if (!(await this.#show(answer, query))) return;
      if (this.map.offsetParent) this.#cubes.want(this.dataset.atlas, asked, answer, took);
    } catch (error) {
      if (error instanceof AskError) this.#failed(error);
      else if (error.name !== "AbortError") throw error;
    } finally {
      if (this.#asking === mine) {
        this.#asking = null;
        this.removeAttribute("aria-busy");
      }
    }
  }

  /** A wide area seen from near has more cells than one answer holds: then those in view are asked for alone. */
  async #cellsInView(asked, signal) {
    if (asked.has("bbox") || !this.map.area) return null;
    const near = new URLSearchParams(asked);
    near.set("bbox", this.map.area);
    const { cells } = await getJson(`${this.dataset.atlas}?${queryText(near)}`, { signal });
    return cells;
  }

  /** Hand the answer to one instrument after another, in tasks of their own; a newer answer takes over. */
  async #show(answer, query) {
    this.#answer = answer;
    this.querySelector(".explore-trouble")?.remove();
    const { selection, span } = this.#state;
    const steps = [
      () => showHeadline(this, answer, selection),
      () => this.time.show(answer.bins, { from: selection.get("from") ?? "", to: selection.get("to") ?? "", span }),
      () => this.map.show(answer, { query }),
      () => {
        showFacets(this, answer, selection);
        showFilters(this, this.#state, answer);
        this.dataset.lead = this.#fewPlaced(answer, selection) ? "grid" : "map";
        this.#showEmpty();
      },
    ];
    for (const step of steps) {
      step();
      await breath();
      if (this.#answer !== answer) return false;
    }
    document.title = `${countWords(answer.total)} · Whence`;
    const words = `${countWords(answer.total)} match.`;
    announce(words);
    this.dispatchEvent(new CustomEvent("stateshown", { detail: { query, selection, answer, words } }));
    return true;
  }

  #fewPlaced(answer, selection) {
    if (selection.has("unplaced")) return true;
    if (asksPlace(selection)) return this.dataset.lead === "grid";
    return answer.total > 0 && answer.placed + answer.several < answer.total * GRID_LEADS_BELOW;
  }

  #showEmpty() {
    const box = this.querySelector(".explore-empty");
    const empty = this.#answer?.total === 0 && this.grid.loaded === 0;
    box.hidden = !empty;
    if (!empty) return;
    const ways = emptyWays(this.#state.selection, this.#answer);
    box.replaceChildren(h("h2", {}, "No photo matches all of this."),
      h("p", {}, ways.length ? "Widen the view by removing one filter:" : "The archive holds no photo that you may see yet."),
      h("div", { class: "chips" }, ...ways.map(({ words, changes }) => h("button", { type: "button", class: "chip", onclick: () => this.#widen(changes) }, words))));
  }

  #widen(changes) {
    if ("bbox" in changes) this.map.home(null);
    if ("q" in changes) document.getElementById("site-search").value = "";
    this.#change(changes);
  }

  #failed(error) {
    this.querySelector(".explore-trouble")?.remove();
    this.querySelector(".explore-head").prepend(h("div", { class: "notice error explore-trouble", role: "alert" }, icon("warning"),
      h("p", {}, error.message, " ", h("button", { type: "button", class: "link-button", onclick: () => this.#refresh() }, "Try again"))));
  }

  // ---- controls ----

  #click(event) {
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey);
    const link = event.target.closest("[data-change]");
    if (link && plain) {
      event.preventDefault();
      const changes = JSON.parse(link.dataset.change);
      if ("drop" in changes) this.#want(changes);
      else this.#widen(changes);
      return;
    }
    const view = event.target.closest("[data-view-link]");
    if (view && plain) {
      event.preventDefault();
      this.#want({ changes: { view: view.dataset.viewLink } });
    }
    if (event.target.closest("[data-sheet]")) openSheet(this);
  }

  #formChanged(event) {
    const { name } = event.target;
    if (!name || event.target.type === "text") return;
    const values = new FormData(this.form).getAll(name);
    this.#change({ [name]: ["collection", "status", "licence", "device"].includes(name) ? values : values[0] ?? "" });
  }

  #submitted(event) {
    event.preventDefault();
    const values = new FormData(this.form);
    this.#change({ from: values.get("from"), to: values.get("to") });
    for (const menu of this.form.querySelectorAll("details[open]")) menu.open = false;
  }
}

customElements.define("explore-view", ExploreView);
