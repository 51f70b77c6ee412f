// The panel beside the map: the fields of one tool, borrowed from the Place menu while the panel is open.
import { h, icon } from "./dom.js";

const STEPS = { near_m: ["100 m", "500 m", "1 km", "2 km", "5 km", "20 km", "100 km"], sees_m: ["500 m", "1 km", "2 km", "5 km", "10 km", "20 km"] };

export class ToolPanel {
  #home = null;

  /** `acts` are what its buttons do: middle(), again(), apply(), clear(), close(). */
  constructor(acts) {
    const button = (words, act, look = "") => h("button", { type: "button", class: `button small ${look}`, onclick: act }, words);
    this.hint = h("p", { class: "tool-hint", role: "status" });
    this.fields = h("div", { class: "tool-fields" });
    this.again = button("Draw on the map", acts.again);
    this.close_ = h("button", { type: "button", class: "button quiet square small", "aria-label": "Close", onclick: acts.close }, icon("close"));
    this.finish = button("Finish the area", acts.finish, "primary");
    this.clear = button("Remove", acts.clear);
    this.node = h("section", { class: "tool-panel", hidden: true },
      h("div", { class: "tool-head" }, this.title = h("h2", { tabindex: -1 }), this.close_),
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

  get fieldset() {
    return this.fields.firstChild;
  }
}

/** Distances to choose by a press, for the fields that take one. */
export function offerSteps(fieldset, chosen) {
  const place = fieldset.querySelector("[data-steps]");
  if (!place || place.firstChild) return;
  const field = fieldset.querySelector(`[name=${place.dataset.steps}]`);
  place.append(...STEPS[field.name].map((text) => h("button", { type: "button", class: "step", onclick: () => {
    field.value = text;
    chosen();
  } }, text)));
  place.setAttribute("role", "group");
  place.setAttribute("aria-label", "Common distances");
  place.hidden = false;
}

/** What is wrong with which field, and nothing where nothing is. */
export function showErrors(fieldset, errors) {
  let first = null;
  for (const place of fieldset.querySelectorAll("[data-error]")) {
    const name = place.dataset.error;
    const field = fieldset.querySelector(`[name=${name}]`);
    place.textContent = errors[name] ?? "";
    place.hidden = !errors[name];
    if (errors[name]) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    if (errors[name]) first ??= field;
  }
  first?.focus();
}
