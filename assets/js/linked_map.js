// A small map linked with a scatter: areas chosen in one stand out in the other, without asking the server.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const dash = (globalThis.dash_clientside = globalThis.dash_clientside || {});
  const DIMMED = 0.18;
  const PAD_PX = 6;
  let data = null, areas = null, raster = null, view = null, chosen = null, observer = null, drag = null;

  function canvas() { return document.querySelector(".linked-map__canvas"); }

  function rgb(colour) {
    const hex = parseInt(colour.slice(1, 7), 16);
    return [hex >> 16, (hex >> 8) & 255, hex & 255];
  }

  // Red, green, blue and alpha per area number + 1; what is not chosen is dimmed.
  function table(colours, isChosen) {
    const result = new Uint8ClampedArray((colours.length + 1) * 4);
    colours.forEach(function (colour, area) {
      const parts = rgb(colour), at = (area + 1) * 4;
      result.set(parts, at);
      result[at + 3] = !isChosen || isChosen(area) ? 255 : 255 * DIMMED;
    });
    return result;
  }

  // The whole of the areas in the middle of the canvas.
  function fitted(all, width, height) {
    let west = Infinity, north = Infinity, east = -Infinity, south = -Infinity;
    for (let i = 0; i < all.count * 4; i += 4) {
      if (all.areaBoxes[i] > all.areaBoxes[i + 2]) continue;
      west = Math.min(west, all.areaBoxes[i]);
      north = Math.min(north, all.areaBoxes[i + 1]);
      east = Math.max(east, all.areaBoxes[i + 2]);
      south = Math.max(south, all.areaBoxes[i + 3]);
    }
    const scale = Math.min((width - 2 * PAD_PX) / (east - west || 1), (height - 2 * PAD_PX) / (south - north || 1));
    return {
      scale: scale, width: width, height: height,
      x: (width - (east - west) * scale) / 2 - west * scale, y: (height - (south - north) * scale) / 2 - north * scale,
    };
  }

  function rasterise() {
    const element = canvas();
    if (!element || !areas) return;
    const ratio = Math.min(globalThis.devicePixelRatio || 1, 2), box = element.parentElement.getBoundingClientRect();
    element.width = Math.max(1, Math.round(box.width * ratio));
    element.height = Math.max(1, Math.round(box.height * ratio));
    view = fitted(areas, element.width, element.height);
    raster = cityvitals.areaRaster.rasterise(areas, view);
    repaint();
  }

  function repaint() {
    const element = canvas();
    if (!element || !raster || !data) return;
    const context = element.getContext("2d"), image = context.createImageData(view.width, view.height);
    const colours = new Uint32Array(table(data.colours, chosen && function (area) { return chosen.has(data.codes[area]); }).buffer);
    const pixels = new Uint32Array(image.data.buffer);
    for (let i = 0; i < pixels.length; i++) if (raster[i]) pixels[i] = colours[raster[i]];
    context.putImageData(image, 0, 0);
    const borders = cityvitals.areaBorders, kinds = borders.borderKinds(areas, new Uint8Array(areas.count));
    const inner = borders.innerWidth(borders.typicalWidth(areas, view.scale));
    const line = function (colour, width) { return { colour: colour, width: width }; };
    borders.stroke(context, areas, kinds, view, {
      inner: line(data.border, inner), group: line(data.border, inner), outer: line(data.outline, 1.5),
    });
    if (drag && drag.length > 1) strokeLasso(context);
  }

  function strokeLasso(context) {
    context.beginPath();
    drag.forEach(function (place) { context.lineTo(place[0], place[1]); });
    context.closePath();
    context.lineWidth = 2;
    context.strokeStyle = getComputedStyle(document.documentElement).getPropertyValue("--accent");
    context.stroke();
  }

  function areaAt(x, y) {
    const column = Math.floor(x), row = Math.floor(y);
    if (!raster || column < 0 || row < 0 || column >= view.width || row >= view.height) return -1;
    return raster[row * view.width + column] - 1;
  }

  function inside(polygon, x, y) {
    let odd = false;
    for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
      const a = polygon[i], b = polygon[j];
      if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) odd = !odd;
    }
    return odd;
  }

  // Codes of the areas whose name point lies in the drawn line; a mere click chooses the area under it.
  function lassoed(polygon) {
    if (polygon.length < 8) {
      const area = areaAt(polygon[0][0], polygon[0][1]);
      return area < 0 ? [] : [data.codes[area]];
    }
    return data.codes.filter(function (_code, area) {
      return inside(polygon, areas.labels[2 * area] * view.scale + view.x, areas.labels[2 * area + 1] * view.scale + view.y);
    });
  }

  function choose(codes, tellScatter) {
    chosen = codes && codes.length ? new Set(codes) : null;
    repaint();
    if (tellScatter) markScatter();
  }

  function markScatter() {
    const graph = document.querySelector("#correlation-scatter .js-plotly-plot");
    if (!graph || !globalThis.Plotly) return;
    const at = graph.data.findIndex(function (trace) { return trace.name === "areas"; });
    if (at < 0) return;
    const points = chosen && graph.data[at].customdata.reduce(function (found, code, place) {
      return chosen.has(code) ? found.concat(place) : found;
    }, []);
    globalThis.Plotly.restyle(graph, { selectedpoints: [points] }, [at]);
  }

  function place(event) {
    const box = event.target.getBoundingClientRect(), ratio = event.target.width / box.width;
    return [(event.clientX - box.left) * ratio, (event.clientY - box.top) * ratio];
  }

  function onPointer(event) {
    if (!event.target.classList || !event.target.classList.contains("linked-map__canvas") || !data) return;
    const at = place(event);
    if (event.type === "pointerdown") drag = [at];
    else if (event.type === "pointermove" && drag) { drag.push(at); repaint(); }
    else if (event.type === "pointermove") {
      const area = areaAt(at[0], at[1]);
      event.target.title = area < 0 ? "" : data.names[area];
    } else if (event.type === "pointerup" && drag) {
      const polygon = drag;
      drag = null;
      choose(lassoed(polygon), true);
    }
  }

  function clear() {
    const element = canvas();
    data = areas = raster = chosen = null;
    if (element) element.getContext("2d").clearRect(0, 0, element.width, element.height);
  }

  function paint(next) {
    if (!next) { clear(); return dash.no_update; }
    const same = data && data.url === next.url && areas;
    data = next;
    chosen = null;
    if (!observer && globalThis.ResizeObserver) observer = new ResizeObserver(rasterise);
    if (observer && canvas()) { observer.disconnect(); observer.observe(canvas().parentElement); }
    if (same) { rasterise(); return dash.no_update; }
    areas = raster = null;
    fetch(next.url).then(function (answer) { return answer.arrayBuffer(); }).then(function (bytes) {
      if (data !== next) return;
      areas = cityvitals.decodeAreas(bytes);
      rasterise();
    });
    return dash.no_update;
  }

  // A click in the matrix selects the pair.
  function pair(click) {
    const point = click && click.points && click.points[0];
    if (point && point.x !== point.y) dash.set_props("pick", { data: { indicator: point.y, other: point.x, seq: Date.now() } });
    return dash.no_update;
  }

  // A click on a point of a chart that says what its points choose.
  function select(click) {
    const point = click && click.points && click.points[0];
    const graph = document.querySelector("#correlation-scatter .js-plotly-plot");
    const picks = point && graph && graph.layout.meta && graph.layout.meta.picks;
    const changes = picks && JSON.parse(picks)[point.customdata];
    if (changes) dash.set_props("pick", { data: Object.assign({}, changes, { seq: Date.now() }) });
    return dash.no_update;
  }

  if (globalThis.document) {
    ["pointerdown", "pointermove", "pointerup"].forEach(function (name) { document.addEventListener(name, onPointer); });
  }
  dash.linkedMap = { paint: paint, pair: pair, select: select };
  cityvitals.linkedMap = { table: table, fitted: fitted, inside: inside, choose: choose, markScatter: markScatter };
})();
