// Buildings as blocks: their outline where it is known, else a square on the spot, coloured by area or by problems.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const METRES_PER_DEGREE = 111320;

  function square(lon, lat, half) {
    const dy = half / METRES_PER_DEGREE, dx = dy / Math.cos((lat * Math.PI) / 180);
    return [[lon - dx, lat - dy], [lon + dx, lat - dy], [lon + dx, lat + dy], [lon - dx, lat + dy], [lon - dx, lat - dy]];
  }

  // The colour of each area named by the buildings: that of the nearest area above which the map shows.
  function areaColours(found, areas, shown, none) {
    const places = new Map(areas.names.codes.map((code, place) => [code, place]));
    return found.areas.map(function (lineage) {
      const code = lineage.find((one) => places.has(one));
      return code === undefined ? none : cityvitals.solidAreas.colourOf(shown, places.get(code));
    });
  }

  // tint: {by: "by_value" | "by_problems", problems: colours by gravity}.
  function collection(found, areas, shown, tint) {
    const byArea = tint.by === "by_problems" ? null : areaColours(found, areas, shown, tint.problems[0]);
    const features = found.lon.map(function (lon, place) {
      const ring = (found.outline && found.outline[place]) || square(lon, found.lat[place], found.half[place]);
      return {
        type: "Feature", id: place,
        properties: { height: found.height[place], colour: byArea ? byArea[found.area[place]] : tint.problems[found.problems[place]] },
        geometry: { type: "Polygon", coordinates: [ring] },
      };
    });
    return { type: "FeatureCollection", features: features };
  }

  // The same as points, for the view from afar, in which blocks are smaller than a pixel.
  function dots(found, blocks) {
    const features = blocks.features.map((block, place) => ({
      type: "Feature", id: place, properties: { colour: block.properties.colour, gravity: found.problems[place] },
      geometry: { type: "Point", coordinates: [found.lon[place], found.lat[place]] },
    }));
    return { type: "FeatureCollection", features: features };
  }

  // What a reader must know: how many, which are squares only, where the heights come from.
  function said(found, words) {
    const fill = cityvitals.areaText.fill, count = (kind) => found.known.filter((one) => one === kind).length;
    const number = (n) => n.toLocaleString(words.locale);
    const lines = [fill(words.count, { count: number(found.shown) })];
    if (found.total > found.shown) lines.push(fill(words.cut, { total: number(found.total) }));
    if (!found.outline && found.shown) lines.push(words.squares);
    lines.push(fill(words.heights, { measured: number(count(0)), storeys: number(count(1)), unknown: number(count(2)) }));
    return lines;
  }

  cityvitals.solidBuildings = { square: square, collection: collection, dots: dots, said: said };
})();
