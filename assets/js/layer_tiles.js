// Vector tiles of catalogue layers: fetched, decoded with the packages of third_party/, kept as paths on the tile's grid.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const KEPT = 400;
  const tiles = new Map();
  let decoder = null;

  function load(packages) {
    decoder = decoder || Promise.all([import(packages["vector-tile"]), import(packages.pbf)]).then(([tile, pbf]) =>
      (bytes) => new tile.VectorTile(new pbf.PbfReader(bytes)));
    return decoder;
  }

  // {extent, features: [{id, category, type, lines: [[x, y, …], …]}]}; type 1 point, 2 line, 3 area.
  function read(tile) {
    const layer = tile.layers.features;
    if (!layer) return { extent: 4096, features: [] };
    const features = [];
    for (let place = 0; place < layer.length; place++) {
      const one = layer.feature(place), lines = one.loadGeometry().map((line) => Float32Array.from(line.flatMap(({ x, y }) => [x, y])));
      const { k, c } = one.properties;
      features.push({ id: k === undefined ? one.id : k, isNumber: k === undefined, category: c, type: one.type, lines });
    }
    return { extent: layer.extent, features };
  }

  function failed(answer) {
    return answer.json().then((body) => body, () => ({})).then((body) => {
      const error = new Error("tile");
      error.reason = (body.error && body.error.name) || "unreachable";
      error.status = answer.status;
      error.retry_s = Number(answer.headers.get("Retry-After")) || null;
      throw error;
    });
  }

  function get(url, packages) {
    const known = tiles.get(url);
    if (known) return known;
    const answer = Promise.all([fetch(url), load(packages)]).then(([response, decode]) => {
      if (response.status === 204) return { extent: 4096, features: [] };
      if (!response.ok) return failed(response);
      return response.arrayBuffer().then((bytes) => read(decode(new Uint8Array(bytes))));
    });
    tiles.set(url, answer);
    answer.catch(() => tiles.delete(url));
    if (tiles.size > KEPT) tiles.delete(tiles.keys().next().value);
    return answer;
  }

  cityvitals.layerTiles = { get, read };
})();
