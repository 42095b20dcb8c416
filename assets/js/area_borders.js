// Strokes borders: thin between areas, stronger between groups of areas (their parents), strongest around all of them.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const KINDS = ["inner", "group", "outer"];
  const MIN_STEP_PX = 0.75;

  // Which kind of border each arc is. groups: the group of each area.
  function borderKinds(areas, groups) {
    const kinds = new Uint8Array(areas.arcStarts.length - 1);
    for (let arc = 0; arc < kinds.length; arc++) {
      const one = areas.sides[2 * arc], other = areas.sides[2 * arc + 1];
      kinds[arc] = other === -1 ? 2 : groups[one] === groups[other] ? 0 : 1;
    }
    return kinds;
  }

  // One arc as a path. Points closer than a pixel to the one before are left out, the ends never.
  function trace(context, areas, arc, view) {
    const points = areas.points, last = areas.arcStarts[arc + 1] - 1;
    let px = 0, py = 0;
    for (let i = areas.arcStarts[arc], first = i; i <= last; i++) {
      const x = points[2 * i] * view.scale + view.x, y = points[2 * i + 1] * view.scale + view.y;
      if (i === first) context.moveTo(x, y);
      else if (i === last || Math.abs(x - px) + Math.abs(y - py) >= MIN_STEP_PX) context.lineTo(x, y);
      else continue;
      px = x;
      py = y;
    }
  }

  // The typical width of an area on the screen, in CSS pixels: a border must leave room for the colour.
  function typicalWidth(areas, scale) {
    const widths = [];
    const every = Math.max(1, Math.floor(areas.count / 400));
    for (let area = 0; area < areas.count; area += every) {
      const width = (areas.areaBoxes[area * 4 + 2] - areas.areaBoxes[area * 4]) * scale;
      if (width > 0) widths.push(width);
    }
    widths.sort((a, b) => a - b);
    return widths.length ? widths[widths.length >> 1] : 0;
  }

  // Width of the inner border for areas of this typical width: nothing below 4 px, a full pixel from 28 px.
  function innerWidth(typical) {
    return typical < 4 ? 0 : Math.min(1, 0.3 + typical / 40);
  }

  // styles: {inner, group, outer}, each {colour, width} with the width in pixels of the tile.
  function stroke(context, areas, kinds, view, styles) {
    context.lineJoin = "round";
    context.lineCap = "round";
    KINDS.forEach((name, kind) => {
      if (!styles[name].width) return;
      context.beginPath();
      for (let arc = 0; arc < kinds.length; arc++) {
        if (kinds[arc] === kind && cityvitals.areaRaster.touches(areas.arcBoxes, arc * 4, view, 4)) {
          trace(context, areas, arc, view);
        }
      }
      context.strokeStyle = styles[name].colour;
      context.lineWidth = styles[name].width;
      context.stroke();
    });
  }

  cityvitals.areaBorders = { borderKinds, trace, typicalWidth, innerWidth, stroke };
})();
