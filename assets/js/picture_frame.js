// One map as it is seen, drawn anew at the resolution of a picture: areas, borders, names, scale bar, north arrow.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const EQUATOR_PX = 156543.03392804097; // metres per pixel at the equator at zoom 0, tiles of 256 pixels
  const BAR_PX = 130;
  const EDGE_PX = 12;

  function groupsOf(areas) {
    const numbers = new Map();
    return (areas.names.parents || []).map((parent) => numbers.get(parent) ?? numbers.set(parent, numbers.size).get(parent));
  }

  // The areas of one layer over the whole frame. lines: colour and width of inner, group and outer borders.
  function areas(context, map, found, colours, lines, width, height, scale) {
    const from = map.getPixelBounds().min, world = 256 * Math.pow(2, map.getZoom()) * scale;
    const view = cityvitals.areaRaster.tileView(found, world, from.x * scale, from.y * scale, width, height);
    const raster = cityvitals.areaRaster.rasterise(found, view);
    if (!raster) return;
    const sheet = document.createElement("canvas");
    sheet.width = width;
    sheet.height = height;
    const image = new ImageData(width, height), pattern = cityvitals.areaColours.patternMask(scale);
    cityvitals.areaColours.colour(raster, width, new Uint32Array(image.data.buffer), colours, pattern, 0, 0);
    sheet.getContext("2d").putImageData(image, 0, 0);
    context.drawImage(sheet, 0, 0);
    const borders = cityvitals.areaBorders, wide = (line, share) => ({ colour: line.colour, width: line.width * scale * share });
    const inner = borders.innerWidth(borders.typicalWidth(found, view.scale / scale));
    borders.stroke(context, found, borders.borderKinds(found, groupsOf(found)), view, {
      inner: wide(lines.inner, inner), group: wide(lines.group, 1), outer: wide(lines.outer, 1),
    });
  }

  // Names stand where they stand on the screen.
  function names(context, map, scale, style) {
    const box = map.getContainer().getBoundingClientRect();
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    map.getPane("names").querySelectorAll(".area-name").forEach(function (label) {
      const at = label.getBoundingClientRect(), px = parseFloat(getComputedStyle(label).fontSize);
      const x = (at.left + at.width / 2 - box.left) * scale, y = (at.top + at.height / 2 - box.top) * scale;
      context.font = "500 " + px * scale + "px " + style.font;
      context.lineWidth = 0.2 * px * scale;
      context.strokeStyle = style.ground;
      context.strokeText(label.textContent, x, y);
      context.fillStyle = style.text;
      context.fillText(label.textContent, x, y);
    });
  }

  // The longest of 1, 2, 5 × 10ⁿ metres that fits, and how many pixels it takes.
  function bar(metresPerPx, mostPx) {
    const most = metresPerPx * mostPx, power = Math.pow(10, Math.floor(Math.log10(most)));
    const metres = [5, 2, 1].map((step) => step * power).find((one) => one <= most);
    return { metres: metres, px: metres / metresPerPx };
  }

  function barText(metres, words) {
    return metres >= 1000 ? metres / 1000 + " " + words.km : metres + " " + words.m;
  }

  // Scale bar and north arrow at a foot of the frame. right: measured from the right edge.
  function orientation(context, map, width, height, scale, style, words) {
    const centre = map.getCenter(), perPx = (EQUATOR_PX * Math.cos((centre.lat * Math.PI) / 180)) / Math.pow(2, map.getZoom());
    const found = bar(perPx, BAR_PX), long = found.px * scale, edge = EDGE_PX * scale, px = style.px * scale;
    const x = (width - long) / 2, y = height - edge;
    context.lineWidth = 2 * scale;
    context.strokeStyle = context.fillStyle = style.text;
    context.beginPath();
    context.moveTo(x, y - 6 * scale);
    context.lineTo(x, y);
    context.lineTo(x + long, y);
    context.lineTo(x + long, y - 6 * scale);
    context.stroke();
    context.font = px + "px " + style.font;
    context.textAlign = "center";
    context.textBaseline = "bottom";
    context.lineWidth = 3 * scale;
    context.strokeStyle = style.ground;
    context.strokeText(barText(found.metres, words), x + long / 2, y - 5 * scale);
    context.fillText(barText(found.metres, words), x + long / 2, y - 5 * scale);
    arrow(context, x + long + 26 * scale, y, scale, style, words.north, px);
  }

  function arrow(context, x, foot, scale, style, north, px) {
    context.beginPath();
    context.moveTo(x, foot - 26 * scale);
    context.lineTo(x + 7 * scale, foot);
    context.lineTo(x, foot - 6 * scale);
    context.lineTo(x - 7 * scale, foot);
    context.closePath();
    context.fill();
    context.font = "600 " + px + "px " + style.font;
    context.strokeText(north, x, foot - 27 * scale);
    context.fillText(north, x, foot - 27 * scale);
  }

  cityvitals.pictureFrame = { areas: areas, names: names, orientation: orientation, bar: bar, barText: barText };
})();
