// Reads the point binaries (layout: data_access/points/packing.py): typed arrays over the bytes as they came.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const POINTS = 0x31505643, OVERVIEW = 0x314f5643; // "CVP1", "CVO1"
  const HEADER_BYTES = 48;

  function header(buffer) {
    const view = new DataView(buffer, 0, HEADER_BYTES);
    const [count, columns, rows, cell, nameBytes] = [28, 32, 36, 40, 44].map((at) => view.getUint32(at, true));
    const place = { west: view.getFloat64(4, true), north: view.getFloat64(12, true), step: view.getFloat64(20, true) };
    return { magic: view.getUint32(0, true), ...place, count, columns, rows, cell, nameBytes };
  }

  function names(buffer, length) {
    return JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, buffer.byteLength - length, length)));
  }

  // Every point: x and y in steps from the north-west; starts: where each cell of the grid begins.
  function points(buffer, head) {
    const { count, columns, rows, cell } = head;
    let at = HEADER_BYTES;
    const starts = new Uint32Array(buffer, at, columns * rows + 1);
    at += starts.byteLength;
    const insideX = new Uint16Array(buffer, at, count), insideY = new Uint16Array(buffer, at + 2 * count, count);
    const category = new Uint8Array(buffer, at + 4 * count, count);
    const x = new Uint32Array(count), y = new Uint32Array(count);
    for (let number = 0; number < columns * rows; number++) {
      const left = (number % columns) * cell, top = Math.floor(number / columns) * cell;
      for (let i = starts[number]; i < starts[number + 1]; i++) {
        x[i] = left + insideX[i];
        y[i] = top + insideY[i];
      }
    }
    return { ...head, kind: "points", starts, x, y, category, names: names(buffer, head.nameBytes) };
  }

  // How many lie where: entries (column, category, amount) row by row.
  function overview(buffer, head) {
    const { count, rows } = head;
    let at = HEADER_BYTES;
    const starts = new Uint32Array(buffer, at, rows + 1);
    at += starts.byteLength;
    const amount = new Uint32Array(buffer, at, count);
    at += amount.byteLength;
    const column = new Uint16Array(buffer, at, count), category = new Uint8Array(buffer, at + 2 * count, count);
    return { ...head, kind: "overview", starts, amount, column, category, names: names(buffer, head.nameBytes) };
  }

  function decode(buffer) {
    const head = buffer.byteLength >= HEADER_BYTES ? header(buffer) : { magic: 0 };
    if (head.magic === POINTS) return points(buffer, head);
    if (head.magic === OVERVIEW) return overview(buffer, head);
    throw new Error("not a point file");
  }

  cityvitals.decodePoints = decode;
})();
