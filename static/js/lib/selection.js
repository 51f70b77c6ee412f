// The Selection in the address: one set of filters for map, timeline, list, download and citation.
//
// It is a URLSearchParams that holds only filters, in one fixed order, so that equal Selections have equal text.
// The address of Explore also carries what is only looked at: `view`, `span` and `map`.

const SINGLE = ["q", "bbox", "near", "within", "sees", "from", "to", "sure"];
const REPEATED = ["collection", "status", "licence", "device"];
const TAIL = ["undated", "unplaced", "sort"];
const DEFAULTS = { sure: "certainly", sort: "date" };

/** Filters that ask for a place. Those but the first stay where they are when the map moves. */
const AREAS = ["bbox", "near", "within", "sees"];

/** These cannot be asked together: photos without a date have no dates to ask for. */
const EXCLUDES = {
  from: ["undated"],
  to: ["undated"],
  undated: ["from", "to"],
  ...Object.fromEntries(AREAS.map((name) => [name, ["unplaced"]])),
  unplaced: AREAS,
};

/** What of the address is only looked at. */
const LOOKS = ["view", "span", "map"];

export const VIEWS = ["map", "list", "table"];

function ordered(source) {
  const result = new URLSearchParams();
  for (const name of [...SINGLE, ...REPEATED, ...TAIL]) {
    const values = source.getAll(name).map((value) => value.trim());
    const wanted = REPEATED.includes(name) ? [...new Set(values)].sort() : values.slice(0, 1);
    for (const value of wanted) if (value && value !== DEFAULTS[name]) result.append(name, value);
  }
  return result;
}

/** Read `location.search`. */
export function readAddress(search) {
  const all = new URLSearchParams(search);
  const view = all.get("view");
  return { selection: ordered(all), view: VIEWS.includes(view) ? view : "", span: all.get("span") ?? "", map: all.get("map") ?? "" };
}

/** A state after changes to its filters and to what is looked at. `drop` names filters to take away, or one of
    which only `value` goes. */
export function stateAfter(state, { changes = {}, drop = [], value = "" }) {
  const next = { ...state };
  const filters = {};
  for (const [name, wanted] of Object.entries(changes)) {
    if (LOOKS.includes(name)) next[name] = wanted ?? "";
    else filters[name] = wanted;
  }
  next.selection = changed(state.selection, filters);
  for (const name of [drop].flat()) next.selection = value ? withoutValue(next.selection, name, value) : changed(next.selection, { [name]: "" });
  return next;
}

/** The query with commas, colons, semicolons and slashes left readable, or "" when nothing is asked. */
export function queryText(params) {
  return params.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%3B", ";").replaceAll("%2F", "/");
}

/** Whether some filter asks for a place at all, the view of the map included. */
export function asksPlace(selection) {
  return AREAS.some((name) => selection.has(name));
}

/** Whether a place is asked for that does not follow the map. */
export function asksFixedPlace(selection) {
  return AREAS.slice(1).some((name) => selection.has(name));
}

/** The address of Explore for a state. */
export function addressOf(state) {
  const all = new URLSearchParams(state.selection);
  for (const name of LOOKS) if (state[name]) all.set(name, state[name]);
  const text = queryText(all);
  return text ? `?${text}` : location.pathname;
}

/** A new Selection: null or "" removes a filter, an array sets a repeatable one. */
export function changed(selection, changes) {
  const next = new URLSearchParams(selection);
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    for (const one of [value].flat()) if (one) next.append(name, one);
    if (next.get(name)) for (const other of EXCLUDES[name] ?? []) next.delete(other);
  }
  return ordered(next);
}

/** The same Selection less one value of a repeatable filter. */
export function withoutValue(selection, name, value) {
  return changed(selection, { [name]: selection.getAll(name).filter((one) => one !== value) });
}

/** How many filters are set; from and to count as one, and so does an order of none. */
export function filterCount(selection) {
  const names = [...selection.keys()].filter((name) => name !== "sort" && name !== "to" && name !== "q");
  return names.length + (selection.has("to") && !selection.has("from") ? 1 : 0);
}
