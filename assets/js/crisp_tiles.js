// How grid layers of our own keep their tiles: every zoom has its own crisp ones, drawn in turns, and the old stand
// until all that replace them are there. Mixed into L.GridLayer.extend by area_layer.js and point_layer.js.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});

  cityvitals.crispTiles = {
    // A tile of a zoom that was passed before its turn came.
    _forget: function (tile) {
      const { x, y, z } = tile.coords, key = [x, y, z].join(":");
      if (this._tiles[key] && this._tiles[key].el === tile) this._removeTile(key);
    },

    // Leaflet would draw at whole zooms and stretch.
    _setView: function (center, zoom, noPrune, noUpdate) {
      if (!noUpdate) {
        this._tileZoom = zoom;
        this._updateLevels();
        this._resetGrid();
        this._update(center);
        if (!noPrune) this._pruneTiles();
        this._noPrune = Boolean(noPrune);
      }
      this._setZoomTransforms(center, zoom);
    },

    _onUpdateLevel: function (zoom) {
      this._levels[zoom].el.style.zIndex = zoom === this._tileZoom ? 2 : 1;
    },

    // Tiles of another zoom would be drawn twice over their own: they go as soon as the new ones stand.
    _pruneTiles: function () {
      if (!this._map) return;
      const keys = Object.keys(this._tiles);
      const waiting = keys.some((key) => this._tiles[key].current && !this._tiles[key].loaded);
      for (const key of keys) {
        const tile = this._tiles[key];
        if (!tile.current && (!waiting || tile.coords.z === this._tileZoom)) this._removeTile(key);
      }
    },
  };
})();
