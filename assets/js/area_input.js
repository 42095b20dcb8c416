// Mouse, touch and keyboard on the map, and the hover card. Says `map-event` and `map-hover`, hears `map-hover`.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const CARD_GAP_PX = 16;
  const HOVER_PAUSE_MS = 60;
  const ASK_PAUSE_MS = 120;
  let sequence = 0;

  function say(id, data) {
    if (globalThis.dash_clientside && dash_clientside.set_props) dash_clientside.set_props(id, { data });
  }

  function event(type, area) {
    if (type !== "climb" && cityvitals.recall && cityvitals.recall.pick({ area })) return;
    say("map-event", { type, area, seq: ++sequence });
  }

  function code(view, area) {
    return area >= 0 ? view.areas.names.codes[area] : null;
  }

  // The card beside a point of the map, on the side where there is room.
  function place(view, x, y) {
    const { card, map } = view, size = map.getSize();
    const left = x + CARD_GAP_PX + card.offsetWidth > size.x ? x - CARD_GAP_PX - card.offsetWidth : x + CARD_GAP_PX;
    const top = Math.min(Math.max(y - card.offsetHeight / 2, 4), size.y - card.offsetHeight - 4);
    card.style.transform = `translate(${Math.round(Math.max(left, 4))}px, ${Math.round(top)}px)`;
  }

  function labelPoint(view, area) {
    const { labels } = view.areas;
    const spot = cityvitals.areaPlaces.metres(view.areas, labels[2 * area], labels[2 * area + 1]);
    return view.map.latLngToContainerPoint(view.map.options.crs.projection.unproject(L.point(spot)));
  }

  function hover(view, area, point, quietly) {
    const changed = view.over !== area;
    view.over = area;
    view.card.hidden = area < 0;
    if (area >= 0 && changed) cityvitals.areaText.card(view.card, cityvitals.areaText.lines(view.shown, area));
    if (area >= 0) place(view, point.x, point.y);
    if (!changed) return;
    ask(view, area);
    view.hovered(view.areas, area);
    clearTimeout(view.saying);
    if (!quietly) view.saying = setTimeout(() => say("map-hover", { area: code(view, area), from: "map" }), HOVER_PAUSE_MS);
  }

  // Of very many areas only the values came along: the details of the one under the pointer are asked for, once.
  function ask(view, area) {
    clearTimeout(view.asking);
    const { payload, told } = view.shown;
    if (area < 0 || payload.origin || payload.change || !payload.period || told.has(area)) return;
    const wanted = { area: code(view, area), indicator: payload.indicator, period: payload.period };
    view.asking = setTimeout(() => say("map-area-wanted", wanted), ASK_PAUSE_MS);
  }

  // The answer, unless the map has moved on since.
  function learn(answer) {
    const view = cityvitals.map.view();
    if (!answer || !view || !view.shown) return;
    const { payload, told } = view.shown, area = view.areas.names.codes.indexOf(answer.area);
    if (area < 0 || answer.indicator !== payload.indicator || answer.period !== payload.period) return;
    told.set(area, answer);
    if (view.over === area) refresh(view);
  }

  function leave(view) {
    hover(view, -1, null);
  }

  // After a new answer the card and the outline say what is true now.
  function refresh(view) {
    const area = view.over;
    if (area === undefined || area < 0) return;
    cityvitals.areaText.card(view.card, cityvitals.areaText.lines(view.shown, area));
    ask(view, area);
  }

  function drill(view, area) {
    event(view.shown.payload.drills ? "drill" : "select", code(view, area));
  }

  // A click on a neighbour of the shown parent goes sideways.
  function aside(view, latlng) {
    const area = view.context.layer ? view.context.layer.areaAt(latlng) : -1;
    const found = area >= 0 ? view.context.areas.names.codes[area] : null;
    return found === view.shown.payload.area ? null : found;
  }

  function clicked(view, { latlng, containerPoint, originalEvent }) {
    if (!view.shown) return;
    const area = view.layer.areaAt(latlng);
    const touch = originalEvent.pointerType === "touch";
    if (area < 0) {
      const sideways = aside(view, latlng);
      return sideways ? event("drill", sideways) : leave(view);
    }
    if (touch && view.tapped !== area) {
      view.tapped = area;
      return hover(view, area, containerPoint);
    }
    return drill(view, area);
  }

  function pressed(view, key) {
    if (!view.shown) return false;
    if (key === "Escape") return event("climb", null), true;
    if (key === "Enter" && view.over >= 0) return drill(view, view.over), true;
    if (key === "+" || key === "=") return view.map.zoomIn(0.5), true;
    if (key === "-") return view.map.zoomOut(0.5), true;
    if (key === "0") return cityvitals.map.fit(), true;
    if (!key.startsWith("Arrow")) return false;
    const next = view.over >= 0 ? cityvitals.areaPlaces.neighbour(view.areas, view.over, key) : 0;
    if (next >= 0) {
      hover(view, next, labelPoint(view, next));
      view.map.panInside(view.map.containerPointToLatLng(labelPoint(view, next)), { padding: [60, 60] });
    }
    return true;
  }

  function listen(view) {
    const { map } = view, container = map.getContainer();
    view.card = L.DomUtil.create("div", "area-card", container);
    view.card.hidden = true;
    view.card.setAttribute("role", "status");
    view.over = -1;
    container.tabIndex = 0;
    map.on("mousemove", (e) => view.shown && !e.originalEvent.buttons && hover(view, view.layer.areaAt(e.latlng), e.containerPoint));
    map.on("mouseout", () => leave(view));
    map.on("zoomstart", () => leave(view));
    map.on("click", (e) => clicked(view, e));
    map.on("dblclick", (e) => view.shown && view.layer.areaAt(e.latlng) < 0 && event("climb", null));
    container.addEventListener("keydown", (e) => {
      if (pressed(view, e.key)) e.preventDefault();
    });
    // Where nothing has the focus, Esc belongs to the map.
    const escape = (e) => e.key === "Escape" && e.target === document.body && pressed(view, e.key);
    document.addEventListener("keydown", escape);
    map.on("unload", () => document.removeEventListener("keydown", escape));
  }

  // Another panel points at an area: outlined and explained here, without saying it back.
  function pointAt(data) {
    const view = cityvitals.map.view();
    if (!view || !view.shown || !data || data.from === "map") return;
    const area = view.areas.names.codes.indexOf(data.area);
    hover(view, area, area >= 0 ? labelPoint(view, area) : null, true);
  }

  cityvitals.areaInput = { listen, leave, refresh, learn, pointAt };
})();
