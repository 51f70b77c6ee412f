/* The net of meridians and parallels, with a step that keeps its lines 130 to 400 pixels apart. */

const STEPS = [30, 20, 10, 5, 2, 1, 1 / 2, 1 / 6, 1 / 12, 1 / 30, 1 / 60, 1 / 120, 1 / 360, 1 / 720, 1 / 1800, 1 / 3600];
const NEAREST = 130;

export function graticuleStep(zoom) {
  const degreesPerPixel = 360 / (256 * 2 ** zoom);
  return STEPS.findLast((step) => step / degreesPerPixel >= NEAREST) ?? STEPS[0];
}

const latitudeAt = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
const yAt = (latitude) => 0.5 - Math.asinh(Math.tan((latitude * Math.PI) / 180)) / (2 * Math.PI);

/** The lines that cross tile `coords` of `size` pixels, as a path in its pixels. */
export function graticuleLines({ x, y, z }, size) {
  const world = 256 * 2 ** z;
  const step = graticuleStep(z);
  const path = new Path2D();
  const west = ((x * size) / world) * 360 - 180, east = (((x + 1) * size) / world) * 360 - 180;
  for (let n = Math.ceil(west / step); n * step <= east; n++) {
    const px = ((n * step + 180) / 360) * world - x * size;
    path.moveTo(px, 0);
    path.lineTo(px, size);
  }
  const north = latitudeAt((y * size) / world), south = latitudeAt(((y + 1) * size) / world);
  for (let n = Math.ceil(south / step); n * step <= north; n++) {
    const py = yAt(n * step) * world - y * size;
    path.moveTo(0, py);
    path.lineTo(size, py);
  }
  return path;
}
