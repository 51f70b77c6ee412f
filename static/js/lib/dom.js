// Building elements without markup strings, so that no text is ever read as HTML.

const SVG = "http://www.w3.org/2000/svg";

function build(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** h("a", {class: "chip", href, onclick}, "text", child): null and false attributes are left out. */
export function h(tag, attributes = {}, ...children) {
  return build(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function s(tag, attributes = {}, ...children) {
  return build(document.createElementNS(SVG, tag), attributes, children);
}

/** A symbol of icons/sprite.svg; decoration unless labelled. */
export function icon(name, label = "") {
  const sprite = document.documentElement.dataset.icons;
  const how = label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" };
  return s("svg", { class: `icon ${name}`, ...how }, s("use", { href: `${sprite}#${name}` }));
}

/** Run at most once per frame, with the newest arguments. */
export function perFrame(work) {
  let asked = 0;
  let latest;
  return (...values) => {
    latest = values;
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      work(...latest);
    });
  };
}

/** Run `ms` after the last call. `.cancel()` forgets a waiting call. */
export function debounce(work, ms) {
  let timer = 0;
  const later = (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...values), ms);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}

/** Let the browser paint and answer the reader before more work is done. */
export function breath() {
  return globalThis.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
}
