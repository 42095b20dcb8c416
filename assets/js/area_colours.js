// The colour table: what each area number is painted with, and the one pass that paints a raster.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const PATTERNS = 8; // a pixel lies on a rising stroke (1), on a falling stroke (2), on a dot (4), or on any of them
  const HATCH = { solid: 0, rising: 1, falling: 2, crossed: 3, dotted: 4 };
  const PERIOD = 8;

  // "#rrggbb" or "#rrggbbaa" as the little-endian number of one canvas pixel.
  function pixel(hex) {
    const part = (at) => parseInt(hex.slice(at, at + 2), 16);
    const alpha = hex.length > 7 ? part(7) : 255;
    return ((alpha << 24) | (part(5) << 16) | (part(3) << 8) | part(1)) >>> 0;
  }

  // The class of a value: the first whose upper bound is not below it (a class holds its upper bound, as in mapclassify).
  function classOf(value, bounds) {
    let index = 0;
    while (index < bounds.length && value > bounds[index]) index++;
    return index;
  }

  // The colour of a paint on every combination of strokes.
  function strokes(paint) {
    const ground = pixel(paint.colour), ink = paint.ink ? pixel(paint.ink) : ground;
    const mask = HATCH[paint.hatch || "solid"];
    return Uint32Array.from({ length: PATTERNS }, (_, pattern) => (pattern & mask ? ink : ground));
  }

  // paints: per area {colour} or {colour, ink, hatch}, the same object for areas that look the same, so that each is
  // worked out once; number 0, outside all areas, stays transparent.
  function table(paints) {
    const colours = new Uint32Array((paints.length + 1) * PATTERNS), known = new Map();
    paints.forEach((paint, area) => {
      if (!known.has(paint)) known.set(paint, strokes(paint));
      colours.set(known.get(paint), (area + 1) * PATTERNS);
    });
    return colours;
  }

  // The table of quiet surroundings; the area whose surroundings they are stays open.
  function around(codes, area, quiet) {
    const closed = { colour: quiet }, open = { colour: quiet + "00" };
    return table(codes.map((code) => (code === area ? open : closed)));
  }

  // Pattern of every pixel in one period; ratio: device pixels per CSS pixel, so that hatching is as wide on every screen.
  function patternMask(ratio) {
    const size = Math.max(PERIOD, Math.round(PERIOD * ratio));
    const mask = new Uint8Array(size * size);
    const stroke = size / 5.5;
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const rising = (x + y) % size < stroke, falling = (x - y + size) % size < stroke;
        const dx = (x % (size / 2)) - size / 4, dy = (y % (size / 2)) - size / 4;
        mask[y * size + x] = (rising ? 1 : 0) | (falling ? 2 : 0) | (dx * dx + dy * dy < (size * size) / 72 ? 4 : 0);
      }
    }
    return { size, mask };
  }

  // left, top: place of the raster in the world, so that hatching runs on from tile to tile.
  function colour(raster, width, pixels, colours, pattern, left, top) {
    const { size, mask } = pattern;
    const shift = ((left % size) + size) % size;
    for (let start = 0, y = top; start < raster.length; start += width, y++) {
      const row = (((y % size) + size) % size) * size;
      let column = shift;
      for (let i = start; i < start + width; i++) {
        pixels[i] = colours[raster[i] * PATTERNS + mask[row + column]];
        if (++column === size) column = 0;
      }
    }
  }

  cityvitals.areaColours = { pixel, classOf, table, around, patternMask, colour };
})();
