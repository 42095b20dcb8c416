// Values as they travel: packed numbers beside the geometry, runs of status words, and what is computed from them.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const STATUSES = ["valid", "estimated", "suspect", "not_applicable", "not_collected", "suppressed", "none"];
  const MISSING_SHORT = -32768;
  const RANKED = new Set(["valid", "estimated"]);

  // {type, scale, data}: base64 of little-endian int16 (value times scale, the smallest is missing) or float32.
  function floats({ type, scale, data }) {
    const text = atob(data), bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    if (type === "f4") return new Float32Array(bytes.buffer);
    return Float32Array.from(new Int16Array(bytes.buffer), (number) => (number === MISSING_SHORT ? NaN : number / scale));
  }

  // [status, how many, status, how many, …] as one status number per area.
  function statuses(runs, count) {
    const result = new Uint8Array(count);
    for (let i = 0, at = 0; i < runs.length; at += runs[i + 1], i += 2) result.fill(runs[i], at, at + runs[i + 1]);
    return result;
  }

  // Rank 1 is the best; where lower is better the lowest, else the highest. Ties share the better rank; 0 is unranked.
  function ranks(values, status, direction) {
    const order = [];
    for (let i = 0; i < values.length; i++) if (RANKED.has(STATUSES[status[i]]) && !Number.isNaN(values[i])) order.push(i);
    const sign = direction === "lower_better" ? 1 : -1;
    order.sort((a, b) => sign * (values[a] - values[b]));
    const result = new Uint32Array(values.length);
    order.forEach((area, place) => {
      const before = order[place - 1];
      result[area] = place && values[before] === values[area] ? result[before] : place + 1;
    });
    return { ranks: result, count: order.length };
  }

  cityvitals.areaValues = { STATUSES, floats, statuses, ranks };
})();
