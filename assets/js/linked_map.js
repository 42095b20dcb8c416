// A small map linked with a scatter: areas chosen in one stand out in the other, without asking the server.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const dash = (globalThis.dash_clientside = globalThis.dash_clientside || {});
  const DIMMED = "2e"; // alpha of what is not chosen
  const PAD_PX = 6;
  const CURSOR_PX = 3, OUTLINE_PX = 2;
  let data = null, areas = null, raster = null, view = null, chosen = null, observer = null, drag = null, cursor = -1;

  function canvas() { return document.querySelector(".linked-map__canvas"); }

  // What each area is painted with; without a colour of its own it is hatched, what is not chosen is dimmed.
  function paints(drawn, isChosen) {
    return drawn.colours.map(function (colour, area) {
      const alpha = !isChosen || isChosen(area) ? "" : DIMMED, hatch = drawn.hatches[area];
      return { colour: colour.slice(0, 7) + alpha, ink: hatch && drawn.ink + alpha, hatch: hatch };
    });
  }

  // Colours the line around all chosen areas together; flags: per area number + 1, whether it is chosen.
  function outline(pixels, raster, width, flags, colour) {
    const last = raster.length - OUTLINE_PX * (width + 1);
    for (let i = 0; i < last; i++) {
      const own = flags[raster[i]];
      if (own !== flags[raster[i + OUTLINE_PX]] || own !== flags[raster[i + OUTLINE_PX * width]]) pixels[i] = colour;
    }
  }

  function flagged(isChosen) {
    const flags = new Uint8Array(data.codes.length + 1);
    for (let area = 0; area < data.codes.length; area++) flags[area + 1] = isChosen(area) ? 1 : 0;
    return flags;
  }

  // Colours the edge of one area; pixels and raster: of the whole canvas, box: where the area lies in it.
  function edge(pixels, raster, width, height, area, box, colour) {
    const value = area + 1, reach = CURSOR_PX;
    const is = function (x, y) { return x >= 0 && y >= 0 && x < width && y < height && raster[y * width + x] === value; };
    for (let y = Math.max(0, box[1]); y <= Math.min(height - 1, box[3]); y++) {
      for (let x = Math.max(0, box[0]); x <= Math.min(width - 1, box[2]); x++) {
        if (!is(x, y)) continue;
        const isInner = is(x - reach, y) && is(x + reach, y) && is(x, y - reach) && is(x, y + reach);
        if (!isInner) pixels[y * width + x] = colour;
      }
    }
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
    const colouring = cityvitals.areaColours, pixels = new Uint32Array(image.data.buffer);
    const isChosen = chosen && function (area) { return chosen.has(data.codes[area]); };
    const ratio = Math.min(globalThis.devicePixelRatio || 1, 2);
    colouring.colour(raster, view.width, pixels, colouring.table(paints(data, isChosen)), colouring.patternMask(ratio), 0, 0);
    context.putImageData(image, 0, 0);
    const borders = cityvitals.areaBorders, kinds = borders.borderKinds(areas, new Uint8Array(areas.count));
    const inner = borders.innerWidth(borders.typicalWidth(areas, view.scale));
    const line = function (colour, width) { return { colour: colour, width: width }; };
    borders.stroke(context, areas, kinds, view, {
      inner: line(data.border, inner), group: line(data.border, inner), outer: line(data.outline, 1.5),
    });
    if (isChosen || cursor >= 0) context.drawImage(marks(image, isChosen), 0, 0);
    if (drag && drag.length > 1) strokeLasso(context);
  }

  // The line around what is chosen and the edge of where the keys are, on a canvas of their own: they lie over the borders.
  function marks(image, isChosen) {
    const over = document.createElement("canvas"), pixels = new Uint32Array(image.data.buffer);
    const colour = cityvitals.areaColours.pixel(accent());
    over.width = view.width;
    over.height = view.height;
    pixels.fill(0);
    if (isChosen) outline(pixels, raster, view.width, flagged(isChosen), colour);
    if (cursor >= 0) edge(pixels, raster, view.width, view.height, cursor, boxOf(cursor), colour);
    over.getContext("2d").putImageData(image, 0, 0);
    return over;
  }

  function accent() { return getComputedStyle(document.documentElement).getPropertyValue("--accent").trim(); }

  function boxOf(area) {
    return [0, 1, 2, 3].map(function (side) {
      return Math.round(areas.areaBoxes[4 * area + side] * view.scale + (side % 2 ? view.y : view.x));
    });
  }

  function strokeLasso(context) {
    context.beginPath();
    drag.forEach(function (place) { context.lineTo(place[0], place[1]); });
    context.closePath();
    context.lineWidth = 2;
    context.strokeStyle = accent();
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
    if (data) cityvitals.linkedKeys.tellChosen(data, chosen);
  }

  // The area that the keys have reached; -1: none.
  function point(area) {
    cursor = area;
    repaint();
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
      event.target.title = area < 0 ? "" : [data.names[area], data.words[area]].filter(Boolean).join(" · ");
    } else if (event.type === "pointerup" && drag) {
      const polygon = drag;
      drag = null;
      choose(lassoed(polygon), true);
    }
  }

  function clear() {
    const element = canvas();
    data = areas = raster = chosen = null;
    cursor = -1;
    cityvitals.linkedKeys.tell("");
    if (element) element.getContext("2d").clearRect(0, 0, element.width, element.height);
  }

  function paint(next) {
    if (!next) { clear(); return dash.no_update; }
    const same = data && data.url === next.url && areas;
    data = next;
    chosen = null;
    cursor = -1;
    cityvitals.linkedKeys.tell("");
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
  cityvitals.linkedMap = {
    paints: paints, edge: edge, outline: outline, fitted: fitted, inside: inside, choose: choose, markScatter: markScatter, point: point,
    now: function () { return data && areas ? { data: data, areas: areas, chosen: chosen, cursor: cursor } : null; },
  };
})();
