// A Leaflet grid layer that paints areas: numbers once per tile, colours as often as they change, borders on top.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const TILE_PX = 256;
  const FRAME_MS = 9;
  let AreaLayer = null;

  // A picture that stands: a canvas to draw on would be handed over anew with every frame of a flight, changed or not.
  function still(tile, px) {
    const element = document.createElement("canvas");
    element.width = element.height = px;
    tile.appendChild(element);
    return element.getContext("bitmaprenderer");
  }

  function board(px) {
    return new OffscreenCanvas(px, px).getContext("2d", { willReadFrequently: true });
  }

  function define() {
    return L.GridLayer.extend({
      ...cityvitals.crispTiles,
      options: { tileSize: TILE_PX, noWrap: true, updateWhenZooming: false, updateWhenIdle: false, keepBuffer: 1, pane: "areas" },

      // areas: decoded geometry; groups: the group of each area; colours: their table; borders: colours and widths.
      initialize: function (areas, groups, colours, borders, options) {
        L.setOptions(this, options);
        this._areas = areas;
        this._kinds = cityvitals.areaBorders.borderKinds(areas, groups);
        this._colours = colours;
        this._borders = borders;
        this._ratio = Math.min(globalThis.devicePixelRatio || 1, 2);
        this._pattern = cityvitals.areaColours.patternMask(this._ratio);
        this._board = board(Math.round(TILE_PX * this._ratio));
        this._queue = [];
        this.on("tileunload", ({ tile }) => tile.lines && tile.lines.close());
      },

      // The same areas in other colours: no tile is filled again, and only other borders are stroked again.
      recolour: function (colours, borders) {
        const same = JSON.stringify(borders) === JSON.stringify(this._borders);
        this._colours = colours;
        this._borders = borders;
        for (const { el } of Object.values(this._tiles || {})) {
          if (!el.raster) continue;
          if (!same) this._stroke(el);
          this._paint(el);
        }
      },

      // Number of the area at a place of the map, -1 outside.
      areaAt: function (latlng) {
        if (this._tileZoom === undefined) return -1;
        const place = this._map.project(latlng, this._tileZoom);
        const x = Math.floor(place.x / TILE_PX), y = Math.floor(place.y / TILE_PX);
        const tile = this._tiles[[x, y, this._tileZoom].join(":")];
        if (!tile || !tile.el.raster) return -1;
        const column = Math.floor((place.x - x * TILE_PX) * this._ratio), row = Math.floor((place.y - y * TILE_PX) * this._ratio);
        return tile.el.raster[row * tile.el.view.width + column] - 1;
      },

      createTile: function (coords, done) {
        const tile = document.createElement("div");
        tile.coords = coords;
        this._queue.push({ tile, done });
        if (!this._working) this._working = requestAnimationFrame(() => this._work());
        return tile;
      },

      // As many tiles as fit into a frame, those in the middle first: panning stays smooth.
      _work: function () {
        const end = performance.now() + FRAME_MS;
        do {
          const next = this._queue.shift();
          if (!next) break;
          if (next.tile.coords.z === this._tileZoom) this._finish(next);
          else this._forget(next.tile);
        } while (performance.now() < end);
        this._working = this._queue.length ? requestAnimationFrame(() => this._work()) : null;
      },

      _finish: function ({ tile, done }) {
        if (tile.parentNode) this._draw(tile);
        done(null, tile);
      },

      _draw: function (tile) {
        const px = Math.round(TILE_PX * this._ratio), ratio = px / TILE_PX;
        const world = 256 * Math.pow(2, tile.coords.z) * ratio;
        tile.view = cityvitals.areaRaster.tileView(this._areas, world, tile.coords.x * px, tile.coords.y * px, px, px);
        tile.raster = cityvitals.areaRaster.rasterise(this._areas, tile.view);
        if (!tile.raster) return;
        tile.picture = still(tile, px);
        this._stroke(tile);
        this._paint(tile);
      },

      _paint: function (tile) {
        const { width, height } = tile.view;
        if (!this._image || this._image.width !== width) {
          this._image = new ImageData(width, height);
          this._pixels = new Uint32Array(this._image.data.buffer);
        }
        const left = tile.coords.x * width, top = tile.coords.y * height;
        cityvitals.areaColours.colour(tile.raster, width, this._pixels, this._colours, this._pattern, left, top);
        this._board.putImageData(this._image, 0, 0);
        this._board.drawImage(tile.lines, 0, 0);
        tile.picture.transferFromImageBitmap(this._board.canvas.transferToImageBitmap());
      },

      _stroke: function (tile) {
        const context = this._board;
        const ratio = this._ratio;
        const inner = cityvitals.areaBorders.innerWidth(cityvitals.areaBorders.typicalWidth(this._areas, tile.view.scale / ratio));
        const wide = (style, width) => ({ colour: style.colour, width: width * ratio });
        const { inner: thin, group, outer } = this._borders;
        cityvitals.areaBorders.stroke(context, this._areas, this._kinds, tile.view, {
          inner: wide(thin, thin.width * inner), group: wide(group, group.width), outer: wide(outer, outer.width),
        });
        if (tile.lines) tile.lines.close();
        tile.lines = context.canvas.transferToImageBitmap();
      },
    });
  }

  cityvitals.areaLayer = function (areas, groups, colours, borders, options) {
    AreaLayer = AreaLayer || define();
    return new AreaLayer(areas, groups, colours, borders, options);
  };
})();
