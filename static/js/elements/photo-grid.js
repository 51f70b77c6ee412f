// <photo-grid>: the photos of a Selection, paged by keyset, a bounded number of them in the document.
//
//   show(query)              asks /api/photos for a Selection's query text; the old cards stay until the answer is here
//   mode = "cards"|"table"   how they are shown
//   light(ids)               marks cards of photos that something else points at
//   "photohover" {card|null} a card is pointed at or focused
//
// On the first page the server has rendered the cards; each carries its data, and `next` is the cursor after them.
import { breath, h, icon, perFrame } from "../lib/dom.js";
import { AskError, getJson } from "../lib/http.js";
import { announce } from "../lib/announce.js";
import { number } from "../lib/format.js";
import { cardElement, cardRow, skeletonCard } from "../lib/photo-card.js";
import { rowsOf } from "../lib/grid-rows.js";
import { nextIndex } from "../lib/grid-keys.js";
import { VirtualRows } from "../lib/virtual-rows.js";

const PAGE = 60;

class PhotoGrid extends HTMLElement {
  #cards = [];
  #next = null;
  #query = "";
  #asking = null;
  #rows = [];
  #columns = 0;
  #mode = "cards";
  #active = 0; // the card the Tab key enters
  #lit = new Set();
  #virtual = null;

  connectedCallback() {
    this.ready ??= this.#start();
  }

  async #start() {
    this.#hydrate();
    await breath();
    this.#build();
    this.#rebuildView();
    const update = perFrame(() => this.#update());
    document.addEventListener("scroll", update, { capture: true, passive: true });
    new ResizeObserver(perFrame(() => this.#resized())).observe(this);
    this.addEventListener("keydown", (event) => this.#key(event));
    for (const type of ["pointerover", "focusin"]) this.addEventListener(type, (event) => this.#point(event));
    for (const type of ["pointerleave", "focusout"]) this.addEventListener(type, () => this.#tellHover(null));
    new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) this.#more();
    }, { rootMargin: "1200px 0px" }).observe(this.foot);
  }

  get mode() {
    return this.#mode;
  }

  set mode(mode) {
    if (mode === this.#mode) return;
    this.#mode = mode;
    this.#rebuildView();
  }

  get loaded() {
    return this.#cards.length;
  }

  /** Cards the server rendered become ours, so that the first page is not asked twice. */
  #hydrate() {
    this.#query = this.getAttribute("query") ?? "";
    this.#next = this.getAttribute("next") || null;
    this.#cards = [...this.querySelectorAll("[data-card]")].map((node) => JSON.parse(node.dataset.card));
    this.settled = this.hasAttribute("rendered");
  }

  #build() {
    this.view = h("div", { class: "grid-view" });
    this.foot = h("div", { class: "grid-foot" });
    const unused = this.querySelector(".empty");
    this.replaceChildren(this.view, this.foot);
    if (unused && !this.#cards.length && this.settled) this.view.append(unused);
  }

  #rebuildView() {
    if (!this.view) return;
    if (this.#mode === "table") {
      const body = h("tbody");
      this.view.replaceChildren(h("div", { class: "table-scroll", role: "region", "aria-label": "Photos as a table", tabindex: 0 },
        h("table", { class: "table photo-table" },
          h("thead", {}, h("tr", {}, ...["Picture", "Title", "Date", "Place", "Status", "Collection"].map((name) => h("th", { scope: "col" }, name)))), body)));
      this.box = body;
      this.#virtual = new VirtualRows(body, { draw: (row) => this.#drawRow(row), spacer: () => h("tr", { class: "spacer", "aria-hidden": "true" }, h("td", { colspan: 6 })) });
    } else {
      this.box = h("div", { class: "grid-of-cards" });
      this.view.replaceChildren(this.box);
      this.#virtual = new VirtualRows(this.box, { draw: (row) => this.#drawRow(row), spacer: () => h("div", { class: "spacer", "aria-hidden": "true" }) });
    }
    this.#columns = 0;
    this.#layout();
  }

  #drawRow(row) {
    if (row.kind === "heading") return [h("h2", { class: "group-heading" }, row.text)];
    if (row.kind === "skeleton") return Array.from({ length: row.count }, skeletonCard);
    if (row.kind === "pack") {
      return row.groups.map(({ text, cards }) => h("section", { class: `group span-${cards.length}` },
        h("h2", { class: "group-heading", title: text }, text), ...cards.map((index) => this.#drawCard(index))));
    }
    return row.cards.map((index) => this.#drawCard(index));
  }

  #drawCard(index) {
    const draw = this.#mode === "table" ? cardRow : cardElement;
    const node = draw(this.#cards[index], this.#query);
    node.dataset.index = index;
    if (index === this.#active) node.querySelector("a").tabIndex = 0;
    if (this.#lit.has(this.#cards[index].id)) node.classList.add("lit");
    return node;
  }

  #countColumns() {
    if (this.#mode === "table") return 1;
    return getComputedStyle(this.box).gridTemplateColumns.split(" ").filter((size) => size !== "0px").length || 1;
  }

  #layout(keepCards = 0) {
    const columns = this.#countColumns();
    const same = columns === this.#columns ? keepCards : 0;
    this.#columns = columns;
    const waiting = this.#asking && this.#mode === "cards" ? columns * 2 : 0;
    const { rows, keep } = rowsOf(this.#cards, columns, { headings: this.#mode === "cards", same, waiting });
    this.#rows = rows;
    this.#keepingFocus(() => this.#virtual.setRows(rows, keep));
    this.#foot();
  }

  #resized() {
    if (!this.offsetParent) return;
    if (this.#countColumns() !== this.#columns) {
      this.#virtual.forgetHeights();
      this.#layout();
    } else {
      this.#update();
    }
  }

  #update() {
    if (this.offsetParent) this.#keepingFocus(() => this.#virtual.update());
  }

  /** The card with the focus may be drawn anew, or leave the document: the keyboard then goes on from the same card. */
  #keepingFocus(work) {
    const had = this.view.contains(document.activeElement);
    work();
    if (!had || this.view.contains(document.activeElement)) return;
    const link = this.box.querySelector(`[data-index="${this.#active}"] a`) ?? this;
    link.focus({ preventScroll: true });
  }

  // ---- asking ----

  async show(query) {
    if (query === this.#query && this.settled) return;
    this.#query = query;
    this.settled = true;
    this.#asking?.abort();
    this.setAttribute("aria-busy", "true");
    const answer = await this.#ask(null);
    if (!answer) return;
    this.#cards = answer.photos;
    this.#next = answer.next;
    this.#active = 0;
    this.#virtual.forgetHeights();
    this.#layout();
    this.dispatchEvent(new CustomEvent("photosshown", { bubbles: true, detail: { count: this.#cards.length } }));
  }

  async #more() {
    if (!this.#next || this.#asking || this.failed || !this.offsetParent) return;
    const before = this.#cards.length;
    const asking = this.#ask(this.#next);
    this.#layout(before);
    const answer = await asking;
    if (!answer) return;
    this.#cards.push(...answer.photos);
    this.#next = answer.next;
    this.#layout(before);
    announce(`${number(this.#cards.length)} photos loaded`);
  }

  /** One page, or null when it failed or was overtaken. */
  async #ask(after) {
    const mine = new AbortController();
    this.#asking = mine;
    this.failed = null;
    this.#foot();
    const words = new URLSearchParams(this.#query);
    words.set("limit", PAGE);
    if (after) words.set("after", after);
    try {
      return await getJson(`${this.getAttribute("source")}?${words}`, { signal: mine.signal });
    } catch (error) {
      if (error instanceof AskError) this.failed = { words: error.message, after };
      return null;
    } finally {
      if (this.#asking === mine) {
        this.#asking = null;
        this.removeAttribute("aria-busy");
        this.#foot();
      }
    }
  }

  #retry() {
    const { after } = this.failed;
    this.failed = null;
    if (after) this.#more();
    else {
      const query = this.#query;
      this.settled = false;
      this.show(query);
    }
  }

  #foot() {
    if (this.failed) {
      this.foot.replaceChildren(h("div", { class: "notice error", role: "alert" }, icon("warning"),
        h("p", {}, this.failed.words, " ", h("button", { type: "button", class: "link-button", onclick: () => this.#retry() }, "Try again"))));
    } else if (this.#next) {
      const more = h("button", { type: "button", class: "button", onclick: () => this.#more(), "aria-disabled": this.#asking ? "true" : null }, this.#asking ? "Loading…" : "Load more");
      if (!this.foot.querySelector("button") || this.foot.textContent !== more.textContent) this.foot.replaceChildren(more);
    } else this.foot.replaceChildren();
  }

  // ---- keyboard and pointing ----

  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const from = event.target === this ? this.#active : Number(event.target.closest("[data-index]")?.dataset.index ?? -1);
    if (from < 0) return;
    const next = nextIndex(event.key, from, this.#rows, this.#cards.length);
    if (next === null) return;
    event.preventDefault();
    this.focusCard(next);
  }

  /** Move the keyboard's focus to the card with this number. */
  focusCard(index) {
    const row = this.#rows.findIndex((one) => one.cards?.includes(index));
    if (row < 0) return;
    this.box.querySelector(`[data-index="${this.#active}"] a`)?.setAttribute("tabindex", "-1");
    this.#active = index;
    this.#virtual.reveal(row);
    const link = this.box.querySelector(`[data-index="${index}"] a`);
    if (!link) return;
    link.tabIndex = 0;
    link.focus({ preventScroll: true });
    this.box.querySelector(`[data-index="${index}"]`).scrollIntoView({ block: "nearest" });
  }

  #point(event) {
    const index = event.target.closest?.("[data-index]")?.dataset.index;
    if (index !== undefined && event.type === "focusin") this.#active = Number(index);
    this.#tellHover(index === undefined ? null : this.#cards[Number(index)]);
  }

  #tellHover(card) {
    if (card?.id === this.hovered?.id) return;
    this.hovered = card;
    this.dispatchEvent(new CustomEvent("photohover", { bubbles: true, detail: { card } }));
  }

  light(test) {
    this.#lit = new Set(test ? this.#cards.filter(test).map((card) => card.id) : []);
    for (const node of this.box.querySelectorAll("[data-id]")) node.classList.toggle("lit", this.#lit.has(node.dataset.id));
  }
}

customElements.define("photo-grid", PhotoGrid);
