// Fills a tile with area numbers: number + 1 where a pixel's middle lies in the area, 0 elsewhere.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const WORLD_M = 2 * Math.PI * 6378137;
  const ROW = 65536;

  // How grid steps become pixels of a tile: pixel = step * scale + offset. worldPx: pixels around the equator.
  function tileView(areas, worldPx, tileX, tileY, width, height) {
    const pxPerMetre = worldPx / WORLD_M;
    return {
      scale: areas.step * pxPerMetre,
      x: (areas.west + WORLD_M / 2) * pxPerMetre - tileX,
      y: (WORLD_M / 2 - areas.north) * pxPerMetre - tileY,
      width, height,
    };
  }

  function touches(boxes, at, view, margin) {
    return boxes[at] * view.scale + view.x < view.width + margin &&
      boxes[at + 2] * view.scale + view.x > -margin &&
      boxes[at + 1] * view.scale + view.y < view.height + margin &&
      boxes[at + 3] * view.scale + view.y > -margin;
  }

  const scratch = { keys: new Float64Array(4096), count: 0 };

  function cross(row, x, view) {
    if (scratch.count === scratch.keys.length) {
      const longer = new Float64Array(scratch.count * 2);
      longer.set(scratch.keys);
      scratch.keys = longer;
    }
    scratch.keys[scratch.count++] = row * ROW + Math.min(Math.max(x, 0), view.width);
  }

  // Where an arc crosses the middles of pixel rows; row and place in one number, so that one sort orders both.
  function crossArc(areas, arc, view) {
    const points = areas.points, last = areas.arcStarts[arc + 1] - 1;
    let i = areas.arcStarts[arc];
    let x0 = points[2 * i] * view.scale + view.x, y0 = points[2 * i + 1] * view.scale + view.y;
    for (i++; i <= last; i++) {
      const x1 = points[2 * i] * view.scale + view.x, y1 = points[2 * i + 1] * view.scale + view.y;
      const top = Math.max(Math.ceil(Math.min(y0, y1) - 0.5), 0);
      const bottom = Math.min(Math.ceil(Math.max(y0, y1) - 0.5), view.height);
      if (top < bottom) {
        const slope = (x1 - x0) / (y1 - y0);
        for (let row = top; row < bottom; row++) cross(row, x0 + (row + 0.5 - y0) * slope, view);
      }
      x0 = x1;
      y0 = y1;
    }
  }

  function sortKeys(keys) {
    if (keys.length > 48) return keys.sort();
    for (let i = 1; i < keys.length; i++) {
      const key = keys[i];
      let j = i - 1;
      for (; j >= 0 && keys[j] > key; j--) keys[j + 1] = keys[j];
      keys[j + 1] = key;
    }
    return keys;
  }

  function fillArea(areas, area, view, raster) {
    scratch.count = 0;
    for (let i = areas.areaStarts[area]; i < areas.areaStarts[area + 1]; i++) {
      const arc = areas.areaArcs[i], at = arc * 4;
      const top = areas.arcBoxes[at + 1] * view.scale + view.y, bottom = areas.arcBoxes[at + 3] * view.scale + view.y;
      if (bottom >= 0 && top <= view.height) crossArc(areas, arc, view);
    }
    const keys = sortKeys(scratch.keys.subarray(0, scratch.count));
    for (let i = 0; i + 1 < keys.length; i += 2) {
      const row = Math.floor(keys[i] / ROW);
      const from = Math.ceil(keys[i] - row * ROW - 0.5), to = Math.ceil(keys[i + 1] - row * ROW - 0.5);
      if (from < to) raster.fill(area + 1, row * view.width + from, row * view.width + to);
    }
  }

  // A new raster, or null where no area reaches into the tile.
  function rasterise(areas, view) {
    let raster = null;
    for (let area = 0; area < areas.count; area++) {
      if (!touches(areas.areaBoxes, area * 4, view, 0)) continue;
      raster = raster || new (areas.count > 65534 ? Uint32Array : Uint16Array)(view.width * view.height);
      fillArea(areas, area, view, raster);
    }
    return raster;
  }

  cityvitals.areaRaster = { tileView, rasterise, touches };
})();
