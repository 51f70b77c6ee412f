// Drawing on the map of Explore: an area by its corners, a circle, a point that is looked at.
//
//   show(shapes)      draws what is asked for, by filter, with handles to drag
//   arm(tool, how)    the reader draws now: "within", "near" or "sees"; `how.metres()` is the circle's size for a mere click
//   disarm()          and no more
//   key(event)        true when the key meant something to the drawing
//
//   heard.drawn(tool, shape)    something was drawn or dragged
//   heard.drafting(tool, n)     n corners stand
//   heard.givenUp(tool)        Escape, with nothing drafted
import { awayFrom, circleCorners, metresBetween } from "./map-draw-text.js";
import { handlesOf, outlineOf } from "./map-draw-shapes.js";

const CLOSE_PX = 12; // a click so near to the first corner closes the area
const SAME_PX = 5; // the second click of a double click, or a finger that trembled
const ROUND = { interactive: false, className: "asked draft" };

export class DrawingBoard {
  #shapes = {};
  #turn = 0;
  #corners = [];
  #tool = null;
  #how = {};
  #press = null;

  constructor(map, heard) {
    Object.assign(this, { map, heard, surface: map.getContainer() });
    const { L } = window;
    this.asked = L.layerGroup().addTo(map);
    this.draft = L.layerGroup().addTo(map);
    map.on("click", ({ latlng, originalEvent }) => this.#click(latlng, originalEvent));
    map.on("dblclick", () => this.#tool === "within" && this.close());
    map.on("mousemove", ({ latlng }) => this.#tool === "within" && this.#corners.length && this.#drawDraft(latlng));
    map.on("moveend zoomend", ({ type }) => (this.#turned() || type === "zoomend") && this.#drawAsked());
    this.surface.addEventListener("pointerdown", (event) => this.#down(event), { capture: true });
    this.surface.addEventListener("pointermove", (event) => this.#move(event));
    this.surface.addEventListener("pointerup", (event) => this.#up(event));
    this.surface.addEventListener("pointercancel", () => this.#letGo());
  }

  get armed() {
    return this.#tool;
  }

  get corners() {
    return this.#corners.length;
  }

  // ---- what is asked for ----

  show(shapes) {
    this.#shapes = shapes;
    this.#turned();
    this.#drawAsked();
  }

  /** Whether the copy of the world in view is another one than the shapes stand in. */
  #turned() {
    const turn = 360 * Math.round(this.map.getCenter().lng / 360);
    if (turn === this.#turn) return false;
    this.#turn = turn;
    return true;
  }

  #drawAsked() {
    this.asked.clearLayers();
    for (const [tool, shape] of Object.entries(this.#shapes)) this.#drawShape(tool, shape);
  }

  #drawShape(tool, shape) {
    let now = shape;
    const outline = outlineOf(tool, now, this.#turn).addTo(this.asked);
    for (const handle of handlesOf(tool, shape, this.#turn, this.#pixels(shape))) {
      const marker = handle.marker.addTo(this.asked);
      marker.getElement().setAttribute("aria-hidden", "true"); // the fields tell the same to who does not point
      marker.on("drag", () => {
        now = handle.moved(now, this.#place(marker.getLatLng()));
        outline.setLatLngs(outlineOf(tool, now, this.#turn).getLatLngs());
      });
      marker.on("dragend", () => this.heard.drawn(tool, now));
    }
  }

  /** How wide a circle is drawn here, from its middle; an area needs no such thing. */
  #pixels({ centre, metres }) {
    if (!centre) return 0;
    const at = ([lat, lng]) => this.map.project([lat, lng]).x;
    return at(awayFrom(centre, metres, 90)) - at(centre);
  }

  #place({ lat, lng }) {
    return [lat, lng - this.#turn];
  }

  // ---- drawing ----

  arm(tool, how = {}) {
    this.disarm();
    this.#tool = tool;
    this.#how = how;
    this.map.doubleClickZoom.disable();
    if (tool === "near") this.map.dragging.disable();
    this.surface.classList.add("drawing");
    this.surface.classList.toggle("drawing-circle", tool === "near");
  }

  disarm() {
    if (!this.#tool) return;
    this.#tool = null;
    this.#letGo();
    this.#corners = [];
    this.draft.clearLayers();
    this.map.doubleClickZoom.enable();
    this.map.dragging.enable();
    this.surface.classList.remove("drawing", "drawing-circle");
  }

  #click(at, event) {
    if (this.#tool === "sees") this.#put(at);
    else if (this.#tool === "within") this.#corner(at, event);
  }

  #put(at) {
    this.heard.drawn(this.#tool, { centre: this.#place(at), metres: this.#how.metres() });
  }

  #corner(at) {
    const point = this.map.latLngToContainerPoint(at);
    const away = (other) => point.distanceTo(this.map.latLngToContainerPoint(other));
    const last = this.#corners.at(-1);
    if (this.#corners.length >= 3 && away(this.#corners[0]) <= CLOSE_PX) this.close();
    else if (!last || away(last) > SAME_PX) this.#keep([...this.#corners, at]);
  }

  #keep(corners) {
    this.#corners = corners;
    this.#drawDraft();
    this.heard.drafting("within", corners.length);
  }

  /** The area is finished, if it is one. */
  close() {
    if (this.#corners.length < 3) return;
    const corners = this.#corners.map((corner) => this.#place(corner));
    this.#corners = [];
    this.draft.clearLayers();
    this.heard.drawn("within", { corners });
  }

  removeLast() {
    if (this.#corners.length) this.#keep(this.#corners.slice(0, -1));
  }

  #drawDraft(cursor = null) {
    const { L } = window;
    this.draft.clearLayers();
    if (!this.#corners.length) return;
    L.polyline(cursor ? [...this.#corners, cursor] : this.#corners, ROUND).addTo(this.draft);
    if (cursor && this.#corners.length > 1) L.polyline([cursor, this.#corners[0]], { ...ROUND, className: "asked draft closing" }).addTo(this.draft);
    for (const corner of this.#corners) L.circleMarker(corner, { radius: 5, interactive: false, className: "asked-corner" }).addTo(this.draft);
  }

  // ---- press and drag: a circle ----

  #down(event) {
    if (this.#tool !== "near" || event.button !== 0 || event.target.closest(".draw-handle, .leaflet-control")) return;
    const at = this.map.mouseEventToLatLng(event);
    this.#press = { at, x: event.clientX, y: event.clientY, id: event.pointerId };
    this.surface.setPointerCapture(event.pointerId);
  }

  #move(event) {
    if (this.#press?.id !== event.pointerId) return;
    const metres = this.#pulled(event);
    this.draft.clearLayers();
    if (!metres) return;
    const { at } = this.#press;
    window.L.polygon(circleCorners([at.lat, at.lng], metres), ROUND).addTo(this.draft);
    this.heard.drafting("near", metres);
  }

  #up(event) {
    if (this.#press?.id !== event.pointerId) return;
    const { at } = this.#press;
    const metres = this.#pulled(event) || this.#how.metres();
    this.#letGo();
    this.heard.drawn("near", { centre: this.#place(at), metres });
  }

  /** How far it was pulled, or 0 for a click. */
  #pulled(event) {
    const { at, x, y } = this.#press;
    if (Math.hypot(event.clientX - x, event.clientY - y) <= SAME_PX) return 0;
    const to = this.map.mouseEventToLatLng(event);
    return metresBetween([at.lat, at.lng], [to.lat, to.lng]);
  }

  #letGo() {
    if (this.#press && this.surface.hasPointerCapture(this.#press.id)) this.surface.releasePointerCapture(this.#press.id);
    this.#press = null;
    if (this.#tool !== "within") this.draft.clearLayers();
  }

  // ---- keys on the map; arrow keys, plus and minus are the map's own ----

  key(event) {
    if (!this.#tool || event.target !== this.surface || event.ctrlKey || event.altKey || event.metaKey) return false;
    const middle = this.map.getCenter();
    if (event.key === " " || (event.key === "Enter" && this.#tool !== "within")) this.#tool === "within" ? this.#corner(middle) : this.#put(middle);
    else if (event.key === "Enter") this.close();
    else if (event.key === "Backspace" || event.key === "Delete") this.removeLast();
    else if (event.key === "Escape") this.#escape();
    else return false;
    return true;
  }

  #escape() {
    if (this.#press || this.#corners.length) {
      this.#letGo();
      this.#keep([]);
    } else this.heard.givenUp(this.#tool);
  }
}
