// Two maps that move as one: side by side, or one over the other with a divider that lays the upper one open.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const dash = (globalThis.dash_clientside = globalThis.dash_clientside || {});
  const SIDES = ["left", "right"];
  const PANES = { context: 380, areas: 400, outline: 440, names: 460 };
  const PAD_PX = 24, OBJECT_ZOOM = 17;
  const KEPT = 8;
  const geometries = new Map();
  const views = { left: null, right: null };
  let answer = null, turn = 0, moving = false, fitted = null, pointed = null, home = null;

  function load(url) {
    if (!url) return Promise.resolve(null);
    if (!geometries.has(url)) {
      const coming = fetch(url).then(function (response) {
        if (!response.ok) throw new Error("geometry: " + response.status);
        return response.arrayBuffer();
      }).then(cityvitals.decodeAreas);
      coming.catch(() => geometries.delete(url));
      geometries.set(url, coming);
      if (geometries.size > KEPT) geometries.delete(geometries.keys().next().value);
    }
    return geometries.get(url);
  }

  // The other map goes where this one went: by pixels while it is dragged, which keeps its tiles, else in one step.
  function follow(from, to) {
    if (moving || !to) return;
    moving = true;
    const same = from.getZoom() === to.getZoom();
    const gap = same ? to.project(from.getCenter()).subtract(to.project(to.getCenter())).round() : null;
    const size = to.getSize();
    if (same && Math.abs(gap.x) < size.x && Math.abs(gap.y) < size.y) {
      if (gap.x || gap.y) to.panBy(gap, { animate: false });
    } else to.setView(from.getCenter(), from.getZoom(), { animate: false });
    moving = false;
  }

  function other(side) { return views[side === "left" ? "right" : "left"]; }

  function attach(map, side) {
    for (const name of Object.keys(PANES)) {
      const pane = map.createPane(name);
      pane.classList.add("area-" + name);
      pane.style.zIndex = PANES[name];
      if (name !== "areas") pane.style.pointerEvents = "none";
    }
    const view = { map: map, side: side, url: null, layer: null, areas: null, shown: null, context: { url: null, layer: null, areas: null } };
    views[side] = view;
    view.mark = cityvitals.areaOverlay.highlight(map, "outline", "area-hovered");
    view.names = cityvitals.areaOverlay.labels(map, "names");
    view.card = L.DomUtil.create("div", "area-card", map.getContainer());
    view.card.hidden = true;
    map.on("move", () => follow(map, other(side) && other(side).map));
    map.on("mousemove", (event) => hover(view, event));
    map.on("mouseout", () => hoverArea(-1));
    map.on("click", function (event) {
      const area = view.layer ? view.layer.areaAt(event.latlng) : -1;
      if (area >= 0) dash.set_props("map-event", { data: { type: "drill", area: view.areas.names.codes[area], seq: Date.now() } });
    });
    const observer = new ResizeObserver(function () {
      map.invalidateSize({ animate: false, pan: false });
      if (side === "left" && fitted && !fitted.moved) fit();
    });
    observer.observe(map.getContainer());
    if (side === "left") cityvitals.camera.follow(map, () => home);
    map.on("dragstart zoomstart", () => { if (fitted && !moving) fitted.moved = true; });
    map.on("unload", function () {
      observer.disconnect();
      views[side] = null;
      fitted = home = null;
    });
    if (answer) paint(answer);
  }

  function hover(view, event) {
    if (!view.layer || event.originalEvent.buttons) return;
    hoverArea(view.layer.areaAt(event.latlng), view, event.containerPoint);
  }

  // The same area is marked on both maps; each says its own number beside it.
  function hoverArea(area, from, point) {
    const code = area >= 0 && from.areas ? from.areas.names.codes[area] : null;
    SIDES.forEach(function (side) {
      const view = views[side];
      if (!view || !view.shown) return;
      const mine = code === null ? -1 : view.areas.names.codes.indexOf(code);
      view.mark(view.areas, mine);
      view.card.hidden = mine < 0;
      if (mine < 0) return;
      cityvitals.areaText.card(view.card, cityvitals.areaText.lines(view.shown, mine));
      placeCard(view, point);
    });
  }

  // In a swipe the two cards stand left and right of the pointer, side by side each lies in its own map.
  function placeCard(view, point) {
    const swiping = answer && answer.mode === "swipe", size = view.map.getSize(), card = view.card;
    const leftwards = swiping ? view.side === "left" : point.x + 16 + card.offsetWidth > size.x;
    const x = leftwards ? point.x - 16 - card.offsetWidth : point.x + 16;
    const y = Math.min(Math.max(point.y - card.offsetHeight / 2, 4), size.y - card.offsetHeight - 4);
    card.style.transform = "translate(" + Math.round(Math.max(x, 4)) + "px," + Math.round(y) + "px)";
  }

  function borders(colours) {
    return {
      inner: { colour: colours.border, width: 1 },
      group: { colour: colours.group, width: 1.5 },
      outer: { colour: colours.outline, width: 2 },
    };
  }

  function groupsOf(areas) {
    const numbers = new Map();
    return (areas.names.parents || []).map((parent) => numbers.get(parent) ?? numbers.set(parent, numbers.size).get(parent));
  }

  function boundsOf(map, areas) {
    const box = cityvitals.areaPlaces.box(areas) || [0, 0, 0, 0];
    const corner = (x, y) => map.options.crs.projection.unproject(L.point(x, y));
    return L.latLngBounds(corner(box[0], box[1]), corner(box[2], box[3]));
  }

  function lay(slot, map, url, areas, colours, lines, pane) {
    if (slot.url === url && slot.layer) return slot.layer.recolour(colours, lines);
    const old = slot.layer;
    slot.url = url;
    slot.layer = cityvitals.areaLayer(areas, groupsOf(areas), colours, lines, { pane: pane, bounds: boundsOf(map, areas).pad(0.02) });
    slot.layer.addTo(map);
    if (old) map.removeLayer(old);
    return undefined;
  }

  function show(view, payload, areas, around) {
    const shown = cityvitals.areaShown(payload, areas), map = view.map;
    if (around) {
      const quiet = payload.colours.quiet, line = { colour: payload.colours.quiet_border, width: 1 };
      const colours = cityvitals.areaColours.around(around.names.codes, payload.area, quiet);
      lay(view.context, map, payload.geometry.context_url, around, colours, { inner: line, group: line, outer: line }, "context");
      view.context.areas = around;
    } else if (view.context.layer) {
      map.removeLayer(view.context.layer);
      view.context = { url: null, layer: null, areas: null };
    }
    view.shown = shown;
    view.areas = areas;
    lay(view, map, payload.geometry.url, areas, shown.colours, borders(payload.colours), "areas");
    view.names(areas, shown.names, payload.language === "en");
    map.getContainer().setAttribute("aria-label", payload.words.label);
  }

  function clear(view) {
    [view, view.context].forEach(function (slot) {
      if (slot.layer) view.map.removeLayer(slot.layer);
      slot.url = slot.layer = null;
    });
    view.shown = view.areas = null;
    view.names(null, [], false);
    view.mark(null, -1);
  }

  function fit() {
    const view = views.left, title = document.getElementById("scene-left-title");
    if (!view || !view.areas) return;
    home = null;
    view.map.fitBounds(boundsOf(view.map, view.areas), { paddingTopLeft: [PAD_PX, (title ? title.offsetHeight : 0) + PAD_PX], paddingBottomRight: [PAD_PX, PAD_PX], animate: false });
    fitted = { url: view.url, moved: false };
    home = { centre: view.map.getCenter(), zoom: view.map.getZoom() };
  }

  // The whole of another area, or the place in it that the link names.
  function place() {
    fit();
    const { payload } = views.left.shown;
    if (cityvitals.camera.restore(views.left.map, [payload.area, payload.selected])) fitted.moved = true;
  }

  // The object that the link names: marked, and shown from near when it is new.
  function point(object) {
    const map = views.left.map, placed = object && object.lon !== null;
    SIDES.forEach(function (side) {
      const view = views[side];
      if (!view) return;
      if (view.pin) view.map.removeLayer(view.pin);
      view.pin = placed ? L.circleMarker([object.lat, object.lon], { radius: 9, pane: "outline", className: "compare-pin", interactive: false }).addTo(view.map) : null;
    });
    if (placed && pointed !== object.object_id) {
      fitted.moved = true;
      map.setView([object.lat, object.lon], OBJECT_ZOOM, { animate: false });
      if (answer.mode === "swipe") map.panBy([map.getSize().x / 4, 0], { animate: false }); // beside the divider
    }
    pointed = placed ? object.object_id : null;
  }

  function stage() { return document.getElementById("compare-stage"); }

  // Where the divider stands, in percent; the upper map is open to its right.
  function divide(percent) {
    if (stage()) stage().style.setProperty("--divider-share", percent / 100);
  }

  // A native slider: keyboard, touch and screen readers know it already.
  function divider() {
    const place = document.getElementById("compare-divider");
    if (!place || place.firstChild) return place && place.firstChild;
    const range = document.createElement("input");
    Object.assign(range, { type: "range", min: 0, max: 100, step: 1 });
    range.setAttribute("aria-label", place.dataset.label);
    range.addEventListener("input", () => divide(range.value));
    range.addEventListener("change", () => keep(Number(range.value)));
    place.append(range);
    return range;
  }

  // The place of the divider goes into the link, like every other choice.
  function keep(percent) {
    if (!answer) return;
    const words = (answer.show || "").split(".").filter((word) => word && !word.startsWith("at-"));
    dash.set_props("pick", { data: { show: words.concat("at-" + percent).sort().join("."), seq: Date.now() } });
  }

  function arrange(next) {
    const place = stage(), range = divider();
    if (!place) return;
    place.dataset.mode = next.mode;
    place.dataset.alone = next.right ? "no" : "yes";
    if (range) range.value = next.divider;
    divide(next.divider);
  }

  function paint(next) {
    answer = next;
    if (!next) return Promise.resolve(false);
    const mine = ++turn;
    arrange(next);
    return Promise.all(SIDES.map(function (side) {
      const view = views[side], payload = next[side];
      if (!view) return null;
      if (!payload) return clear(view);
      return Promise.all([load(payload.geometry.url), load(payload.geometry.context_url)]).then(function (found) {
        if (mine === turn && views[side] === view) show(view, payload, found[0], found[1]);
      });
    })).then(function () {
      if (mine !== turn || !views.left || !views.left.areas) return false;
      SIDES.forEach((side) => views[side] && views[side].map.invalidateSize({ animate: false, pan: false }));
      if (!fitted || fitted.url !== views.left.url) place();
      if (views.right) cityvitals.compareLayers.show(views.right.map, next.layers);
      point(next.object);
      if (cityvitals.solid) cityvitals.solid.show(next, views.left);
      return true;
    });
  }

  function hold() {
    L.Map.addInitHook(function () {
      const box = this.getContainer();
      if (box.classList.contains("compare-map")) attach(this, box.id === "compare-left" ? "left" : "right");
    });
  }
  if (globalThis.L) hold();
  else if (globalThis.document) document.addEventListener("DOMContentLoaded", hold);

  cityvitals.compare = { views: () => views, answer: () => answer };
  dash.compare = { paint: (next) => void paint(next) };
})();
