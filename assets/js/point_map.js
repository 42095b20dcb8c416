// Point layers on any map with the class `area-map`: 210,000 points in one layer, ten such layers at once.
//
//   cityvitals.points.show(map, layers)    exactly these layers on the map with this id, from the bottom up; what was
//                                          there under the same key keeps its points. Returns a promise of `about`.
//   cityvitals.points.add(url, options)    one more on top; remove(map, key) takes it away.
//   cityvitals.points.filter(map, key, hidden)   hides the categories named (an array of words), without a request.
//   cityvitals.points.style(map, key, options)   other opacity, colour, shape or order of an added layer.
//
// A layer is {url, key, …}: url as callbacks/points.py gives it (`kept_points(server, store).bundle(layer, viewer).path`
// below the app's root), and optionally map (id, for `add`), title, opacity (0–1), hidden (words of categories),
// colour (#rrggbb) and shape for a layer of one category, labels ({column: word on the card}), words ({here: "{n} …"},
// said where several points lie under the pointer), quiet (true: no hover, no click).
// `about` is per layer {key, total, categories: [{name, count, colour, shape}]}, or {key, error} where it did not come.
// A map may be asked before it exists; when its page is left and laid out again, it shows the same layers.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const CLASS = "area-map", PANE = "facilities", ORDER = 455;
  const REACH_PX = 10, SAME_PX = 5, SEVERAL = 4, PAUSE_MS = 120, PATIENCE_MS = 250, RADIUS_EM = 0.34, MOST_FILES = 40;
  const files = new Map(); // decoded files by address
  const wanted = {}; // layers by map id, from the bottom up
  const views = {}; // the map that stands now, by its id

  function load(url) {
    if (!files.has(url)) {
      const answer = fetch(url).then((response) => {
        if (!response.ok) throw new Error(`points: ${response.status}`);
        return response.arrayBuffer();
      }).then(cityvitals.decodePoints);
      answer.catch(() => files.delete(url));
      files.set(url, answer);
      if (files.size > MOST_FILES) files.delete(files.keys().next().value);
    }
    return files.get(url);
  }

  function dress(source) {
    const light = cityvitals.pointSymbols.theme() === "light", names = source.file.names;
    const style = getComputedStyle(document.documentElement), ratio = Math.min(globalThis.devicePixelRatio || 1, 2);
    const letter = Math.max(parseFloat(style.getPropertyValue("--small")) || 0.8125, 0.8125) * parseFloat(style.fontSize);
    source.symbols = cityvitals.pointSymbols.symbols(names.categories.length, source.options, light);
    source.sprites = source.symbols.map((one) => cityvitals.pointSymbols.sprite(one, RADIUS_EM * letter * ratio, light ? "#ffffff" : "#0b1220"));
    const hidden = new Set(source.options.hidden || []);
    source.shown = names.categories.map((name) => !hidden.has(name));
    source.opacity = source.options.opacity === undefined ? 1 : source.options.opacity;
    source.peak = cityvitals.pointBins.peak(source.file, source.shown);
  }

  function about(source) {
    if (source.error) return { key: source.key, error: source.error };
    const { categories, counts, total } = source.file.names;
    return { key: source.key, total, categories: categories.map((name, n) => ({ name, count: counts[n], ...source.symbols[n] })) };
  }

  function take(source, url, id) {
    return load(url).then((file) => {
      source.file = file;
      delete source.error;
      dress(source);
    }, (error) => (source.error = String(error.message))).then(() => {
      refreshSoon(id);
      return about(source);
    });
  }

  function refresh(id) {
    const view = views[id];
    if (!view || !wanted[id]) return;
    if (!view.layer && wanted[id].length) view.layer = cityvitals.pointLayer(() => wanted[id] || [], { pane: PANE }).addTo(view.map);
    else if (view.layer) view.layer.repaint();
    resolve(id);
  }

  // Layers that arrive together are drawn together; one that is late does not hold up the others for long.
  function refreshSoon(id) {
    const view = views[id];
    if (!view) return;
    clearTimeout(view.soon);
    const waiting = wanted[id].some((source) => !source.file && !source.error);
    if (!waiting || performance.now() - (view.since || (view.since = performance.now())) > PATIENCE_MS) {
      view.since = 0;
      refresh(id);
    } else view.soon = setTimeout(() => refresh(id), PATIENCE_MS);
  }

  // Overviews whose cells have grown large ask for their points.
  function resolve(id) {
    const view = views[id];
    if (!view || view.map.getZoom() === undefined || !view.map._loaded) return;
    const pixel = cityvitals.pointLayer.metresPerPixel(view.map.getZoom());
    for (const source of wanted[id] || []) {
      if (!source.file || source.file.kind !== "overview" || source.asked) continue;
      if (source.file.step / pixel < cityvitals.pointLayer.OVERVIEW_PX) continue;
      source.asked = true;
      take(source, new URL(source.file.names.points, new URL(source.url, location.href)).href, id);
    }
  }

  function show(id, layers) {
    const before = new Map((wanted[id] || []).map((source) => [source.key, source]));
    wanted[id] = layers.map((options) => {
      const known = before.get(options.key), same = known && known.url === options.url;
      const source = same ? Object.assign(known, { options }) : { key: options.key, url: options.url, options };
      if (source.file) dress(source);
      return source;
    });
    const answers = wanted[id].map((source) => (source.file ? Promise.resolve(about(source)) : take(source, source.url, id)));
    refresh(id);
    return Promise.all(answers);
  }

  function options(id) {
    return (wanted[id] || []).map((source) => source.options);
  }

  function change(id, key, changes) {
    return show(id, options(id).map((one) => (one.key === key ? { ...one, ...changes } : one)));
  }

  // What lies under a place of the map: {source, number, several} of the topmost layer that has something there.
  function under(id, latlng) {
    const view = views[id], { nearest, eachPoint } = cityvitals.pointBins;
    const { x, y } = view.map.options.crs.projection.project(latlng), pixel = cityvitals.pointLayer.metresPerPixel(view.map.getZoom());
    for (const source of (wanted[id] || []).slice().reverse()) {
      if (!source.file || source.file.kind !== "points" || source.options.quiet || !source.opacity) continue;
      const number = nearest(source.file, source.shown, x, y, REACH_PX * pixel);
      if (number < 0) continue;
      let several = 0;
      const around = { scale: 1, left: x, top: -y, width: 0, height: 0 };
      eachPoint(source.file, around, source.shown, SAME_PX * pixel, () => several++);
      return { source, number, several: several >= SEVERAL ? several : 1 };
    }
    return null;
  }

  function spot(view, { source, number }) {
    const [x, y] = cityvitals.pointBins.metres(source.file, number);
    return view.map.latLngToContainerPoint(view.map.options.crs.projection.unproject(L.point(x, y)));
  }

  function say(view, found) {
    const { x, y } = spot(view, found), { source, number, several } = found, { labels, title = "", words } = source.options;
    const kind = source.file.names.categories[source.file.category[number]], head = kind || title;
    if (several > 1) return view.card.show(x, y, title, [["", ((words && words.here) || "{n}").replace("{n}", several)]]);
    const address = `${source.url.replace(/\.(overview\.)?bin$/, "")}/${number}.json`;
    return cityvitals.pointCard.attributes(address).then((known) => {
      if (view.found && view.found.source === source && view.found.number === number) {
        view.card.show(x, y, [title, kind].filter(Boolean).join(" · ") || head, cityvitals.pointCard.rows(known, labels));
      }
    }, () => view.card.hide());
  }

  function point(view, found) {
    const same = found && view.found && found.source === view.found.source && found.number === view.found.number;
    view.found = found;
    if (same) return;
    clearTimeout(view.saying);
    view.map.getContainer().classList.toggle("on-point", Boolean(found));
    if (!found) return view.card.hide();
    view.saying = setTimeout(() => say(view, found), PAUSE_MS);
  }

  function leave(view) {
    point(view, null);
  }

  // A point takes the click before what lies below it; several in one place come nearer until they fall apart.
  function clicked(id, event) {
    const view = views[id];
    if (!view || (event.target.closest && event.target.closest(".card, .map-legend, .map-switches"))) return;
    const latlng = view.map.mouseEventToLatLng(event), found = under(id, latlng);
    if (!found) return;
    event.stopPropagation();
    view.found = found;
    if (found.several > 1) view.map.flyTo(latlng, Math.min(view.map.getZoom() + 1.5, view.map.getMaxZoom()), { duration: 0.4 });
    else say(view, found);
  }

  function attach(map) {
    const container = map.getContainer(), id = container.id;
    map.createPane(PANE).style.zIndex = ORDER;
    map.getPane(PANE).style.pointerEvents = "none";
    const view = (views[id] = { map, layer: null, card: cityvitals.pointCard.make(map), found: null });
    map.on("moveend zoomend", () => resolve(id));
    map.on("zoomstart mouseout", () => leave(view));
    map.on("mousemove", (event) => !event.originalEvent.buttons && point(view, under(id, event.latlng)));
    container.addEventListener("click", (event) => clicked(id, event), true);
    map.on("unload", () => views[id] === view && delete views[id]);
    if (wanted[id]) refresh(id);
  }

  function hold() {
    L.Map.addInitHook(function () {
      if (this.getContainer().classList.contains(CLASS)) attach(this);
    });
    new MutationObserver(() => Object.keys(views).forEach((id) => {
      (wanted[id] || []).forEach((source) => source.file && dress(source));
      refresh(id);
    })).observe(document.documentElement, { attributes: true, attributeFilter: ["data-mantine-color-scheme"] });
  }
  if (globalThis.L) hold();
  else if (globalThis.document) document.addEventListener("DOMContentLoaded", hold);

  cityvitals.points = {
    show, under,
    add: (url, one) => show(one.map, [...options(one.map).filter(({ key }) => key !== one.key), { ...one, url }]),
    remove: (id, key) => show(id, options(id).filter((one) => one.key !== key)),
    filter: (id, key, hidden) => change(id, key, { hidden }),
    style: change,
    layers: (id) => wanted[id] || [],
    view: (id) => views[id],
  };
})();
