// Unpacks the area binary (layout: data_access/geometry/packing.py) into typed arrays that drawing and picking read.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const MAGIC = 0x31415643; // "CVA1"
  const HEADER_BYTES = 60;

  // Numbers of one zigzag-varint stream, as they are or summed up step by step; stride 2 sums x and y apart.
  function readStream(bytes, start, count, stride) {
    const numbers = new Int32Array(count);
    let at = start;
    for (let i = 0; i < count; i++) {
      let byte = bytes[at++];
      let raw = byte & 0x7f;
      for (let shift = 7; byte > 0x7f; shift += 7) {
        byte = bytes[at++];
        raw |= (byte & 0x7f) << shift;
      }
      const number = (raw >>> 1) ^ -(raw & 1);
      numbers[i] = stride && i >= stride ? numbers[i - stride] + number : number;
    }
    return numbers;
  }

  function startsOf(lengths) {
    const starts = new Uint32Array(lengths.length + 1);
    for (let i = 0; i < lengths.length; i++) starts[i + 1] = starts[i] + lengths[i];
    return starts;
  }

  // West, north, east, south of each arc in grid steps.
  function arcBoxes(points, arcStarts) {
    const boxes = new Int32Array((arcStarts.length - 1) * 4);
    for (let arc = 0; arc < arcStarts.length - 1; arc++) {
      let west = Infinity, north = Infinity, east = -Infinity, south = -Infinity;
      for (let i = arcStarts[arc] * 2; i < arcStarts[arc + 1] * 2; i += 2) {
        const x = points[i], y = points[i + 1];
        if (x < west) west = x;
        if (x > east) east = x;
        if (y < north) north = y;
        if (y > south) south = y;
      }
      boxes.set([west, north, east, south], arc * 4);
    }
    return boxes;
  }

  // Box of each area; an area without arcs gets an inside-out box that touches nothing.
  function areaBoxes(boxes, areaStarts, areaArcs) {
    const result = new Int32Array((areaStarts.length - 1) * 4);
    for (let area = 0; area < areaStarts.length - 1; area++) {
      const box = [0x7fffffff, 0x7fffffff, -0x80000000, -0x80000000];
      for (let i = areaStarts[area]; i < areaStarts[area + 1]; i++) {
        const at = areaArcs[i] * 4;
        box[0] = Math.min(box[0], boxes[at]);
        box[1] = Math.min(box[1], boxes[at + 1]);
        box[2] = Math.max(box[2], boxes[at + 2]);
        box[3] = Math.max(box[3], boxes[at + 3]);
      }
      result.set(box, area * 4);
    }
    return result;
  }

  // The two areas an arc parts; -1 stands for the outside.
  function arcSides(arcCount, areaStarts, areaArcs) {
    const sides = new Int32Array(arcCount * 2).fill(-1);
    for (let area = 0; area < areaStarts.length - 1; area++) {
      for (let i = areaStarts[area]; i < areaStarts[area + 1]; i++) {
        const at = areaArcs[i] * 2;
        sides[sides[at] === -1 ? at : at + 1] = area;
      }
    }
    return sides;
  }

  function decode(buffer) {
    const header = new DataView(buffer, 0, HEADER_BYTES);
    if (header.getUint32(0, true) !== MAGIC) throw new Error("not an area file");
    const sizes = [];
    for (let i = 0; i < 8; i++) sizes.push(header.getUint32(28 + 4 * i, true));
    const [count, arcCount, pointCount] = sizes;
    const bytes = new Uint8Array(buffer);
    const ends = startsOf(sizes.slice(3)).map((end) => end + HEADER_BYTES);
    const arcCounts = readStream(bytes, ends[0], count, 0);
    const areaStarts = startsOf(arcCounts);
    const bounds = readStream(bytes, ends[0], count + areaStarts[count], 0);
    const areaArcs = new Uint32Array(areaStarts[count]);
    for (let i = 0, arc = 0; i < areaArcs.length; i++) areaArcs[i] = arc += bounds[count + i];
    const arcStarts = startsOf(readStream(bytes, ends[1], arcCount, 0));
    const points = readStream(bytes, ends[2], pointCount * 2, 2);
    const boxes = arcBoxes(points, arcStarts);
    return {
      west: header.getFloat64(4, true), north: header.getFloat64(12, true), step: header.getFloat64(20, true),
      count, areaStarts, areaArcs, arcStarts, points, arcBoxes: boxes,
      areaBoxes: areaBoxes(boxes, areaStarts, areaArcs),
      sides: arcSides(arcCount, areaStarts, areaArcs),
      labels: readStream(bytes, ends[3], count * 2, 2),
      names: JSON.parse(new TextDecoder().decode(bytes.subarray(ends[4], ends[5]))),
    };
  }

  cityvitals.decodeAreas = decode;
})();
