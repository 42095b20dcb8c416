// Where the shown areas go in the frame: as large as they can be without lying under the legend and the switches.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const MOST_SEGMENTS = 600;
  const STEPS = 7;
  const LEAST = 0.6; // a place is never shown smaller than this share of the frame's fit, whatever lies over the map
  const GAP_PX = 10;
  const SIDEWAYS = [0, 0.25, 0.5, 0.75, 1]; // from the middle of the free width to its left end
  const DOWN = [0.5, 0.75, 1, 0.25, 0]; // from the middle of the free height to its ends

  // The outline of all areas as [x, y, x, y] segments from 0 to 1 of the box's width, y down; long outlines are thinned.
  function outline(areas) {
    const arcs = [];
    let points = 0;
    for (let arc = 0; arc < areas.arcStarts.length - 1; arc++) {
      if (areas.sides[2 * arc] !== -1 && areas.sides[2 * arc + 1] !== -1) continue;
      arcs.push(arc);
      points += areas.arcStarts[arc + 1] - areas.arcStarts[arc];
    }
    const box = extent(areas);
    if (box[0] > box[2]) return { segments: [], height: 1 };
    const every = Math.max(1, Math.ceil(points / MOST_SEGMENTS)), segments = [];
    const unit = box[2] - box[0] || 1;
    const at = (p) => [(areas.points[2 * p] - box[0]) / unit, (areas.points[2 * p + 1] - box[1]) / unit];
    for (const arc of arcs) {
      const last = areas.arcStarts[arc + 1] - 1;
      for (let p = areas.arcStarts[arc]; p < last; p += every) segments.push([...at(p), ...at(Math.min(p + every, last))]);
    }
    return { segments, height: (box[3] - box[1]) / unit };
  }

  // West, north, east, south of everything that is drawn, in grid steps.
  function extent(areas) {
    const all = [Infinity, Infinity, -Infinity, -Infinity];
    for (let area = 0; area < areas.count; area++) {
      const [west, north, east, south] = areas.areaBoxes.subarray(area * 4, area * 4 + 4);
      if (west > east) continue;
      all[0] = Math.min(all[0], west);
      all[1] = Math.min(all[1], north);
      all[2] = Math.max(all[2], east);
      all[3] = Math.max(all[3], south);
    }
    return all;
  }

  // Whether a segment runs through a rectangle {left, top, right, bottom} (Liang and Barsky's clipping).
  function crosses(x0, y0, x1, y1, box) {
    const dx = x1 - x0, dy = y1 - y0;
    let enter = 0, leave = 1;
    for (const [step, room] of [[-dx, x0 - box.left], [dx, box.right - x0], [-dy, y0 - box.top], [dy, box.bottom - y0]]) {
      if (step === 0 && room < 0) return false;
      if (step < 0) enter = Math.max(enter, room / step);
      if (step > 0) leave = Math.min(leave, room / step);
    }
    return enter <= leave;
  }

  function isFree(shape, width, left, top, obstacles) {
    return !obstacles.some((box) => shape.segments.some(([x0, y0, x1, y1]) =>
      crosses(left + x0 * width, top + y0 * width, left + x1 * width, top + y1 * width, box)));
  }

  // The place nearest to the middle where a shape of this width lies under nothing; null where there is none.
  function placeOf(shape, width, frame, obstacles) {
    const freeX = frame.width - 2 * frame.pad - width, freeY = frame.height - 2 * frame.pad - shape.height * width;
    for (const down of DOWN) {
      for (const aside of SIDEWAYS) {
        const left = frame.pad + (freeX / 2) * (1 - aside), top = frame.pad + freeY * down;
        if (isFree(shape, width, left, top, obstacles)) return { left, top, width };
      }
    }
    return null;
  }

  // frame: {width, height, pad}; obstacles: rectangles in it. The left, top and width of the shape's box, in pixels.
  function place(shape, frame, obstacles) {
    const wide = obstacles.map((box) => ({
      left: box.left - GAP_PX, top: box.top - GAP_PX, right: box.right + GAP_PX, bottom: box.bottom + GAP_PX,
    }));
    const most = Math.max(Math.min(frame.width - 2 * frame.pad, (frame.height - 2 * frame.pad) / shape.height), 1);
    let best = placeOf(shape, most, frame, wide), low = most * LEAST, high = most;
    if (best) return best;
    best = placeOf(shape, low, frame, wide);
    if (!best) return placeOf(shape, most, frame, []);
    for (let step = 0; step < STEPS; step++) {
      const middle = (low + high) / 2, found = placeOf(shape, middle, frame, wide);
      if (found) [best, low] = [found, middle];
      else high = middle;
    }
    return best;
  }

  cityvitals.areaFit = { outline, place, crosses };
})();
