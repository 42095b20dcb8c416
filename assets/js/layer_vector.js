// One layer of vector tiles on a canvas of the size of the map: crisp at every zoom, drawn again when the map rests.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const DEEPEST = 16, TILE = 256, MARGIN = 128, REACH_PX = 6;
  let VectorLayer = null;

  // Larger type on the page means wider lines and larger points.
  function letter() {
    return parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  }

  function colourOf(style, feature) {
    return (feature.category !== undefined && style.colours[feature.category]) || style.colour;
  }

  // Paths of a tile's lines and areas by colour, made once.
  function paths(tile, style) {
    if (tile.paths && tile.style === style) return tile.paths;
    const byColour = new Map();
    for (const feature of tile.features) {
      if (feature.type === 1) continue;
      const colour = colourOf(style, feature);
      if (!byColour.has(colour)) byColour.set(colour, { lines: new Path2D(), areas: new Path2D() });
      const path = byColour.get(colour)[feature.type === 3 ? "areas" : "lines"];
      for (const line of feature.lines) {
        path.moveTo(line[0], line[1]);
        for (let i = 2; i < line.length; i += 2) path.lineTo(line[i], line[i + 1]);
        if (feature.type === 3) path.closePath();
      }
    }
    tile.style = style;
    return (tile.paths = byColour);
  }

  function drawShapes(context, tile, style, scale, ratio) {
    const width = ratio / scale;
    for (const [colour, { lines, areas }] of paths(tile, style)) {
      context.fillStyle = context.strokeStyle = colour;
      context.globalAlpha = style.fill;
      context.fill(areas);
      context.globalAlpha = 1;
      context.lineWidth = Math.max(style.weight, 0.75) * width;
      if (style.weight) context.stroke(areas);
      context.lineWidth = Math.max(style.weight, 1) * 1.25 * width;
      context.stroke(lines);
    }
  }

  function drawPoints(context, tile, style, scale, ratio, radius) {
    const size = (radius * ratio) / scale, extent = tile.extent;
    context.lineWidth = (1 * ratio) / scale;
    context.strokeStyle = style.halo;
    for (const feature of tile.features) {
      if (feature.type !== 1) continue;
      context.fillStyle = colourOf(style, feature);
      for (const line of feature.lines) {
        const x = line[0], y = line[1];
        if (x < 0 || y < 0 || x >= extent || y >= extent) continue; // the neighbour draws what lies in the buffer
        context.beginPath();
        context.arc(x, y, size, 0, 2 * Math.PI);
        context.fill();
        context.stroke();
      }
    }
  }

  function distance(x, y, ax, ay, bx, by) {
    const dx = bx - ax, dy = by - ay, length = dx * dx + dy * dy;
    const t = length ? Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / length, 0), 1) : 0;
    return Math.hypot(x - ax - t * dx, y - ay - t * dy);
  }

  function isInside(lines, x, y) {
    let inside = false;
    for (const line of lines) {
      for (let i = 0, j = line.length - 2; i < line.length; j = i, i += 2) {
        const above = line[i + 1] > y;
        if (above !== line[j + 1] > y && x < ((line[j] - line[i]) * (y - line[i + 1])) / (line[j + 1] - line[i + 1]) + line[i]) inside = !inside;
      }
    }
    return inside;
  }

  // Whether a feature lies at a place of the tile's grid, within `reach` units for points and lines.
  function isAt(feature, x, y, reach) {
    if (feature.type === 3) return isInside(feature.lines, x, y);
    if (feature.type === 1) return feature.lines.some((line) => Math.hypot(line[0] - x, line[1] - y) <= reach * 1.5);
    return feature.lines.some((line) => {
      for (let i = 2; i < line.length; i += 2) if (distance(x, y, line[i - 2], line[i - 1], line[i], line[i + 1]) <= reach) return true;
      return false;
    });
  }

  function define() {
    return L.Layer.extend({
      // spec: of callbacks/layers_specs.py; tell(reason | null, retry_s): why tiles do not come.
      initialize: function (spec, packages, pane, halo, tell) {
        L.setOptions(this, { pane });
        Object.assign(this, { _packages: packages, _tell: tell, _shown: new Map() });
        this.restyle(spec, halo);
      },

      restyle: function (spec, halo) {
        const changed = this._spec && this._spec.tiles !== spec.tiles;
        this._spec = spec;
        this._style = { ...spec.style, weight: spec.style.weight * letter(), halo };
        if (changed) this._shown.clear();
        if (this._map) this._load();
      },

      onAdd: function (map) {
        this._canvas = L.DomUtil.create("canvas", "layer-canvas leaflet-zoom-hide", this.getPane());
        map.on("moveend resize viewreset", this._load, this);
        this._load();
      },

      onRemove: function (map) {
        map.off("moveend resize viewreset", this._load, this);
        this._canvas.remove();
      },

      _level: function () {
        return Math.max(0, Math.min(Math.round(this._map.getZoom()), DEEPEST));
      },

      isVisible: function () {
        return this._map && !(this._spec.min_zoom > this._map.getZoom());
      },

      _wanted: function () {
        const map = this._map, z = this._level(), grow = Math.pow(2, z - map.getZoom());
        const box = map.getPixelBounds(), most = Math.pow(2, z) - 1, found = [];
        const from = box.min.subtract([MARGIN, MARGIN]).multiplyBy(grow / TILE), to = box.max.add([MARGIN, MARGIN]).multiplyBy(grow / TILE);
        for (let x = Math.max(Math.floor(from.x), 0); x <= Math.min(Math.floor(to.x), most); x++) {
          for (let y = Math.max(Math.floor(from.y), 0); y <= Math.min(Math.floor(to.y), most); y++) found.push({ z, x, y, key: [z, x, y].join("/") });
        }
        return found;
      },

      _load: function () {
        if (!this._map || !this._map._loaded) return;
        const wanted = this.isVisible() ? this._wanted() : [];
        this._shown = new Map(wanted.map((tile) => [tile.key, { ...tile, data: (this._shown.get(tile.key) || {}).data }]));
        for (const tile of this._shown.values()) if (!tile.data) this._fetch(tile);
        this._redraw();
      },

      _fetch: function (tile) {
        const url = L.Util.template(this._spec.tiles, tile);
        cityvitals.layerTiles.get(url, this._packages).then((data) => {
          this._tell(null);
          if (this._shown.get(tile.key) !== tile) return;
          tile.data = data;
          this._redrawSoon();
        }, (error) => this._map && this._tell(error.reason || "unreachable", error.retry_s, error.status));
      },

      _redrawSoon: function () {
        if (!this._waiting) this._waiting = requestAnimationFrame(() => { this._waiting = null; if (this._map) this._redraw(); });
      },

      _redraw: function () {
        const map = this._map, size = map.getSize(), ratio = Math.min(globalThis.devicePixelRatio || 1, 2), canvas = this._canvas;
        const [width, height] = [size.x + 2 * MARGIN, size.y + 2 * MARGIN];
        canvas.width = width * ratio;
        canvas.height = height * ratio;
        canvas.style.width = width + "px";
        canvas.style.height = height + "px";
        L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([-MARGIN, -MARGIN]));
        const context = canvas.getContext("2d"), origin = map.getPixelBounds().min.subtract([MARGIN, MARGIN]);
        const ready = [...this._shown.values()].filter((tile) => tile.data);
        context.lineJoin = context.lineCap = "round";
        for (const tile of ready) this._draw(context, tile, origin, ratio, drawShapes, true);
        const radius = this._radius();
        for (const tile of ready) this._draw(context, tile, origin, ratio, (...all) => drawPoints(...all, radius), false);
      },

      // Tiles are cut at whole pixels, so that translucent neighbours leave no seam.
      _draw: function (context, tile, origin, ratio, draw, cut) {
        const shown = TILE * Math.pow(2, this._map.getZoom() - tile.z), left = (tile.x * shown - origin.x) * ratio, top = (tile.y * shown - origin.y) * ratio;
        const scale = (shown * ratio) / tile.data.extent, right = Math.round(left + shown * ratio), bottom = Math.round(top + shown * ratio);
        context.save();
        if (cut) {
          context.beginPath();
          context.rect(Math.round(left), Math.round(top), right - Math.round(left), bottom - Math.round(top));
          context.clip();
        }
        context.setTransform(scale, 0, 0, scale, left, top);
        draw(context, tile.data, this._style, scale, ratio);
        context.restore();
      },

      _radius: function () {
        return letter() * Math.max(2.2, Math.min(5, 2.2 + (this._map.getZoom() - 11) * 0.6));
      },

      // {id, isNumber} of the uppermost feature at a place of the map, null where there is none.
      at: function (latlng) {
        if (!this.isVisible()) return null;
        const z = this._level(), place = this._map.project(latlng, z).divideBy(TILE);
        const tile = this._shown.get([z, Math.floor(place.x), Math.floor(place.y)].join("/"));
        if (!tile || !tile.data) return null;
        const { extent, features } = tile.data, x = (place.x - tile.x) * extent, y = (place.y - tile.y) * extent;
        const reach = (REACH_PX * extent) / (TILE * Math.pow(2, this._map.getZoom() - z));
        for (let i = features.length - 1; i >= 0; i--) if (isAt(features[i], x, y, reach)) return features[i];
        return null;
      },
    });
  }

  cityvitals.layerVector = (...options) => new (VectorLayer = VectorLayer || define())(...options);
  cityvitals.layerVector.isAt = isAt;
})();
