// The map itself: takes hold of the Leaflet map that Dash made, and paints what the server answered.
// The answer (layouts/map/paint.py) says which geometry, values and classes; Dash hears back through area_input.js.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const CLASS = "area-map";
  const KEPT_GEOMETRIES = 12; // the last shown stay decoded, so that climbing back costs nothing
  const FLIGHT_S = 0.45;
  const RETRY_MS = 3000;
  const PADDING_PX = 20;
  const REST_MS = 150;
  const LEGENDS = "#map-legend, #problems-legend, #projects-legend, #reach-legend, #layers-legend";
  const PANES = { context: 380, areas: 400, outline: 440, names: 460 };
  const geometries = new Map();
  const places = new WeakMap(); // areas → their outline, and where it went
  let view = null; // everything about the one map of the page
  let latest = null; // the last answer, kept for a map that is made after it
  let turn = 0;

  function load(url) {
    const known = geometries.get(url);
    const answer = known || fetch(url).then((response) => {
      if (!response.ok) throw new Error(`geometry: ${response.status}`);
      return response.arrayBuffer();
    }).then(cityvitals.decodeAreas);
    geometries.delete(url);
    geometries.set(url, answer);
    if (!known) answer.catch(() => geometries.delete(url));
    if (geometries.size > KEPT_GEOMETRIES) geometries.delete(geometries.keys().next().value);
    return answer;
  }

  function attach(map) {
    for (const [name, order] of Object.entries(PANES)) {
      const pane = map.createPane(name);
      pane.classList.add("area-" + name);
      pane.style.zIndex = order;
      if (name !== "areas") pane.style.pointerEvents = "none";
    }
    view = { map, url: null, areas: null, layer: null, shown: null, lands: 0, context: { url: null, areas: null, layer: null } };
    view.hovered = cityvitals.areaOverlay.highlight(map, "outline", "area-hovered");
    view.selected = cityvitals.areaOverlay.highlight(map, "outline", "area-selected");
    view.names = cityvitals.areaOverlay.labels(map, "names");
    cityvitals.areaInput.listen(view);
    followSize(map);
    cityvitals.camera.follow(map, () => view && view.home);
    map.on("unload", () => (view = null));
    if (latest) paint(latest);
  }

  function groupsOf(areas) {
    const numbers = new Map();
    return (areas.names.parents || []).map((parent) => numbers.get(parent) ?? numbers.set(parent, numbers.size).get(parent));
  }

  function borders(colours) {
    return {
      inner: { colour: colours.border, width: 1 },
      group: { colour: colours.group, width: 1.5 },
      outer: { colour: colours.outline, width: 2 },
    };
  }

  // A new layer takes the place of the old one when it stands, so that the map is never empty between two of them.
  function replace(slot, url, areas, colours, lines, pane) {
    if (slot.url === url && slot.layer) return slot.layer.recolour(colours, lines);
    const old = slot.layer, map = view.map;
    const [west, south, east, north] = cityvitals.areaPlaces.box(areas) || [0, 0, 0, 0];
    const unproject = (x, y) => map.options.crs.projection.unproject(L.point(x, y));
    slot.bounds = L.latLngBounds(unproject(west, south), unproject(east, north));
    slot.layer = cityvitals.areaLayer(areas, groupsOf(areas), colours, lines, { pane, bounds: slot.bounds.pad(0.02) });
    [slot.url, slot.areas] = [url, areas];
    if (old) {
      const retire = () => map.removeLayer(old);
      slot.layer.once("load", retire);
      setTimeout(retire, 1500);
    }
    return slot.layer.addTo(map);
  }

  // What lies over the map, as rectangles of its frame.
  function obstacles(map) {
    const frame = map.getContainer().getBoundingClientRect();
    const over = [...document.querySelectorAll(LEGENDS), ...document.querySelectorAll("#map-switches > *")];
    return over.map((element) => element.getBoundingClientRect()).filter((box) => box.width && box.height)
      .map(({ left, top, right, bottom }) => ({
        left: left - frame.left, top: top - frame.top, right: right - frame.left, bottom: bottom - frame.top,
      }));
  }

  // Centre and zoom that show the whole of the areas beside what lies over the map.
  function wholeView() {
    const { map, bounds } = view, size = map.getSize();
    const { left, top, width } = placed(view.areas, { width: size.x, height: size.y, pad: PADDING_PX }, obstacles(map));
    const box = (zoom) => [map.project(bounds.getNorthWest(), zoom), map.project(bounds.getSouthEast(), zoom)];
    const [west, east] = box(0);
    const zoom = Math.min(map.getScaleZoom(width / Math.max(east.x - west.x, 1e-9), 0), map.getMaxZoom());
    const corner = box(zoom)[0];
    return { zoom, centre: map.unproject(L.point(corner.x - left + size.x / 2, corner.y - top + size.y / 2), zoom) };
  }

  // Areas that are shown again, in the same frame beside the same obstacles, go where they went before.
  function placed(areas, frame, over) {
    const asked = JSON.stringify([frame, over]);
    const last = places.get(areas);
    if (last && last.asked === asked) return last.place;
    const outline = last ? last.outline : cityvitals.areaFit.outline(areas);
    const place = cityvitals.areaFit.place(outline, frame, over);
    places.set(areas, { asked, outline, place });
    return place;
  }

  function fit(animate) {
    const { map } = view;
    const calm = globalThis.matchMedia("(prefers-reduced-motion: reduce)").matches;
    view.moved = false;
    const { centre, zoom } = (view.home = wholeView());
    if (animate && !calm) {
      map.flyTo(centre, zoom, { duration: FLIGHT_S });
      view.lands = performance.now() + 1000 * FLIGHT_S;
    } else map.setView(centre, zoom, { animate: false });
  }

  // Where the link says, else where the whole shows.
  function place(payload, first) {
    if (!cityvitals.camera.restore(view.map, [payload.area, payload.selected])) return fit(!first);
    view.home = wholeView();
    view.moved = true;
    return undefined;
  }

  function isElsewhere({ centre, zoom }) {
    const { map } = view;
    return Math.abs(zoom - map.getZoom()) > 0.001 || map.latLngToContainerPoint(centre).distanceTo(map.getSize().divideBy(2)) > 1;
  }

  // A frame that changes its size keeps the place; where nobody has moved the map, the whole of it. A legend that grows
  // or shrinks may belong to areas on their way: what is on the map waits for them, and a flight is not broken off.
  function followSize(map) {
    let waiting = null;
    const settle = () => {
      if (!view || view.map !== map || !view.bounds || view.moved) return;
      if (performance.now() < view.lands) wait();
      else if (isElsewhere(wholeView())) fit(false);
    };
    const wait = () => {
      clearTimeout(waiting);
      waiting = setTimeout(settle, REST_MS);
    };
    const observer = new ResizeObserver(() => {
      const before = map.getSize();
      map.invalidateSize({ animate: false, pan: false });
      if (map.getSize().equals(before)) wait();
      else settle();
    });
    observer.observe(map.getContainer());
    document.querySelectorAll(LEGENDS + ", #map-switches").forEach((over) => observer.observe(over));
    map.on("dragstart", () => view && (view.moved = true));
    map.getContainer().addEventListener("wheel", () => view && (view.moved = true), { passive: true });
    map.on("unload", () => observer.disconnect());
  }

  function paintContext(payload, areas) {
    const slot = view.context;
    if (!areas) {
      if (slot.layer) view.map.removeLayer(slot.layer);
      return Object.assign(slot, { url: null, areas: null, layer: null });
    }
    const { quiet, quiet_border: line } = payload.colours;
    const width = (px) => ({ colour: line, width: px });
    const colours = cityvitals.areaColours.around(areas.names.codes, payload.area, quiet);
    replace(slot, payload.geometry.context_url, areas, colours, { inner: width(1), group: width(1), outer: width(1) }, "context");
    return slot;
  }

  function show(payload, areas, context) {
    const first = !view.url, moved = view.url !== payload.geometry.url;
    const shown = cityvitals.areaShown(payload, areas);
    paintContext(payload, context);
    replace(view, payload.geometry.url, areas, shown.colours, borders(payload.colours), "areas");
    view.shown = shown;
    view.selected(areas, areas.names.codes.indexOf(payload.selected));
    if (moved) cityvitals.areaInput.leave(view);
    view.names(areas, shown.names, payload.language === "en");
    if (moved && payload.fit !== false) place(payload, first);
    cityvitals.areaInput.refresh(view);
    cityvitals.areaTimeline.show(payload);
    view.map.getContainer().setAttribute("aria-label", payload.words.label);
  }

  // Paints an answer; one that was overtaken by a newer one while its geometry came is dropped.
  function paint(payload) {
    latest = payload;
    const mine = ++turn;
    if (view) view.map.getContainer().classList.toggle("is-past", Boolean(payload && !payload.geometry));
    if (!view || !payload || !payload.geometry) return Promise.resolve(false);
    const { url, context_url: around } = payload.geometry;
    return Promise.all([load(url), around ? load(around) : null]).then(([areas, context]) => {
      if (mine !== turn || !view) return false;
      show(payload, areas, context);
      return true;
    }, () => again(mine));
  }

  // Boundaries that did not come are asked for again; what is on the map stays.
  function again(mine) {
    globalThis.setTimeout(() => mine === turn && paint(latest), RETRY_MS);
    return false;
  }

  // The period switch without a question: the same areas with other values.
  function recolour(values) {
    if (!view || !view.shown) return;
    view.shown = cityvitals.areaShown({ ...view.shown.payload, ...values }, view.areas);
    view.layer.recolour(view.shown.colours, borders(view.shown.payload.colours));
    cityvitals.areaInput.refresh(view);
  }

  function hold() {
    L.Map.addInitHook(function () {
      if (this.getContainer().classList.contains(CLASS)) attach(this);
    });
  }
  if (globalThis.L) hold();
  else if (globalThis.document) document.addEventListener("DOMContentLoaded", hold);

  cityvitals.map = { paint, recolour, fit: () => view && fit(true), view: () => view };
  const dash = (globalThis.dash_clientside = globalThis.dash_clientside || {});
  dash.map = {
    paint: (payload) => void paint(payload),
    frames: (answer) => cityvitals.areaTimeline.keep(answer),
    detail: (answer) => cityvitals.areaInput.learn(answer),
    pointAt: (data) => cityvitals.areaInput.pointAt(data),
  };
})();
