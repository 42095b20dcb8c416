// The reach view's map: land within reach, blind zones, the place asked from, facilities only thought of; and its clicks.
// The server says what to draw (callbacks/reach_map.py); a click changes the link's word and the server answers anew.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const dash = (globalThis.dash_clientside = globalThis.dash_clientside || {});
  const MAP = "reach-map", PANES = { "reach-bands": 420, "reach-marks": 470 };
  const DIGITS = 5;
  let view = null; // {map, drawn: [layers]} while the page stands
  let latest = null; // the last answer, kept for a map that is made after it
  let mode = "at", picks = 0;

  // The link's word with one part replaced; an empty one is left out.
  function withPart(choice, name, text) {
    const parts = (choice || "").split(";").filter((part) => part && !part.startsWith(name + ":"));
    if (text) parts.push(name + ":" + text);
    return parts.join(";") || null;
  }

  function written(lon, lat) {
    return lon.toFixed(DIGITS) + "," + lat.toFixed(DIGITS);
  }

  // What a click at a place asks: start from there, or one more facility there; null where there may be no more.
  function asked(payload, kind, lon, lat) {
    if (kind === "at") return withPart(payload.choice, "at", written(lon, lat));
    if (payload.plus.length >= payload.most_added) return undefined;
    return withPart(payload.choice, "plus", [...payload.plus.map(([x, y]) => written(x, y)), written(lon, lat)].join("|"));
  }

  function pick(reach) {
    picks += 1;
    dash.set_props("pick", { data: { reach, seq: "reach" + picks } });
  }

  function choose(latlng) {
    if (!latest) return;
    const place = latlng.wrap(), reach = asked(latest, mode, place.lng, place.lat);
    if (reach === undefined) return announce(latest.words.full);
    pick(reach);
  }

  function announce(text) {
    view.note.textContent = text;
    view.note.hidden = !text;
  }

  // A click belongs to the reach view unless it is for areas or hits a facility (point_map.js stops those before).
  function clicked(event) {
    if (mode === "area" || !latest || event.target.closest(".map-legend, .card")) return;
    if (view.moved) return;
    event.stopPropagation();
    choose(view.map.mouseEventToLatLng(event));
  }

  function mark(kind, latlng, title) {
    const icon = L.divIcon({ className: "reach-pin reach-pin--" + kind, iconSize: null });
    return L.marker(latlng, { icon, pane: "reach-marks", interactive: false, keyboard: false, title });
  }

  function draw() {
    if (!view || !latest) return;
    const { map } = view, { bands, blind, colours, at, plus, words, layer } = latest;
    view.drawn.forEach((one) => map.removeLayer(one));
    view.drawn = [];
    const add = (one) => view.drawn.push(one.addTo(map));
    const shape = (geojson, style) => add(L.geoJSON(geojson, { pane: "reach-bands", interactive: false, style: { renderer: view.canvas, pane: "reach-bands", ...style } }));
    if (!at) shape(blind, { stroke: false, fillOpacity: 0.75, fillColor: getComputedStyle(document.documentElement).getPropertyValue("--reach-blind").trim() || "#e0567a" });
    bands.map((geojson, n) => [geojson, colours[n]]).reverse().forEach(([geojson, colour]) => {
      shape(geojson, { color: colour, weight: 1.5, fillColor: colour, fillOpacity: at ? 0.4 : 0.22 });
    });
    if (at) add(mark("start", L.latLng(at[1], at[0]), words.start));
    plus.forEach(([lon, lat]) => add(mark("added", L.latLng(lat, lon), words.added)));
    announce("");
    approach();
    cityvitals.points.show(MAP, layer ? [layer] : []);
  }

  // A place's land is shown large: where it fills little of the map, or lies outside it, the map goes there.
  function approach() {
    const { at, bands } = latest || {}, bounds = at && L.geoJSON(bands[bands.length - 1]).getBounds();
    if (!view || !bounds || !bounds.isValid() || !view.map._loaded) return;
    const zoom = view.map.getBoundsZoom(bounds.pad(0.4)), near = zoom - view.map.getZoom() < 1;
    if (near && view.map.getBounds().contains(bounds)) return;
    if (cityvitals.map.view()) cityvitals.map.view().moved = true;
    view.map.fitBounds(bounds.pad(0.4), { animate: false });
  }

  function press(kind) {
    mode = kind;
    document.querySelectorAll("[data-reach-click]").forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.reachClick === kind)));
    if (view) view.map.getContainer().classList.toggle("picks-place", kind !== "area");
  }

  function onButton(event) {
    const button = event.target.closest && event.target.closest("[data-reach-click], [data-reach-centre]");
    if (!button || !view) return;
    if (button.dataset.reachClick) press(button.dataset.reachClick);
    else if (mode !== "area") choose(view.map.getCenter());
  }

  function attach(map) {
    for (const [name, order] of Object.entries(PANES)) {
      map.createPane(name).style.zIndex = order;
      map.getPane(name).style.pointerEvents = "none";
    }
    const note = L.DomUtil.create("p", "reach-note", map.getContainer());
    note.hidden = true;
    note.setAttribute("role", "status");
    view = { map, note, drawn: [], canvas: L.canvas({ pane: "reach-bands", padding: 0.4 }), moved: false };
    map.on("mousedown movestart", () => view && (view.moved = false));
    map.on("dragstart", () => view && (view.moved = true));
    map.getContainer().addEventListener("click", clicked, true);
    const mine = view;
    map.on("unload", () => view === mine && (view = null));
    press(mode);
    draw();
  }

  function hold() {
    L.Map.addInitHook(function () {
      if (this.getContainer().id === MAP) attach(this);
    });
  }
  if (globalThis.L) hold();
  else if (globalThis.document) document.addEventListener("DOMContentLoaded", hold);
  if (globalThis.document) document.addEventListener("click", onButton);

  cityvitals.reach = { withPart, asked, view: () => view };
  dash.reach = {
    paint: (payload) => {
      Promise.resolve(cityvitals.map.paint(payload)).then(approach);
      return dash.no_update;
    },
    shapes: (payload) => {
      latest = payload;
      draw();
      return dash.no_update;
    },
  };
})();
