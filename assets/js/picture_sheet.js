// A map as a picture to take along or to print: title, map, legend, scale bar, north arrow, source and date. Made here.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const MOST_PIXELS = 14e6, BEST_SCALE = 2, PAD_PX = 16, GAP_PX = 12;

  function styleOf(element) {
    const own = getComputedStyle(element), root = getComputedStyle(document.documentElement);
    const token = (name) => root.getPropertyValue(name).trim();
    const px = parseFloat(root.fontSize) * parseFloat(token("--small"));
    return { font: own.fontFamily, px: px, text: token("--text"), quiet: token("--quiet"), ground: token("--panel"), accent: token("--accent") };
  }

  // How the caption breaks into lines of at most this width; between its parts, which a middle dot separates.
  function wrapped(caption, width, measure) {
    return caption.split(" · ").reduce(function (lines, part) {
      const last = lines[lines.length - 1], longer = last ? last + " · " + part : part;
      if (last !== undefined && measure(longer) <= width) lines[lines.length - 1] = longer;
      else lines.push(part);
      return lines;
    }, []);
  }

  // frames: side by side, each {width, height, draw(context, width, height, scale)}, in CSS pixels.
  function compose(frames, said, style) {
    const wide = frames.reduce((sum, frame) => sum + frame.width, GAP_PX * (frames.length - 1));
    const high = Math.max(...frames.map((frame) => frame.height));
    const scale = Math.min(BEST_SCALE, Math.sqrt(MOST_PIXELS / (wide * high)));
    const canvas = document.createElement("canvas"), context = canvas.getContext("2d");
    const px = style.px, title = px * 1.5;
    context.font = px + "px " + style.font;
    const caption = wrapped(said.caption, wide, (text) => context.measureText(text).width);
    const head = PAD_PX + title * 1.5, foot = PAD_PX + caption.length * px * 1.5;
    canvas.width = Math.round((wide + 2 * PAD_PX) * scale);
    canvas.height = Math.round((head + high + foot + PAD_PX) * scale);
    context.fillStyle = style.ground;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.font = "600 " + title + "px " + style.font;
    const size = Math.min(1, wide / context.measureText(said.title).width) * title * scale;
    write(context, [said.title], PAD_PX * scale, (PAD_PX + title * 0.6) * scale, "600 " + size + "px " + style.font, style.text, 0);
    let left = PAD_PX;
    frames.forEach(function (frame) {
      const width = Math.round(frame.width * scale), height = Math.round(frame.height * scale);
      context.save();
      context.translate(Math.round(left * scale), Math.round(head * scale));
      context.beginPath();
      context.rect(0, 0, width, height);
      context.clip();
      frame.draw(context, width, height, scale);
      context.restore();
      left += frame.width + GAP_PX;
    });
    write(context, caption, PAD_PX * scale, (head + high + PAD_PX + px * 0.75) * scale, px * scale + "px " + style.font, style.quiet, px * 1.5 * scale);
    return canvas;
  }

  function write(context, lines, x, y, font, colour, step) {
    context.font = font;
    context.fillStyle = colour;
    context.textAlign = "left";
    context.textBaseline = "middle";
    lines.forEach((line, place) => context.fillText(line, x, y + place * step));
  }

  // Everything of one Leaflet map of areas. view: {map, areas, shown, context}; lines: of its borders.
  function mapFrame(view, legends, style, words, title) {
    const size = view.map.getSize();
    return {
      width: size.x, height: size.y,
      draw: function (context, width, height, scale) {
        paintMap(view, context, width, height, scale, style);
        cityvitals.pictureFrame.orientation(context, view.map, width, height, scale, style, words);
        decorate(context, width, height, scale, style, legends, title);
      },
    };
  }

  function decorate(context, width, height, scale, style, legends, title) {
    const px = style.px * scale, edge = 6 * scale;
    legends.forEach(function (one) {
      const rows = one.rows || cityvitals.pictureLegend.read(one.element);
      cityvitals.pictureLegend.draw(context, rows, one.toRight ? width - edge : edge, height - edge, px, style, one.toRight);
    });
    (title || []).forEach(function (one) {
      context.font = "600 " + px * 1.1 + "px " + style.font;
      context.textBaseline = "top";
      context.textAlign = one.toRight ? "right" : "left";
      context.fillStyle = style.text;
      context.fillText(one.text, one.toRight ? width - edge : edge, edge);
    });
  }

  function paintMap(view, context, width, height, scale, style) {
    const draw = cityvitals.pictureFrame, colours = view.shown.payload.colours;
    const line = (colour, wide) => ({ colour: colour, width: wide });
    if (view.context && view.context.areas) {
      const quiet = line(colours.quiet_border, 1);
      const { areas } = view.context, around = cityvitals.areaColours.around(areas.names.codes, view.shown.payload.area, colours.quiet);
      draw.areas(context, view.map, areas, around, { inner: quiet, group: quiet, outer: quiet }, width, height, scale);
    }
    draw.areas(context, view.map, view.areas, view.shown.colours,
      { inner: line(colours.border, 1), group: line(colours.group, 1.5), outer: line(colours.outline, 2) }, width, height, scale);
    cityvitals.pictureOverlay.paint(context, view.map, scale, style.ground);
    draw.names(context, view.map, scale, style);
  }

  // What is on the screen: the frames of the view that shows the button.
  function frames(button, style, words) {
    if (button.closest(".scene-view")) return cityvitals.pictureScene.frames(style, words);
    const view = cityvitals.map && cityvitals.map.view();
    const legends = [{ element: button.closest(".panel").querySelector(".map-legend"), toRight: true }];
    if (button.closest(".layers-view")) legends.push({ rows: cityvitals.layerList.legend() });
    return Promise.resolve(view && view.shown ? [mapFrame(view, legends, style, words)] : []);
  }

  function save(canvas, name) {
    canvas.toBlob(function (blob) {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    }, "image/png");
  }

  // The picture alone on the sheet of paper; the screen comes back when printing is over.
  function print(canvas) {
    const image = document.createElement("img");
    image.className = "picture-print";
    image.onload = function () {
      document.body.append(image);
      globalThis.addEventListener("afterprint", () => image.remove(), { once: true });
      globalThis.print();
    };
    image.src = canvas.toDataURL("image/png");
  }

  function take(button) {
    const said = JSON.parse(button.dataset.mapImage), style = styleOf(document.body);
    frames(button, style, said.words).then(function (found) {
      if (!found.length) return;
      const canvas = compose(found, said, style);
      if (said.format === "print") print(canvas);
      else save(canvas, cityvitals.taking.fileName(said.caption, "png"));
    });
  }

  if (globalThis.document) {
    document.addEventListener("click", function (event) {
      const button = event.target.closest && event.target.closest("[data-map-image]");
      if (button) take(button);
    });
  }
  cityvitals.pictureSheet = { wrapped: wrapped, compose: compose, mapFrame: mapFrame, paintMap: paintMap, decorate: decorate };
})();
