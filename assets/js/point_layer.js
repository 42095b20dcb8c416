// One Leaflet grid layer for all point layers of a map: each tile is one canvas on which they are drawn in order.
// Where many points share a block of the screen they are density, where few do each is a symbol of its own.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const TILE_PX = 256, FRAME_MS = 9, CALM_MS = 40;
  const BLOCK_PX = 32, MOST_SINGLES = 8, DOT_PX = 4, MARGIN_PX = 12;
  const OVERVIEW_PX = 5; // cells of an overview larger than this are asked for their points
  const PALEST = 0.16;
  let PointLayer = null, scratch = null;

  function metresPerPixel(zoom) {
    return (2 * Math.PI * 6378137) / (TILE_PX * Math.pow(2, zoom));
  }

  function viewOf(coords, ratio) {
    const px = Math.round(TILE_PX * ratio), world = px * Math.pow(2, coords.z);
    return {
      scale: ratio / metresPerPixel(coords.z), left: coords.x * px - world / 2, top: coords.y * px - world / 2, width: px, height: px,
    };
  }

  // A colour as the low three bytes of a little-endian pixel.
  function pixel(colour) {
    const number = parseInt(colour.slice(1), 16);
    return ((number & 255) << 16) | (number & 0xff00) | (number >> 16);
  }

  // The squares as one small picture, stretched over the tile. dense(column, row): whether a square is drawn (null: all).
  function paintDensity(context, bins, source, scale, dense) {
    scratch = scratch || document.createElement("canvas");
    [scratch.width, scratch.height] = [bins.columns, bins.rows];
    const small = scratch.getContext("2d"), image = small.createImageData(bins.columns, bins.rows);
    const colours = source.symbols.map(({ colour }) => pixel(colour)), pixels = new Uint32Array(image.data.buffer);
    const full = source.peak * Math.pow(bins.size / scale, 2);
    for (let at = 0; at < bins.total.length; at++) {
      if (bins.total[at] < 0.02 || (dense && !dense(at % bins.columns, Math.floor(at / bins.columns)))) continue;
      const weight = Math.min(1, PALEST + (1 - PALEST) * Math.sqrt(bins.total[at] / full));
      pixels[at] = (Math.round(255 * weight) << 24) | colours[bins.category[at]];
    }
    small.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(scratch, 0, 0, bins.columns * bins.size, bins.rows * bins.size);
  }

  function paintPoints(context, source, view, ratio) {
    const { ofPoints, eachPoint } = cityvitals.pointBins, { file, shown } = source;
    const block = BLOCK_PX * ratio, blocks = ofPoints(file, view, shown, block, 1);
    const at = (x, y) => (Math.floor(y / block) + 1) * blocks.columns + Math.floor(x / block) + 1;
    if (blocks.total.some((count) => count > MOST_SINGLES)) {
      const dot = DOT_PX * ratio;
      const dense = (column, row) => blocks.total[at((column + 0.5) * dot, (row + 0.5) * dot)] > MOST_SINGLES;
      paintDensity(context, ofPoints(file, view, shown, dot, 0), source, view.scale, dense);
    }
    eachPoint(file, view, shown, MARGIN_PX * ratio, (i, x, y) => {
      if (blocks.total[at(x, y)] > MOST_SINGLES) return;
      const picture = source.sprites[file.category[i]];
      context.drawImage(picture, Math.round(x - picture.width / 2), Math.round(y - picture.height / 2));
    });
  }

  function paint(context, source, view, ratio) {
    if (!source.file || !source.shown.some(Boolean)) return;
    context.globalAlpha = source.opacity;
    if (source.file.kind === "points") paintPoints(context, source, view, ratio);
    else {
      const bins = cityvitals.pointBins.ofOverview(source.file, view, source.shown, DOT_PX * ratio);
      if (bins.filled) paintDensity(context, bins, source, view.scale, null);
    }
    context.globalAlpha = 1;
  }

  function define() {
    return L.GridLayer.extend({
      ...cityvitals.crispTiles,
      options: { tileSize: TILE_PX, noWrap: true, updateWhenZooming: false, updateWhenIdle: false, keepBuffer: 1, pane: "facilities" },

      // sources(): what is drawn, from the bottom up; see point_map.js.
      initialize: function (sources, options) {
        L.setOptions(this, options);
        this._sources = sources;
        this._ratio = Math.min(globalThis.devicePixelRatio || 1, 2);
        this._queue = [];
        this._calm = true;
      },

      // While the map rests, more of a frame may go into drawing than while it moves.
      getEvents: function () {
        const hurry = () => (this._calm = false);
        return { ...L.GridLayer.prototype.getEvents.call(this), movestart: hurry, zoomstart: hurry };
      },

      // Draws every tile again, a few per frame, each over what it showed.
      repaint: function () {
        this._calm = true;
        for (const { el } of Object.values(this._tiles || {})) this._later({ tile: el, done: null });
      },

      createTile: function (coords, done) {
        const tile = document.createElement("canvas");
        tile.width = tile.height = Math.round(TILE_PX * this._ratio);
        tile.coords = coords;
        this._later({ tile, done });
        return tile;
      },

      _later: function (job) {
        if (!job.done && this._queue.some(({ tile }) => tile === job.tile)) return;
        this._queue.push(job);
        if (!this._working) this._working = requestAnimationFrame(() => this._work());
      },

      _work: function () {
        const end = performance.now() + (this._calm ? CALM_MS : FRAME_MS);
        do {
          const next = this._queue.shift();
          if (!next) break;
          if (next.tile.coords.z === this._tileZoom) this._finish(next);
          else if (next.done) this._forget(next.tile);
        } while (performance.now() < end);
        this._working = this._queue.length ? requestAnimationFrame(() => this._work()) : null;
      },

      _finish: function ({ tile, done }) {
        const context = tile.getContext("2d"), view = viewOf(tile.coords, this._ratio);
        context.clearRect(0, 0, tile.width, tile.height);
        for (const source of this._sources()) paint(context, source, view, this._ratio);
        if (done) done(null, tile);
      },
    });
  }

  cityvitals.pointLayer = function (sources, options) {
    PointLayer = PointLayer || define();
    return new PointLayer(sources, options);
  };
  Object.assign(cityvitals.pointLayer, { OVERVIEW_PX, metresPerPixel, viewOf });
})();
