// Areas as polygons that stand up: rings put together from the shared borders of the area file.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const EARTH_M = 6378137;

  function degrees(areas, point) {
    const place = cityvitals.areaPlaces.metres(areas, areas.points[2 * point], areas.points[2 * point + 1]);
    const lat = (2 * Math.atan(Math.exp(place[1] / EARTH_M)) - Math.PI / 2) * 180 / Math.PI;
    return [Math.round((place[0] / EARTH_M) * 180 / Math.PI * 1e6) / 1e6, Math.round(lat * 1e6) / 1e6];
  }

  function key(areas, point) {
    return areas.points[2 * point] + "," + areas.points[2 * point + 1];
  }

  // Point numbers of each closed ring of one area; an arc may be walked either way.
  function rings(areas, area) {
    const ends = new Map(), unused = new Set(), made = [];
    const add = (at, arc) => (ends.get(at) || ends.set(at, []).get(at)).push(arc);
    for (let i = areas.areaStarts[area]; i < areas.areaStarts[area + 1]; i++) {
      const arc = areas.areaArcs[i];
      unused.add(arc);
      add(key(areas, areas.arcStarts[arc]), arc);
      add(key(areas, areas.arcStarts[arc + 1] - 1), arc);
    }
    while (unused.size) {
      const ring = [], first = unused.values().next().value;
      let arc = first, from = key(areas, areas.arcStarts[arc]);
      while (arc !== undefined) {
        unused.delete(arc);
        const start = areas.arcStarts[arc], last = areas.arcStarts[arc + 1] - 1, forward = key(areas, start) === from;
        for (let step = 0; step <= last - start; step++) ring.push(forward ? start + step : last - step);
        from = key(areas, forward ? last : start);
        arc = (ends.get(from) || []).find((one) => unused.has(one));
      }
      if (ring.length > 3) made.push(ring);
    }
    return made;
  }

  function size(ring) {
    let sum = 0;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) sum += ring[j][0] * ring[i][1] - ring[i][0] * ring[j][1];
    return sum / 2;
  }

  function holds(ring, place) {
    let odd = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const a = ring[i], b = ring[j];
      if (a[1] > place[1] !== b[1] > place[1] && place[0] < ((b[0] - a[0]) * (place[1] - a[1])) / (b[1] - a[1]) + a[0]) odd = !odd;
    }
    return odd;
  }

  // Rings as polygons: the largest first, a ring inside an outer one is its hole.
  function polygons(found) {
    const outer = [];
    found.sort((a, b) => Math.abs(size(b)) - Math.abs(size(a))).forEach(function (ring) {
      const around = outer.find((polygon) => holds(polygon[0], ring[0]) && !polygon.slice(1).some((hole) => holds(hole, ring[0])));
      if (around) around.push(ring);
      else outer.push([ring]);
    });
    return outer;
  }

  // Heights in metres: the largest value stands `most` high, zero or the smallest negative lies on the ground.
  function heights(values, most) {
    const known = Array.from(values).filter((value) => !Number.isNaN(value));
    const low = Math.min(0, ...known), high = Math.max(0, ...known);
    return Array.from(values, (value) => (Number.isNaN(value) || high === low ? 0 : ((value - low) / (high - low)) * most));
  }

  function colourOf(shown, area) {
    const payload = shown.payload, word = cityvitals.areaValues.STATUSES[shown.status[area]], missing = payload.colours.missing;
    if (missing[word]) return missing[word].ink;
    if (Number.isNaN(shown.values[area]) || !payload.classes.colours.length) return missing.none.ink;
    return payload.classes.colours[cityvitals.areaColours.classOf(shown.values[area], payload.classes.bounds)];
  }

  // most: metres of the highest; 0 keeps all areas flat.
  function collection(areas, shown, most) {
    const raised = heights(shown.values, most), features = [];
    for (let area = 0; area < areas.count; area++) {
      const found = rings(areas, area).map((ring) => ring.map((point) => degrees(areas, point)));
      if (!found.length) continue;
      features.push({
        type: "Feature", id: area,
        properties: { colour: colourOf(shown, area), height: raised[area] },
        geometry: { type: "MultiPolygon", coordinates: polygons(found) },
      });
    }
    return { type: "FeatureCollection", features: features };
  }

  cityvitals.solidAreas = { rings: rings, polygons: polygons, heights: heights, colourOf: colourOf, collection: collection };
})();
