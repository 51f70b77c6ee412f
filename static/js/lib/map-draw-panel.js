// The panel beside the map: the fields of one tool, borrowed from the Place menu while the panel is open.
import { h, icon } from "./dom.js";

export class ToolPanel {
  #home = null;

  /** `acts` are what its buttons do: finish(), apply(), again(), middle(), clear(), close(). */
  constructor(acts) {
    const button = (words, act, look = "") => h("button", { type: "button", class: `button small ${look}`, onclick: act }, words);
    this.hint = h("p", { class: "tool-hint", role: "status" });
    this.fields = h("div", { class: "tool-fields" });
    this.again = button("Draw on the map", acts.again);
    const close = h("button", { type: "button", class: "button quiet square small", "aria-label": "Close", onclick: acts.close }, icon("close"));
    this.finish = button("Finish the area", acts.finish, "primary");
    this.clear = button("Remove", acts.clear);
    this.node = h("section", { class: "tool-panel", hidden: true },
      h("div", { class: "tool-head" }, this.title = h("h2", { tabindex: -1 }), close),
      this.hint, this.fields,
      h("p", { class: "actions tool-actions" }, this.finish, button("Show these photos", acts.apply, "primary tool-apply"), this.again, this.middle = button("Middle of the map", acts.middle), this.clear));
  }

  /** Borrow a fieldset, and give the last one back. */
  open(title, fieldset) {
    if (this.fields.firstChild !== fieldset) {
      this.giveBack();
      this.#home = h("template");
      fieldset.replaceWith(this.#home);
      this.fields.append(fieldset);
    }
    this.title.textContent = title;
    this.node.setAttribute("aria-label", title);
    this.node.hidden = false;
  }

  giveBack() {
    if (this.fields.firstChild) this.#home.replaceWith(this.fields.firstChild);
    this.#home = null;
  }

  close() {
    this.giveBack();
    this.node.hidden = true;
  }

  tell(words) {
    this.hint.replaceChildren(...words);
    this.hint.hidden = !words.length;
  }
}
