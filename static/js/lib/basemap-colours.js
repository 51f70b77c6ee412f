/* The basemap's colours, from the page's tokens; what a page does not name is mixed from what it does. */

const TOKENS = {
  land: ["--land", "#f3efe2"],
  sea: ["--sea", "#c9d6d9"],
  coast: ["--coast", "#8d8a7c"],
  label: ["--map-label", "#4d524c"],
  ink: ["--ink", "#1d2320"],
  lake: ["--map-lake", ""],
  river: ["--map-river", ""],
  border: ["--map-border", ""],
  labelSea: ["--map-label-sea", ""],
  halo: ["--map-halo", ""],
};

const pen = (() => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  return canvas.getContext("2d", { willReadFrequently: true });
})();

/** Any CSS colour as [red, green, blue]. */
function channels(colour) {
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  return [...pen.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

const rgb = (parts) => `rgb(${parts.map(Math.round).join(" ")})`;

/** Share 0 is the first colour, 1 the second. */
export function mix(first, second, share) {
  const [a, b] = [channels(first), channels(second)];
  return rgb(a.map((value, n) => value + (b[n] - value) * share));
}

export function fade(colour, alpha) {
  return `rgb(${channels(colour).join(" ")} / ${alpha})`;
}

/** Every colour and font stack the map draws with, as the element's place in the page has them now. */
export function palette(element) {
  const probe = element.appendChild(document.createElement("span"));
  const style = getComputedStyle(probe);
  const found = {};
  for (const [name, [token, fallback]] of Object.entries(TOKENS)) {
    // Through `color`, because an unregistered token may hold light-dark() or another token.
    if (!style.getPropertyValue(token).trim()) {
      found[name] = fallback;
      continue;
    }
    probe.style.color = `var(${token})`;
    found[name] = style.color;
  }
  const serif = style.getPropertyValue("--serif").trim() || 'Charter, Georgia, "DejaVu Serif", serif';
  const sans = style.getPropertyValue("--sans").trim() || "system-ui, sans-serif";
  probe.remove();
  const dark = channels(found.land)[1] < 110;
  const { land, sea, coast, label } = found;
  return {
    ...found,
    dark,
    serif,
    sans,
    lake: found.lake || mix(sea, land, dark ? 0.12 : 0.18),
    river: found.river || (dark ? mix(sea, "#5d7f8c", 0.42) : mix(sea, "#5f8794", 0.42)),
    border: found.border || coast,
    labelSea: found.labelSea || (dark ? mix(sea, "#9fc0cc", 0.62) : mix(sea, "#23505f", 0.8)),
    halo: found.halo || land,
    shore: dark ? fade("#7fa3b0", 0.07) : fade("#6d929d", 0.13),
    shelf: dark ? fade("#7fa3b0", 0.05) : fade("#ffffff", 0.2),
    bandBorder: fade(coast, dark ? 0.16 : 0.13),
    net: fade(coast, dark ? 0.2 : 0.22),
    province: fade(coast, dark ? 0.6 : 0.62),
    town: label,
    country: mix(label, coast, dark ? 0.05 : 0.12),
  };
}

/** Calls back when the system's or the page's theme changes; answers with the way to stop. */
export function watchTheme(callback) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const page = new MutationObserver(callback);
  system.addEventListener("change", callback);
  page.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class"] });
  return () => {
    system.removeEventListener("change", callback);
    page.disconnect();
  };
}
