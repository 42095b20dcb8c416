// The 3D view: MapLibre GL, fetched at set-up and loaded when it is first wanted. Without it, or without WebGL, the map
// stays flat and says why.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const PITCH = 55, BEARING = -18, ZOOM_GAP = 1; // MapLibre counts tiles of 512 pixels, Leaflet of 256
  const AREA_SHARE = 0.12; // the highest area, as a share of the width of all
  let library = null, map = null, wanted = null, buildings = null, camera = null, turn = 0;

  function stage() { return document.getElementById("compare-stage"); }

  function say(lines) {
    const place = document.getElementById("solid-said");
    if (!place) return;
    place.replaceChildren(...lines.map(function (line) {
      const row = document.createElement("span");
      row.textContent = line;
      return row;
    }));
  }

  function hasWebGl() {
    const canvas = document.createElement("canvas");
    return Boolean(canvas.getContext("webgl2"));
  }

  // The map stays flat: the reason stands on it.
  function flat(sentence) {
    stage().dataset.solid = "off";
    say([sentence]);
  }

  function load(addresses) {
    library = library || import(addresses.module).then(function (found) {
      const sheet = document.createElement("link");
      sheet.rel = "stylesheet";
      sheet.href = addresses.style;
      document.head.append(sheet);
      found.setWorkerUrl(addresses.worker);
      return found;
    });
    library.catch(() => (library = null));
    return library;
  }

  function start(found, view, words) {
    const centre = view.map.getCenter(), ground = getComputedStyle(document.documentElement).getPropertyValue("--panel").trim();
    const made = new found.Map({
      container: "solid-map", attributionControl: false, maxPitch: 75, pitch: PITCH, bearing: BEARING,
      center: [centre.lng, centre.lat], zoom: view.map.getZoom() - ZOOM_GAP, locale: words.controls,
      style: { version: 8, sources: {}, layers: [{ id: "ground", type: "background", paint: { "background-color": ground } }] },
      canvasContextAttributes: { antialias: true },
    });
    made.addControl(new found.NavigationControl({ visualizePitch: true }), "bottom-right");
    return new Promise((done) => made.once("load", () => done(made)));
  }

  // Colours of a fill that stands up; its light stays with the viewer, so that a colour means the same on every side.
  const STANDING = {
    "fill-extrusion-color": ["get", "colour"], "fill-extrusion-height": ["get", "height"],
    "fill-extrusion-opacity": 1, "fill-extrusion-vertical-gradient": false,
  };

  // From afar a house is smaller than a pixel: then it is a dot.
  const NEAR = 13;
  const DOTS = { "circle-color": ["get", "colour"], "circle-radius": ["interpolate", ["linear"], ["zoom"], 8, 1, 13, 2.4], "circle-pitch-alignment": "map" };

  function put(id, data, layers) {
    const source = map.getSource(id);
    if (source) return source.setData(data);
    map.addSource(id, { type: "geojson", data: data, tolerance: 0.2 });
    return layers.forEach((layer) => map.addLayer(Object.assign({ source: id }, layer)));
  }

  function visible(id, on) {
    if (map.getLayer(id)) map.setLayoutProperty(id, "visibility", on ? "visible" : "none");
  }

  function paint(answer, view) {
    const standing = answer.solid.raised === "areas", colours = answer.left.colours;
    const box = cityvitals.areaPlaces.box(view.areas) || [0, 0, 1, 1];
    const areas = cityvitals.solidAreas.collection(view.areas, view.shown, standing ? (box[2] - box[0]) * AREA_SHARE : 0);
    map.setPaintProperty("ground", "background-color", getComputedStyle(document.documentElement).getPropertyValue("--panel").trim());
    map.setLight({ anchor: "viewport", intensity: 0.35, position: [1.2, 200, 35] });
    put("areas", areas, [
      { id: "areas-flat", type: "fill", paint: { "fill-color": ["get", "colour"], "fill-opacity": 0.35 } },
      { id: "areas-line", type: "line", paint: { "line-color": colours.outline, "line-width": 1 } },
      { id: "areas-standing", type: "fill-extrusion", paint: STANDING },
    ]);
    visible("areas-flat", !standing);
    visible("areas-standing", standing);
    ["buildings", "buildings-far"].forEach((id) => visible(id, Boolean(buildings) && !standing));
    const quiet = answer.solid.tinted === "by_problems" && !standing;
    map.setPaintProperty("areas-flat", "fill-color", quiet ? colours.quiet_border : ["get", "colour"]);
    say(standing ? [answer.solid.words.areas] : buildings ? cityvitals.solidBuildings.said(buildings.found, answer.solid.words) : [answer.solid.words.no_buildings]);
    stage().dataset.solid = "on";
    const mine = turn;
    if (buildings && !standing) map.once("idle", () => raise(answer, view, mine));
  }

  // The buildings come when the areas stand: tens of thousands of blocks take the worker a while.
  function raise(answer, view, mine) {
    if (!map || mine !== turn || !buildings || !view.shown) return;
    const tint = { by: answer.solid.tinted, problems: answer.solid.problems };
    const blocks = cityvitals.solidBuildings.collection(buildings.found, view.areas, view.shown, tint);
    put("buildings-far", cityvitals.solidBuildings.dots(buildings.found, blocks),
      [{ id: "buildings-far", type: "circle", maxzoom: NEAR, layout: { "circle-sort-key": ["get", "gravity"] }, paint: DOTS }]);
    put("buildings", blocks, [{ id: "buildings", type: "fill-extrusion", minzoom: NEAR - 1, paint: STANDING }]);
  }

  function fetchBuildings(answer) {
    const solid = answer.solid;
    if (solid.raised === "areas" || (buildings && buildings.key === solid.key)) return Promise.resolve();
    buildings = null;
    return fetch(solid.buildings).then((response) => (response.ok ? response.json() : null)).then(function (found) {
      if (found && found.shown) buildings = { key: solid.key, found: found };
    });
  }

  // The camera goes where the flat map is, whenever another place is shown or the 3D view is entered.
  function follow(view, entering) {
    if (!entering && camera === view.url) return;
    const centre = view.map.getCenter();
    map.jumpTo({ center: [centre.lng, centre.lat], zoom: view.map.getZoom() - ZOOM_GAP });
    camera = view.url;
  }

  function leave(view) {
    if (wanted && map && view) {
      const centre = map.getCenter();
      view.map.setView([centre.lat, centre.lng], map.getZoom() + ZOOM_GAP, { animate: false });
    }
    wanted = null;
    if (stage()) stage().dataset.solid = "off";
    say([]);
  }

  function show(answer, view) {
    if (map && !map.getContainer().isConnected) {
      map.remove();
      map = null;
    }
    if (answer.mode !== "solid") return leave(view);
    const entering = !wanted, mine = ++turn;
    wanted = answer;
    if (!answer.solid.packages) return flat(answer.solid.words.no_package);
    if (!hasWebGl()) return flat(answer.solid.words.no_webgl);
    return load(answer.solid.packages)
      .then((found) => map || start(found, view, answer.solid.words).then(function (made) {
        map = made;
        listen();
        return made;
      }))
      .then(() => fetchBuildings(answer))
      .then(function () {
        if (mine !== turn || !wanted || !view.shown) return;
        map.resize();
        follow(view, entering);
        paint(answer, view);
      }).catch(function (fault) {
        if (mine === turn) flat(answer.solid.words.no_package);
        globalThis.console.warn(fault);
      });
  }

  function listen() {
    const observer = new ResizeObserver(() => map && map.resize());
    observer.observe(map.getContainer());
    map.on("remove", () => observer.disconnect());
    map.on("click", "buildings", function (event) {
      const place = event.features[0] && event.features[0].id, id = buildings && buildings.found.id[place];
      if (id) globalThis.dash_clientside.set_props("pick", { data: { cim_object: id, seq: Date.now() } });
    });
    map.on("mousemove", "buildings", () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", "buildings", () => (map.getCanvas().style.cursor = ""));
  }

  // The view as a picture: read right after it was drawn, while the browser still has it.
  function frame(style) {
    return new Promise(function (done) {
      map.once("render", function () {
        const seen = document.createElement("canvas"), own = map.getCanvas();
        seen.width = own.width;
        seen.height = own.height;
        seen.getContext("2d").drawImage(own, 0, 0);
        const size = { width: own.clientWidth, height: own.clientHeight };
        done([Object.assign(size, {
          draw: function (context, width, height, scale) {
            context.drawImage(seen, 0, 0, width, height);
            cityvitals.pictureSheet.decorate(context, width, height, scale, style,
              [{ element: document.getElementById("scene-left-legend") }], [{ text: document.getElementById("scene-left-title").textContent }]);
          },
        })]);
      });
      map.triggerRepaint();
    });
  }

  cityvitals.solid = {
    show: show, frame: frame, isOn: () => Boolean(map && wanted && stage() && stage().dataset.solid === "on"), map: () => map,
  };
})();
