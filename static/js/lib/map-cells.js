// Cells of the answer as pins: none on top of another, and no photo left out of the sum.

import { pinSize } from "./map-pins.js";

const GAP = 4; // pixels left free between two pins
const BUCKET = 64; // pixels: no two pins farther apart than this can touch
const LEVELS = 26;

function summed(steps) {
  let sum = 0;
  return steps.map((step) => (sum += step));
}

/** A full list from {at, value}: null where nothing stands, 1 where only `at` is told. */
function spread(sparse, length) {
  const list = new Array(length).fill(null);
  if (sparse?.at) summed(sparse.at).forEach((at, index) => { list[at] = sparse.value ? sparse.value[index] : 1; });
  return list;
}

/** The square of the quadtree at a level that holds a place, degrees. */
function squareOf(lat, lon, level) {
  const side = 2 ** level;
  const sine = Math.sin((lat * Math.PI) / 180);
  const column = Math.min(side - 1, Math.floor(((lon + 180) / 360) * side));
  const row = Math.max(0, Math.min(side - 1, Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * side)));
  const latitude = (edge) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * edge) / side))) * 180) / Math.PI;
  return { west: (column / side) * 360 - 180, east: ((column + 1) / side) * 360 - 180, north: latitude(row), south: latitude(row + 1) };
}

/** The same for a place told in whole units: the squares of all that rounds to it. */
function squareRound(lat, lon, unit, level) {
  const low = squareOf(Math.max(-90, lat - unit / 2), Math.max(-180, lon - unit / 2), level);
  const high = squareOf(Math.min(90, lat + unit / 2), Math.min(180, lon + unit / 2), level);
  return { west: low.west, south: low.south, east: high.east, north: high.north };
}

const decoded = new WeakMap();

/** One object per cell, from the parallel columns of /api/atlas. Columns are read once. */
export function cellsOf(columns) {
  if (!columns) return [];
  if (!decoded.has(columns)) decoded.set(columns, decode(columns));
  return decoded.get(columns);
}

function decode(columns) {
  const { length } = columns.n;
  const [lats, lons] = [summed(columns.lat), summed(columns.lon)];
  const [parts, possible, radius, direction, width] = ["parts", "possible", "radius_m", "direction", "width_deg"].map((name) => spread(columns[name], length));
  return columns.n.map((n, index) => {
    const [lat, lon] = [lats[index] * columns.unit, lons[index] * columns.unit];
    return {
      lat, lon, n,
      parts: parts[index] ?? 0,
      photo: columns.photo[index],
      radius: radius[index],
      direction: direction[index],
      width: width[index],
      possible: Boolean(possible[index]),
      also: 0,
      alsoParts: 0,
      atLeast: false,
      members: [index],
      depth: columns.depth[index],
      ...squareRound(lat, lon, columns.unit, Math.min(LEVELS, columns.depth[index])),
    };
  });
}

/** Photos with several places may be the same ones in two cells: of them only the least number is sure. */
function joined(keeper, other) {
  const doubtful = isDoubtful(other) && !isDoubtful(keeper);
  const [parts, alsoParts] = doubtful ? [0, Math.max(other.parts, other.alsoParts)] : [other.parts, other.alsoParts];
  return {
    ...keeper,
    n: keeper.n + (doubtful ? 0 : other.n),
    parts: Math.max(keeper.parts, parts),
    also: keeper.also + other.also + (doubtful ? other.n : 0),
    alsoParts: Math.max(keeper.alsoParts, alsoParts),
    atLeast: keeper.atLeast || other.atLeast || Math.min(keeper.parts, parts) > 0 || Math.min(keeper.alsoParts, alsoParts) > 0,
    members: keeper.members.concat(other.members),
    radius: null,
    direction: null,
    width: null,
    depth: 0, // of several squares: they can be told apart
    west: Math.min(keeper.west, other.west),
    south: Math.min(keeper.south, other.south),
    east: Math.max(keeper.east, other.east),
    north: Math.max(keeper.north, other.north),
  };
}

/** Only possible here: matched by doubt, or one of several places of photos that are counted apart (n = 0). */
export function isDoubtful(cell) {
  return cell.possible || cell.n === 0;
}

/** Join cells whose pins would overlap; a joined pin stands on the place of its largest cell's photo.

    `at(cell)` gives pixels. Certain cells are placed first; a doubtful one in the way of a certain one is told by
    a second number (`also`), so that n + also of all pins is what the answer's cells hold. `members` are the numbers
    of the cells a pin stands for. */
export function withoutOverlap(cells, at) {
  const kept = [];
  const buckets = new Map();
  const bucket = (column, row) => `${column}:${row}`;
  const size = (cell) => Math.max(cell.n, cell.parts);
  const sorted = [...cells].sort((a, b) => isDoubtful(a) - isDoubtful(b) || size(b) - size(a));
  for (const cell of sorted) {
    const point = at(cell);
    const [column, row] = [Math.floor(point.x / BUCKET), Math.floor(point.y / BUCKET)];
    let near = null;
    for (let x = column - 1; x <= column + 1; x += 1) {
      for (let y = row - 1; y <= row + 1; y += 1) {
        for (const other of buckets.get(bucket(x, y)) ?? []) {
          if (near && near.order < other.order) continue;
          const apart = (pinSize(other.cell) + pinSize(cell)) / 2 + GAP;
          if (Math.abs(other.point.x - point.x) < apart && Math.abs(other.point.y - point.y) < apart) near = other;
        }
      }
    }
    if (near) {
      near.cell = joined(near.cell, cell);
      continue;
    }
    const one = { cell, point, order: kept.length };
    kept.push(one);
    const key = bucket(column, row);
    if (buckets.has(key)) buckets.get(key).push(one);
    else buckets.set(key, [one]);
  }
  return kept.map(({ cell }) => cell);
}

/** A pin while the brush moves: its cells' photos of the brushed bins. `possibly`: those that might match count too. */
export function brushed(pin, cube, possibly) {
  const shown = { ...pin, n: 0, parts: 0, also: 0, alsoParts: 0 };
  const doubtful = isDoubtful(pin);
  for (const index of pin.members) {
    const cell = cube.cells[index];
    const [sure, touching] = [cube.certain[index], possibly ? cube.touching[index] : cube.certain[index]];
    if (cell.n === 0) {
      const name = doubtful ? "parts" : "alsoParts";
      shown[name] = Math.max(shown[name], touching);
    } else if (doubtful) shown.n += touching;
    else {
      shown.n += cell.possible ? 0 : sure;
      shown.also += cell.possible ? touching : touching - sure;
    }
  }
  shown.empty = shown.n + shown.parts + shown.also + shown.alsoParts === 0;
  return shown;
}

/** Whether zooming in can still tell the photos of a cell apart. */
export function canSplit(cell) {
  return cell.depth < LEVELS;
}

/** What makes two pins the same one: the picture it shows and where. Its numbers may change. */
export function pinKey(cell) {
  const kind = cell.possible || cell.n === 0 ? "might" : cell.n > 1 ? "many" : "one";
  return `${cell.photo}:${kind}:${cell.lat}:${cell.lon}`;
}
