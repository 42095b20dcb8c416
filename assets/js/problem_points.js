// Problems and projects as points over the city map: crowds as circles with a number, single ones by the state of their deadline.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const CELL = 3.4; // sizes in letters of the page, so that a wall gets larger points
  const HIT = 0.8;
  const LEGIBLE = 0.85; // of a ring's radius: so near its middle nothing may cover the number
  const FREE = 0.9; // how far apart two crowds are, of where they touch: their numbers stay legible
  const ASIDE = 2; // so many radii at most a crowd steps aside: it still stands for its place
  const KINDS = ["overdue", "due_soon", "running", "no_deadline", "done"];
  const COLOURS = {
    dark: ["#ff7a66", "#f2c037", "#8fd0ff", "#b8c5d8", "#6f8099"],
    light: ["#c2321c", "#8a6100", "#0f5fae", "#52627a", "#8a97ab"],
  };
  const SUBJECTS = { "problems-map": "problem", "projects-map": "project" };
  const latest = {}; // the last points of each map, kept for a map that is made after them
  let layer = null;

  function floats(text) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return new Float32Array(bytes.buffer);
  }

  // Points that fall into one cell of the screen are one crowd. places: [[x, y], …]; returns [{x, y, members}, …].
  function crowds(places, cell) {
    const cells = new Map();
    places.forEach(([x, y], number) => {
      const key = Math.floor(x / cell) + ":" + Math.floor(y / cell);
      const found = cells.get(key);
      if (found) found.push(number);
      else cells.set(key, [number]);
    });
    return Array.from(cells.values(), (members) => ({
      x: members.reduce((sum, number) => sum + places[number][0], 0) / members.length,
      y: members.reduce((sum, number) => sum + places[number][1], 0) / members.length,
      members,
    }));
  }

  function letter() {
    const style = getComputedStyle(document.documentElement);
    const small = parseFloat(style.getPropertyValue("--small")) || 0.8125;
    return Math.max(small, 0.8125) * parseFloat(style.fontSize);
  }

  function radius(count) {
    return (0.62 + 0.2 * Math.log10(count) + (count >= 100 ? 0.15 : 0)) * letter();
  }

  // A shape per kind, so that the state reads without colour.
  function symbol(context, kind, x, y, size) {
    context.beginPath();
    if (kind === 0) [[-1, -0.8], [1, -0.8], [0, 1]].forEach(([a, b]) => context.lineTo(x + a * size, y + b * size));
    else if (kind === 1) [[-1, 0.8], [1, 0.8], [0, -1]].forEach(([a, b]) => context.lineTo(x + a * size, y + b * size));
    else context.arc(x, y, kind === 4 ? size * 0.55 : size * 0.8, 0, 2 * Math.PI);
    context.closePath();
  }

  function drawSingle(context, data, number, x, y, colours, ground) {
    const kind = data.kind[number];
    symbol(context, kind, x, y, 0.42 * letter());
    context.globalAlpha = data.isRough.has(number) ? 0.6 : 1;
    context.fillStyle = kind === 3 ? ground : colours[kind];
    context.fill();
    context.lineWidth = kind === 3 ? 1.75 : 1.25;
    context.strokeStyle = kind === 3 ? colours[3] : ground;
    context.stroke();
    context.globalAlpha = 1;
    if (data.code[number] !== data.chosen) return;
    context.beginPath();
    context.arc(x, y, 0.85 * letter(), 0, 2 * Math.PI);
    context.lineWidth = 2.5;
    context.strokeStyle = data.theme === "light" ? "#b45f06" : "#ffb454";
    context.stroke();
  }

  // The overdue share of a crowd is the red part of its ring.
  function drawCrowd(context, data, crowd, colours, ground, text) {
    const size = radius(crowd.members.length), late = crowd.members.filter((number) => data.kind[number] === 0).length;
    context.beginPath();
    context.arc(crowd.x, crowd.y, size, 0, 2 * Math.PI);
    context.fillStyle = ground;
    context.globalAlpha = 0.88;
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = 2.5;
    context.strokeStyle = colours[2];
    context.stroke();
    if (late) {
      context.beginPath();
      context.arc(crowd.x, crowd.y, size, -Math.PI / 2, -Math.PI / 2 + (2 * Math.PI * late) / crowd.members.length);
      context.strokeStyle = colours[0];
      context.lineWidth = 4;
      context.stroke();
    }
    context.fillStyle = text;
    context.font = `600 ${Math.round(letter() * 0.9)}px system-ui, sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(String(crowd.members.length), crowd.x, crowd.y + 0.5);
  }

  function roomOf(crowd) {
    return crowd.members.length > 1 ? radius(crowd.members.length) + 2 : 0;
  }

  // Crowds whose rings would cover one another's number are one.
  function merged(found, sizeOf = roomOf) {
    const left = found.slice().sort((a, b) => b.members.length - a.members.length), kept = [];
    while (left.length) {
      let crowd = left.shift();
      for (let place = 0; place < left.length;) {
        const other = left[place], touch = sizeOf(other) && sizeOf(crowd) + sizeOf(other);
        if (Math.hypot(other.x - crowd.x, other.y - crowd.y) >= FREE * touch) place += 1;
        else {
          crowd = together(crowd, other);
          left.splice(place, 1);
          place = 0;
        }
      }
      kept.push(crowd);
    }
    return kept;
  }

  function together(a, b) {
    const all = a.members.length + b.members.length, mean = (one, two) => (one * a.members.length + two * b.members.length) / all;
    return { x: mean(a.x, b.x), y: mean(a.y, b.y), members: [...a.members, ...b.members] };
  }

  // Crowds step aside where they would cover the name of an area and there is room beside it.
  // boxes: [left, top, right, bottom] in pixels.
  function besideNames(found, boxes, sizeOf = roomOf) {
    const placed = found.map((crowd) => ({ ...crowd }));
    for (const crowd of placed) {
      const size = sizeOf(crowd);
      const box = size && boxes.find(([left, top, right, bottom]) =>
        crowd.x + size > left && crowd.x - size < right && crowd.y + size > top && crowd.y - size < bottom);
      if (!box) continue;
      const room = ([x, y]) => Math.min(1, ...placed.filter((other) => other !== crowd).map((other) =>
        Math.hypot(other.x - x, other.y - y) / (size + sizeOf(other))));
      const far = ([x, y]) => Math.hypot(x - crowd.x, y - crowd.y);
      const steps = [
        [crowd.x, box[1] - size], [crowd.x, box[3] + size], [box[0] - size, crowd.y], [box[2] + size, crowd.y],
      ].filter((step) => far(step) <= ASIDE * size).sort((a, b) => far(a) - far(b));
      const best = steps.find((step) => room(step) >= FREE);
      if (best) [crowd.x, crowd.y] = best;
    }
    return placed;
  }

  function covers([left, top, right, bottom], crowd, size) {
    const x = Math.min(Math.max(crowd.x, left), right), y = Math.min(Math.max(crowd.y, top), bottom);
    return Math.hypot(crowd.x - x, crowd.y - y) < LEGIBLE * size;
  }

  function meet(a, b) {
    return a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
  }

  // Where no crowd could step aside, the name does: [x, y] of its nearest free place, null where there is none.
  function besideCrowds(boxes, found, sizeOf = roomOf) {
    const rings = found.filter((crowd) => sizeOf(crowd)), placed = boxes.slice();
    return boxes.map((box, number) => {
      const shifted = ([x, y]) => [box[0] + x, box[1] + y, box[2] + x, box[3] + y];
      const isFree = (step) => {
        const there = shifted(step);
        return !rings.some((crowd) => covers(there, crowd, sizeOf(crowd))) &&
          !placed.some((other, place) => place !== number && meet(other, there));
      };
      const step = (box[3] - box[1]) / 2, reach = [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((count) => count * step);
      if (!rings.some((crowd) => covers(box, crowd, sizeOf(crowd)))) return [0, 0];
      const steps = reach.flatMap((x) => reach.map((y) => [x, y])).sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
      const best = steps.find(isFree) || null;
      if (best) placed[number] = shifted(best);
      return best;
    });
  }

  function areaNames(map) {
    return Array.from(map.getContainer().querySelectorAll(".area-name"));
  }

  function move(name, step) {
    name.style.visibility = step ? "" : "hidden";
    name.style.translate = step && (step[0] || step[1]) ? `calc(-50% + ${step[0]}px) calc(-50% + ${step[1]}px)` : "";
  }

  function boxesOf(map, names) {
    const frame = map.getContainer().getBoundingClientRect();
    return names.map((name) => {
      const box = name.getBoundingClientRect();
      return [box.left - frame.left, box.top - frame.top, box.right - frame.left, box.bottom - frame.top];
    });
  }

  // Names are written anew after every move, often after the points.
  function watchNames() {
    const pane = layer.map.getPane("names");
    if (!pane || layer.names) return;
    layer.names = new MutationObserver(redraw);
    layer.names.observe(pane, { childList: true });
  }

  function redraw() {
    if (!layer || !layer.data) return;
    watchNames();
    const { map, canvas, data } = layer, size = map.getSize(), ratio = globalThis.devicePixelRatio || 1;
    canvas.width = size.x * ratio;
    canvas.height = size.y * ratio;
    canvas.style.width = size.x + "px";
    canvas.style.height = size.y + "px";
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    const light = data.theme === "light", colours = COLOURS[light ? "light" : "dark"];
    const places = data.latlngs.map((latlng) => {
      const point = map.latLngToContainerPoint(latlng);
      return [point.x, point.y];
    });
    const names = areaNames(map);
    names.forEach((name) => move(name, [0, 0]));
    const boxes = boxesOf(map, names);
    layer.crowds = besideNames(merged(crowds(places, CELL * letter())), boxes);
    besideCrowds(boxes, layer.crowds).forEach((step, number) => move(names[number], step));
    const [ground, text] = light ? ["#ffffff", "#132033"] : ["#0b1220", "#e6edf7"];
    for (const crowd of layer.crowds) {
      if (crowd.members.length === 1) drawSingle(context, data, crowd.members[0], crowd.x, crowd.y, colours, ground);
      else drawCrowd(context, data, crowd, colours, ground, text);
    }
  }

  function hit(x, y) {
    return (layer.crowds || []).find((crowd) => {
      const reach = crowd.members.length > 1 ? radius(crowd.members.length) : HIT * letter();
      return Math.hypot(crowd.x - x, crowd.y - y) <= reach;
    });
  }

  // A point takes the click before the area below it does; a crowd comes nearer until it falls apart.
  function clicked(event) {
    const box = layer.map.getContainer().getBoundingClientRect();
    const crowd = layer.data && hit(event.clientX - box.left, event.clientY - box.top);
    if (!crowd || event.target.closest(".card, .map-legend")) return;
    event.stopPropagation();
    const { latlngs, code, filter } = layer.data;
    const bounds = L.latLngBounds(crowd.members.map((number) => latlngs[number]));
    const apart = bounds.getSouthWest().distanceTo(bounds.getNorthEast()) > 3;
    if (crowd.members.length > 1 && apart) layer.map.flyToBounds(bounds.pad(0.3), { duration: 0.4, maxZoom: 19 });
    else cityvitals.problems.choose(filter, code[crowd.members[0]], layer.subject);
  }

  function pointed(event) {
    const box = layer.map.getContainer().getBoundingClientRect();
    const over = Boolean(layer.data && hit(event.clientX - box.left, event.clientY - box.top));
    layer.map.getContainer().style.cursor = over ? "pointer" : "";
  }

  function attach(map) {
    const pane = map.getPane("points") || map.createPane("points");
    pane.style.zIndex = 450; // below the names of areas
    pane.style.pointerEvents = "none";
    const extents = map.getPane("extents") || map.createPane("extents");
    extents.style.zIndex = 445;
    extents.style.pointerEvents = "none";
    const canvas = L.DomUtil.create("canvas", "problem-points leaflet-zoom-hide", pane);
    layer = { map, canvas, data: null, crowds: [], subject: SUBJECTS[map.getContainer().id], extents: null, names: null };
    map.on("moveend zoomend resize viewreset", redraw);
    map.on("unload", () => {
      if (layer.names) layer.names.disconnect();
      layer = null;
    });
    map.getContainer().addEventListener("click", clicked, true);
    map.getContainer().addEventListener("mousemove", pointed);
    const kept = latest[layer.subject];
    if (kept) show(kept, layer.subject);
  }

  // Extents lie under the points; they are few, so that Leaflet may draw them itself.
  function showExtents(payload) {
    if (layer.extents) layer.map.removeLayer(layer.extents);
    layer.extents = null;
    if (!payload.extents || !payload.extents.features.length) return;
    const colour = COLOURS[payload.theme === "light" ? "light" : "dark"][2];
    const style = { color: colour, weight: 1.5, fillColor: colour, fillOpacity: 0.22 };
    layer.extents = L.geoJSON(payload.extents, {
      pane: "extents", interactive: false, style,
      pointToLayer: (_, latlng) => L.circleMarker(latlng, { ...style, pane: "extents", radius: 4, interactive: false }),
    }).addTo(layer.map);
  }

  function show(payload, subject) {
    latest[subject] = payload;
    if (!layer || !payload || layer.subject !== subject) return;
    const lon = floats(payload.lon), lat = floats(payload.lat);
    const latlngs = Array.from(lon, (value, number) => L.latLng(lat[number], value));
    layer.data = { ...payload, latlngs, isRough: new Set(payload.rough) };
    showExtents(payload);
    redraw();
  }

  function hold() {
    L.Map.addInitHook(function () {
      if (SUBJECTS[this.getContainer().id]) attach(this);
    });
  }
  if (globalThis.L) hold();
  else if (globalThis.document) document.addEventListener("DOMContentLoaded", hold);

  cityvitals.problemPoints = { show, crowds, merged, besideNames, besideCrowds, radius, KINDS };
})();
