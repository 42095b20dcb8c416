// Layers of the catalogue on the right map of a comparison, one pane each, the uppermost of the list on top.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const LOWEST = 405, HALO = { dark: "#0b1220", light: "#ffffff" };
  let panes = 0;

  function make(map, spec, specs, pane) {
    if (spec.kind === "picture") return L.tileLayer(spec.tiles, { pane: pane, maxZoom: 20, maxNativeZoom: 18, attribution: "" });
    if (spec.kind !== "vector" || !specs.packages["vector-tile"]) return null;
    return cityvitals.layerVector(spec, specs.packages, pane, HALO[specs.theme], () => undefined);
  }

  function clear(map) {
    (map.comparedLayers || []).forEach(function (one) {
      map.removeLayer(one.layer);
      one.pane.remove();
    });
    map.comparedLayers = [];
  }

  function show(map, specs) {
    const wanted = specs ? JSON.stringify([specs.state, specs.layers, specs.theme]) : "";
    if (map.comparedWanted === wanted) return;
    clear(map);
    map.comparedWanted = wanted;
    if (!specs) return;
    specs.state.filter((layer) => !layer.hidden).forEach(function (shown, place) {
      const name = "compared-" + ++panes, pane = map.createPane(name), spec = specs.layers[shown.code];
      pane.classList.add("compared-layer");
      pane.style.pointerEvents = "none";
      pane.style.zIndex = LOWEST + specs.state.length - place;
      pane.style.opacity = shown.opacity / 100;
      const layer = make(map, spec, specs, name);
      if (layer) map.comparedLayers.push({ layer: layer.addTo(map), pane: pane });
      else pane.remove();
    });
  }

  cityvitals.compareLayers = { show: show };
})();
