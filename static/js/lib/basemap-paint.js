/* Draws one map tile: clips the data to it, then paints from the sea upwards. */

import { graticuleLines } from "./basemap-net.js";

const MARGIN = 10; // pixels beyond the tile that strokes still reach into it
const LAST_RIVERS = 9; // drawn at 1:50 million, a river lies kilometres off: nearer, it would mislead
const FINEST = 0.7; // pixels: what is smaller than this is not drawn twice

/** Sutherland–Hodgman on a flat ring; `box` is [west, north, east, south]. */
function clipRing(ring, box) {
  for (let side = 0; side < 4 && ring.length; side++) {
    const axis = side & 1;
    const edge = box[side];
    const sign = side < 2 ? 1 : -1;
    const kept = [];
    let px = ring[ring.length - 2], py = ring[ring.length - 1];
    let wasIn = sign * ((axis ? py : px) - edge) >= 0;
    for (let n = 0; n < ring.length; n += 2) {
      const x = ring[n], y = ring[n + 1];
      const isIn = sign * ((axis ? y : x) - edge) >= 0;
      if (isIn !== wasIn) {
        const share = axis ? (edge - py) / (y - py) : (edge - px) / (x - px);
        kept.push(axis ? px + share * (x - px) : edge, axis ? edge : py + share * (y - py));
      }
      if (isIn) kept.push(x, y);
      px = x;
      py = y;
      wasIn = isIn;
    }
    ring = kept;
  }
  return ring;
}

/** Liang–Barsky: the share of a segment within the box as [from, to], or null. */
function clipSegment(x, y, dx, dy, box) {
  let from = 0, to = 1;
  for (const [way, room] of [[-dx, x - box[0]], [dx, box[2] - x], [-dy, y - box[1]], [dy, box[3] - y]]) {
    if (way === 0) {
      if (room < 0) return null;
    } else if (way < 0) from = Math.max(from, room / way);
    else to = Math.min(to, room / way);
  }
  return from <= to ? [from, to] : null;
}

/** The pieces of a line within the box: {xy, along}, `along` = length from the line's start, for an unbroken dash. */
function clipLine(xy, first, last, box) {
  const runs = [];
  let run = null;
  let along = 0;
  for (let n = first * 2; n < last * 2 - 2; n += 2) {
    const x = xy[n], y = xy[n + 1], dx = xy[n + 2] - x, dy = xy[n + 3] - y;
    const length = Math.hypot(dx, dy);
    const kept = clipSegment(x, y, dx, dy, box);
    if (!kept) run = null;
    else {
      const [from, to] = kept;
      if (!run || from > 0) {
        run = { xy: [x + from * dx, y + from * dy], along: along + from * length };
        runs.push(run);
      }
      run.xy.push(x + to * dx, y + to * dy);
      if (to < 1) run = null;
    }
    along += length;
  }
  return runs;
}

/** Where the tile lies on the data's grid. */
function frame(content, { x, y, z }, size) {
  const grid = 2 ** content.bits;
  const scale = (256 * 2 ** z) / grid;
  const west = (x * size) / scale, north = (y * size) / scale;
  const margin = MARGIN / scale;
  const side = size / scale;
  return { grid, scale, west, north, finest: FINEST / scale, box: [west - margin, north - margin, west + side + margin, north + side + margin] };
}

function* partsWithin(layer, { box, finest }) {
  const { boxes, starts, count } = layer;
  for (let n = 0; n < count; n++) {
    const b = n * 4;
    if (boxes[b + 2] - boxes[b] < finest && boxes[b + 3] - boxes[b + 1] < finest) continue;
    if (boxes[b] > box[2] || boxes[b + 2] < box[0] || boxes[b + 1] > box[3] || boxes[b + 3] < box[1]) continue;
    const whole = boxes[b] >= box[0] && boxes[b + 2] <= box[2] && boxes[b + 1] >= box[1] && boxes[b + 3] <= box[3];
    yield { first: starts[n], last: starts[n + 1], whole };
  }
}

/** Rings as a path to fill and a path to stroke; the second leaves out the seam at 180°. */
function ringPaths(layer, place) {
  const { grid, scale, west, north, box, finest } = place;
  const fill = new Path2D(), shore = new Path2D();
  for (const { first, last, whole } of partsWithin(layer, place)) {
    const raw = layer.xy.subarray(first * 2, last * 2);
    const ring = whole ? raw : clipRing(raw, box);
    const end = ring.length;
    if (end < 6) continue;
    let px = ring[end - 2], py = ring[end - 1];
    fill.moveTo((px - west) * scale, (py - north) * scale);
    shore.moveTo((px - west) * scale, (py - north) * scale);
    for (let n = 0; n < end; n += 2) {
      const x = ring[n], y = ring[n + 1];
      if (Math.abs(x - px) < finest && Math.abs(y - py) < finest && n < end - 2) continue;
      const cx = (x - west) * scale, cy = (y - north) * scale;
      fill.lineTo(cx, cy);
      if (x === px && (x <= 0 || x >= grid)) shore.moveTo(cx, cy);
      else shore.lineTo(cx, cy);
      px = x;
      py = y;
    }
    fill.closePath();
  }
  return { fill, shore };
}

function strokeLines(pen, layer, place, dash = null) {
  const { scale, west, north, box, finest } = place;
  const period = dash?.reduce((sum, step) => sum + step, 0);
  pen.setLineDash(dash ?? []);
  if (!dash) pen.beginPath();
  for (const { first, last } of partsWithin(layer, place)) {
    for (const { xy, along } of clipLine(layer.xy, first, last, box)) {
      if (dash) {
        pen.beginPath();
        pen.lineDashOffset = (along * scale) % period;
      }
      let [px, py] = xy;
      pen.moveTo((px - west) * scale, (py - north) * scale);
      for (let n = 2; n < xy.length; n += 2) {
        const x = xy[n], y = xy[n + 1];
        if (Math.abs(x - px) < finest && Math.abs(y - py) < finest && n < xy.length - 2) continue;
        pen.lineTo((x - west) * scale, (y - north) * scale);
        px = x;
        py = y;
      }
      if (dash) pen.stroke();
    }
  }
  if (!dash) pen.stroke();
  pen.setLineDash([]);
}

function style(pen, colour, width) {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
}

function paintLand(pen, layer, place, z, colours) {
  const { fill, shore } = ringPaths(layer, place);
  if (z > 2) {
    style(pen, colours.shelf, z < 5 ? 7 : 11);
    pen.stroke(shore);
  }
  style(pen, colours.shore, z < 4 ? 3 : 5);
  pen.stroke(shore);
  pen.fillStyle = colours.land;
  pen.fill(fill, "evenodd");
  style(pen, colours.coast, z < 4 ? 0.45 : z < 7 ? 0.75 : 1);
  pen.stroke(shore);
}

function paintWater(pen, layers, place, z, colours) {
  if (z <= LAST_RIVERS) {
    style(pen, colours.river, 0.5 + z * 0.1);
    pen.globalAlpha = z === LAST_RIVERS ? 0.5 : 1;
    strokeLines(pen, layers.river, place);
    pen.globalAlpha = 1;
  }
  const { fill, shore } = ringPaths(layers.lake, place);
  pen.fillStyle = colours.lake;
  pen.fill(fill, "evenodd");
  style(pen, colours.river, z < 6 ? 0.5 : 0.8);
  pen.stroke(shore);
}

function paintBorders(pen, layers, place, z, colours) {
  if (z >= 6) {
    style(pen, colours.province, z < 8 ? 0.6 : 0.8);
    strokeLines(pen, layers.province, place, [1.5, 3]);
  }
  if (z >= 4) {
    style(pen, colours.bandBorder, Math.min(z, 9) * 0.9);
    strokeLines(pen, layers.border, place);
  }
  style(pen, colours.border, z < 4 ? 0.7 : z < 7 ? 0.9 : 1.2);
  strokeLines(pen, layers.border, place);
  style(pen, colours.border, z < 5 ? 0.7 : 1);
  strokeLines(pen, layers.claim, place, [4, 4]);
}

/** Paints tile `coords` of `size` CSS pixels onto the canvas; `content` is what MapData.tile answered. */
export function paint(canvas, content, coords, size, { colours, graticule }) {
  const pen = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
  const ratio = canvas.width / size;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.lineJoin = pen.lineCap = "round";
  pen.fillStyle = content.plain === "land" ? colours.land : colours.sea;
  pen.fillRect(0, 0, size, size);
  if (!content.plain) {
    const place = frame(content, coords, size);
    paintLand(pen, content.layers.land, place, coords.z, colours);
    paintWater(pen, content.layers, place, coords.z, colours);
    pen.lineCap = "butt";
    paintBorders(pen, content.layers, place, coords.z, colours);
  }
  if (graticule) {
    style(pen, colours.net, 0.6);
    pen.stroke(graticuleLines(coords, size));
  }
  // Reading one pixel makes the browser draw now, where the caller measures the time, and not all tiles in one frame.
  pen.getImageData(0, 0, 1, 1);
}
