/* Fetches, decodes and keeps the basemap's files. The layout is told in tools/mapdata/tiles.py.

   Coordinates stay in grid steps of the file's level: `bits` says how many make up the width of the world. */

const LAYERS = ["land", "lake", "river", "province", "border", "claim"];
const KEPT = 96;
const SEA = 0;
const LAND = 1;

class Reader {
  constructor(buffer) {
    this.bytes = new Uint8Array(buffer);
    this.at = 0;
  }

  unsigned() {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = this.bytes[this.at++];
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  }

  signed() {
    const value = this.unsigned();
    return value % 2 ? -(value + 1) / 2 : value / 2;
  }
}

/** One layer: `xy` flat, `starts[n]`..`starts[n+1]` the points of part n, `boxes` four numbers a part. */
function readLayer(reader, x, y) {
  const count = reader.unsigned();
  const starts = new Uint32Array(count + 1);
  const boxes = new Int32Array(count * 4);
  const xy = [];
  for (let part = 0; part < count; part++) {
    let west = Infinity, north = Infinity, east = -Infinity, south = -Infinity;
    for (let left = reader.unsigned(); left > 0; left--) {
      x += reader.signed();
      y += reader.signed();
      xy.push(x, y);
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < north) north = y;
      if (y > south) south = y;
    }
    starts[part + 1] = xy.length / 2;
    boxes.set([west, north, east, south], part * 4);
  }
  return { count, starts, boxes, xy: Int32Array.from(xy) };
}

function readTree(reader, bytes) {
  let node = reader.at * 4;
  reader.at += bytes;
  const next = () => {
    const kind = (reader.bytes[node >> 2] >> ((node & 3) * 2)) & 3;
    node++;
    return kind === 3 ? [next(), next(), next(), next()] : kind;
  };
  return next();
}

export function decode(buffer) {
  const reader = new Reader(buffer);
  if (reader.unsigned() !== 1) throw new Error("The basemap's files are of another version than its script.");
  const [bits, z, x, y] = [reader.unsigned(), reader.unsigned(), reader.unsigned(), reader.unsigned()];
  const side = 2 ** (bits - z);
  const layers = {};
  for (const name of LAYERS) layers[name] = readLayer(reader, x * side, y * side);
  const labels = [];
  const world = 2 ** bits;
  let lx = x * side, ly = y * side;
  for (let left = reader.unsigned(); left > 0; left--) {
    lx += reader.signed();
    ly += reader.signed();
    labels.push({ x: lx / world, y: ly / world, kind: reader.unsigned(), firstZoom: reader.unsigned() / 4, size: reader.unsigned() });
  }
  const levels = [];
  if (z === 0) {
    for (let left = reader.unsigned(); left > 0; left--) {
      const level = { firstZoom: reader.unsigned(), bits: reader.unsigned() };
      level.tree = readTree(reader, reader.unsigned());
      levels.push(level);
    }
  }
  const names = new TextDecoder().decode(reader.bytes.subarray(reader.at)).split("\n");
  labels.forEach((label, n) => {
    label.name = names[n];
  });
  return { bits, layers, labels, levels, box: { x: x / 2 ** z, y: y / 2 ** z, side: 1 / 2 ** z } };
}

const plain = (kind) => ({ plain: kind === LAND ? "land" : "sea", labels: [] });

export class MapData {
  #url;
  #files = new Map();

  constructor(url) {
    this.#url = url.replace(/\/$/, "");
    this.ready = this.#fetch("world").then((world) => {
      this.world = world;
    });
    // The page decides what to say when there is no map; an unheard rejection would only add noise.
    this.ready.catch(() => {});
  }

  async #fetch(path) {
    const answer = await fetch(`${this.#url}/${path}.bin`);
    if (!answer.ok) throw new Error(`The basemap's file ${path} answered ${answer.status}.`);
    const plain = answer.body.pipeThrough(new DecompressionStream("deflate"));
    return decode(await new Response(plain).arrayBuffer());
  }

  #file(path) {
    let file = this.#files.get(path);
    this.#files.delete(path);
    if (!file) {
      file = this.#fetch(path);
      file.catch(() => this.#files.delete(path));
    }
    this.#files.set(path, file);
    if (this.#files.size > KEPT) this.#files.delete(this.#files.keys().next().value);
    return file;
  }

  /** What to draw in tile z/x/y of 256 px: a decoded file, or `{plain: "sea" | "land", labels: []}`. */
  async tile(z, x, y) {
    await this.ready;
    const wanted = this.#path(z, x, y);
    if (typeof wanted === "number") return plain(wanted);
    if (wanted === "") return this.world;
    try {
      return await this.#file(wanted);
    } catch {
      return this.world; // Coarse beats blank: the file may be had at the next move.
    }
  }

  #path(z, x, y) {
    const number = this.world.levels.findLastIndex((level) => level.firstZoom <= z);
    if (number < 0) return "";
    let node = this.world.levels[number].tree;
    let key = "";
    for (let bit = z - 1; Array.isArray(node) && bit >= 0; bit--) {
      const quarter = (Math.floor(x / 2 ** bit) % 2) + 2 * (Math.floor(y / 2 ** bit) % 2);
      key += quarter;
      node = node[quarter];
    }
    return node === SEA || node === LAND ? node : `${number + 1}/${key}`;
  }
}
