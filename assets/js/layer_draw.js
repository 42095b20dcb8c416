// A polygon drawn on the map, and what the layer in focus holds inside it.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const DENSITY = { points: "count", lines: "length_km", areas: "area_km2" };
  const MEASURE = { points: "count", lines: "length", areas: "area" };
  let on = null, shape = null, specs = null;

  function control() {
    return document.querySelector(".layer-draw");
  }

  function say(text) {
    let place = document.querySelector(".layer-drawn");
    if (!place && control()) control().after(Object.assign(document.createElement("p"), { className: "layer-drawn" }));
    place = document.querySelector(".layer-drawn");
    if (place) place.textContent = text;
    if (place) place.hidden = !text;
  }

  function press(isOn) {
    if (control()) control().setAttribute("aria-pressed", String(isOn));
  }

  // Above the areas and all layers; the pane's own renderer draws there.
  function style(map) {
    const pane = map.getPane("drawing") || map.createPane("drawing");
    pane.style.zIndex = 480;
    pane.style.pointerEvents = "none";
    map.drawing = map.drawing || L.svg({ pane: "drawing", padding: 0.5 });
    return { pane: "drawing", renderer: map.drawing, className: "layer-drawing", interactive: false };
  }

  function begin() {
    const map = cityvitals.layerMap.map();
    if (!map) return;
    clear();
    on = { map, corners: [], line: L.polyline([], style(map)).addTo(map) };
    map.getContainer().classList.add("is-drawing");
    press(true);
    say(specs.words.drawing);
  }

  function clear() {
    if (on) on.map.getContainer().classList.remove("is-drawing");
    if (on) on.line.remove();
    if (shape) shape.remove();
    on = shape = null;
    press(false);
    say("");
  }

  function corner(latlng) {
    const last = on.corners[on.corners.length - 1];
    if (last && on.map.latLngToContainerPoint(last).distanceTo(on.map.latLngToContainerPoint(latlng)) < 4) return; // the second half of a double click
    on.corners.push(latlng);
    on.line.setLatLngs([...on.corners, on.corners[0]]);
  }

  function number(value) {
    return value.toLocaleString(specs.locale, { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });
  }

  // What the counts say: number, length or area, density.
  function sentence(found, words) {
    if (!found.kind || !found.count) return words.within_none;
    const own = MEASURE[found.kind], parts = [`${words.measure_count} ${number(found.count)} ${words.unit_count}`];
    if (own !== "count") parts.push(`${words["measure_" + own]} ${number(found[DENSITY[found.kind]])} ${words["unit_" + own]}`);
    if (found.drawn_km2 > 0) parts.push(`${words.measure_density} ${number(found[DENSITY[found.kind]] / found.drawn_km2)} ${words["unit_density_" + own]}`);
    return words.within.replace("{said}", parts.join(" · "));
  }

  function finish() {
    const { map, corners } = on, focus = specs.state.find((layer) => layer.focus) || specs.state[0];
    if (corners.length < 3) return;
    clear();
    shape = L.polygon(corners, style(map)).addTo(map);
    press(true);
    if (!focus) return say(specs.words.empty);
    say(specs.words.loading);
    const body = JSON.stringify({ ring: corners.map(({ lng, lat }) => [lng, lat]) });
    return fetch(specs.layers[focus.code].base + "/within", { method: "POST", headers: { "Content-Type": "application/json" }, body })
      .then((answer) => answer.json().then((found) => say(answer.ok ? specs.layers[focus.code].title + " · " + sentence(found, specs.words)
        : specs.words["reason_" + (found.error && found.error.name)] || specs.words.broken)), () => say(specs.words.broken));
  }

  function clicked(event) {
    if (event.target.closest(".layer-draw")) return on || shape ? clear() : begin();
    if (!on || !event.target.closest("#layers-map")) return undefined;
    event.stopPropagation();
    if (event.type === "dblclick") return finish();
    return corner(on.map.mouseEventToLatLng(event));
  }

  function pressed(event) {
    if (!on || (event.key !== "Enter" && event.key !== "Escape") || event.target.closest(".layer-draw") && event.key === "Enter") return;
    event.stopPropagation();
    event.preventDefault();
    if (event.key === "Enter") finish();
    else clear();
  }

  if (globalThis.document) {
    document.addEventListener("click", clicked, true);
    document.addEventListener("dblclick", clicked, true);
    document.addEventListener("keydown", pressed, true);
  }
  cityvitals.layerDraw = { isOn: () => Boolean(on), sentence, tell: (next) => (specs = next), forget: () => (on = shape = null) };
})();
