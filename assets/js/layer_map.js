// What lies over the areas: one pane per layer, in the order of the list, on the map of the layer view.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const dash = (globalThis.dash_clientside = globalThis.dash_clientside || {});
  const MAP = "layers-map", LOWEST = 405, RETRY_S = 20;
  const HALO = { dark: "#0b1220", light: "#ffffff" };
  let map = null, specs = null, layers = new Map(), panes = 0;
  const hiddenWords = {}; // of categories, by layer

  function tell(code, reason, retry_s, status) {
    if (!specs || !specs.layers[code]) return;
    const known = specs.words["reason_" + reason];
    if (reason && status === 404) return; // the data have changed: the next answer brings the new address
    cityvitals.layerList.tell(code, reason ? known || specs.words.broken : null);
    const kept = layers.get(code);
    if (!reason || !kept || kept.retry) return;
    kept.retry = setTimeout(() => {
      kept.retry = null;
      if (layers.get(code) === kept && kept.layer) kept.again();
    }, 1000 * (retry_s || RETRY_S));
  }

  function picture(code, spec, pane) {
    const layer = L.tileLayer(spec.tiles, { pane, minZoom: Math.max(spec.min_zoom || 1, 1), maxZoom: 20, maxNativeZoom: 18, attribution: "" });
    layer.on("load", () => layer.failed || tell(code, null));
    layer.on("loading", () => (layer.failed = false));
    layer.on("tileload", () => tell(code, null));
    layer.on("tileerror", () => {
      if (layer.failed) return;
      layer.failed = true; // the picture does not say why it did not come
      fetch(spec.base + "/state", { cache: "no-store" }).then((answer) => answer.json()).then((state) =>
        state.reason ? tell(code, state.reason, state.retry_s) : undefined, () => tell(code, "unreachable"));
    });
    return { layer, again: () => layer.redraw() };
  }

  function make(code, spec) {
    const name = "layer-" + ++panes, pane = map.createPane(name);
    pane.style.pointerEvents = "none";
    const made = spec.kind === "picture" ? picture(code, spec, name)
      : { layer: cityvitals.layerVector(spec, specs.packages, name, HALO[specs.theme], (...why) => tell(code, ...why)) };
    made.again = made.again || (() => made.layer._load());
    return { ...made, pane, name, spec, kind: spec.kind };
  }

  function remove(code) {
    const kept = layers.get(code);
    clearTimeout(kept.retry);
    map.removeLayer(kept.layer);
    kept.pane.remove();
    layers.delete(code);
  }

  function place(layer, spec, order) {
    let kept = layers.get(layer.code);
    if (kept && kept.kind === "picture" && kept.spec.tiles !== spec.tiles) remove(layer.code), (kept = null);
    if (!kept) layers.set(layer.code, (kept = make(layer.code, spec)));
    else if (kept.kind === "vector") kept.layer.restyle(spec, HALO[specs.theme]);
    kept.spec = spec;
    kept.pane.style.zIndex = order;
    kept.pane.style.opacity = layer.opacity / 100;
    if (layer.hidden && map.hasLayer(kept.layer)) map.removeLayer(kept.layer);
    if (!layer.hidden && !map.hasLayer(kept.layer)) kept.layer.addTo(map);
  }

  function drawable(layer) {
    const spec = specs.layers[layer.code];
    return spec.kind === "picture" || (spec.kind === "vector" && specs.packages["vector-tile"]);
  }

  // Dash makes the map off the coast of Africa: nothing is asked for there.
  function isPlaced() {
    return map._loaded && (map.getZoom() !== 3 || map.getCenter().lat !== 0);
  }

  function arrange() {
    if (!map || !specs) return;
    if (!isPlaced()) return void map.once("moveend", arrange);
    const wanted = specs.state.filter(drawable), codes = new Set(wanted.map((layer) => layer.code));
    [...layers.keys()].filter((code) => !codes.has(code)).forEach(remove);
    wanted.forEach((layer, number) => place(layer, specs.layers[layer.code], LOWEST + wanted.length - number));
    arrangePoints();
  }

  // Large point layers are one drawing above the others, in the order of the list; their categories are switched here.
  function arrangePoints() {
    const points = specs.state.filter((layer) => specs.layers[layer.code].kind === "points" && !layer.hidden).reverse();
    const options = points.map(({ code, opacity }) => {
      const { points: url, title, style } = specs.layers[code];
      return { key: code, url, title, opacity: opacity / 100, colour: style.colour, hidden: hiddenWords[code] || [], words: { here: specs.words.here } };
    });
    cityvitals.points.show(MAP, options).then((answers) => answers.forEach((about) => {
      tell(about.key, about.error ? "unreachable" : null);
      if (!about.error) cityvitals.layerList.categories(about.key, about.categories);
    }));
  }

  function switchCategory(code, word) {
    const hidden = new Set(hiddenWords[code] || []);
    if (!hidden.delete(word)) hidden.add(word);
    hiddenWords[code] = [...hidden];
    cityvitals.points.filter(MAP, code, hiddenWords[code]);
  }

  function fade(code, opacity) {
    const kept = layers.get(code);
    if (kept) kept.pane.style.opacity = opacity;
    else if (specs.layers[code].kind === "points") cityvitals.points.style(MAP, code, { opacity });
  }

  // The uppermost feature at a place: {code, spec, feature}, null where only areas are.
  function under(latlng) {
    for (const { code, hidden } of specs ? specs.state : []) {
      const kept = layers.get(code);
      if (hidden || !kept || kept.kind !== "vector" || !map.hasLayer(kept.layer)) continue;
      const feature = kept.layer.at(latlng);
      if (feature) return { code, spec: kept.spec, feature };
    }
    return null;
  }

  // A feature takes the click before the area below it does.
  function clicked(event) {
    if (event.target.closest(".area-card, .layer-card, .map-legend") || cityvitals.layerDraw && cityvitals.layerDraw.isOn()) return;
    const found = map && under(map.mouseEventToLatLng(event));
    if (!found) return cityvitals.layerCard.close();
    event.stopPropagation();
    return cityvitals.layerCard.open(found.spec, found.feature, specs.words);
  }

  function attach(made) {
    map = made;
    layers = new Map();
    map.getContainer().addEventListener("click", clicked, true);
    map.on("mousemove", (event) => {
      if (!event.originalEvent.buttons) map.getContainer().style.cursor = under(event.latlng) ? "pointer" : "";
    });
    map.on("zoomend", () => cityvitals.layerList.redraw());
    map.on("unload", () => { map = null; cityvitals.layerDraw.forget(); });
    // On a later visit the list stands at once; what the server says of the layers follows.
    if (specs && document.documentElement.lang.startsWith(specs.language)) cityvitals.layerCatalogue.show(specs);
    arrange();
  }

  function zoomTo(code) {
    fetch(specs.layers[code].base + "/facts").then((answer) => answer.json()).then((facts) => {
      if (!facts.bounds || !map) return;
      const [west, south, east, north] = facts.bounds;
      map.flyToBounds([[south, west], [north, east]], { duration: 0.45, maxZoom: 17, padding: [20, 20] });
    }, () => undefined);
  }

  function show(next) {
    if (!next) return dash.no_update;
    specs = next;
    cityvitals.layerDraw.tell(next);
    cityvitals.layerCatalogue.show(next);
    arrange();
    cityvitals.layerList.show(next);
    return dash.no_update;
  }

  function refresh() {
    const grid = cityvitals.gridOf("layers-table");
    if (grid) grid.purgeInfiniteCache();
    return dash.no_update;
  }

  function open(cell) {
    const grid = cell && cell.rowIndex !== undefined ? cityvitals.gridOf("layers-table") : null;
    if (!grid) return dash.no_update;
    const row = grid.getDisplayedRowAtIndex(cell.rowIndex), focus = specs.state.find((layer) => layer.focus) || specs.state[0];
    if (row && row.data && focus) cityvitals.layerCard.open(specs.layers[focus.code], { id: row.data._key, isNumber: row.data._number }, specs.words, map);
    return dash.no_update;
  }

  function hold() {
    L.Map.addInitHook(function () {
      if (this.getContainer().id === MAP) attach(this);
    });
  }
  if (globalThis.L) hold();
  else if (globalThis.document) document.addEventListener("DOMContentLoaded", hold);

  cityvitals.layerMap = {
    zoomTo, fade, switchCategory, zoom: () => (map && map._loaded ? map.getZoom() : null), map: () => map,
    isHidden: (code, word) => (hiddenWords[code] || []).includes(word),
  };
  dash.layers = { show, refresh, open, paint: (payload) => void (payload && cityvitals.map.paint(payload)) };
})();
