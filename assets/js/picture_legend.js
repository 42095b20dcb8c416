// The legend of a map in a picture: read from the one on the screen, so that both say the same.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const PAD = 0.7, LINE = 1.45, SWATCH = 1.6, GAP = 0.6; // in text heights
  const STROKES = { not_collected: [1], none: [1], not_applicable: [-1], suppressed: [1, -1], suspect: [] };

  // Lines of a legend element: {text, strong} or {colour, hatch, text, side, count}.
  function read(element) {
    const said = [];
    if (!element) return said;
    const head = element.querySelector(".legend-head");
    if (head) said.push({ text: Array.from(head.children, (part) => part.textContent).filter(Boolean).join(" · "), quiet: true });
    const standard = element.querySelector(".legend-standard");
    if (standard) said.push({ text: standard.textContent, quiet: true });
    element.querySelectorAll(".legend-rows > li").forEach(function (row) {
      const swatch = row.querySelector(".swatch"), text = (name) => (row.querySelector(name) || {}).textContent || "";
      const hatch = swatch && Array.from(swatch.classList, (name) => name.replace("swatch--", "")).find((name) => name in STROKES);
      const style = swatch ? getComputedStyle(swatch) : {};
      said.push({
        colour: hatch ? style.getPropertyValue("--hatch-ground") : style.backgroundColor, hatch: hatch,
        ink: hatch ? style.getPropertyValue("--hatch-ink") : "",
        text: text(".legend-label"), side: text(".legend-side"), count: text(".legend-count"),
      });
    });
    return said;
  }

  function swatch(context, row, x, y, width, height) {
    context.fillStyle = row.colour;
    context.fillRect(x, y, width, height);
    if (!row.hatch) return;
    context.save();
    context.beginPath();
    context.rect(x, y, width, height);
    context.clip();
    context.strokeStyle = row.ink;
    context.lineWidth = height / 8;
    STROKES[row.hatch].forEach(function (way) {
      for (let at = -height; at < width + height; at += height / 2) {
        context.beginPath();
        context.moveTo(x + at, way > 0 ? y + height : y);
        context.lineTo(x + at + height, way > 0 ? y : y + height);
        context.stroke();
      }
    });
    context.restore();
  }

  // Drawn with its lower corner at (x, foot); toRight: x is its right edge.
  function draw(context, rows, x, foot, px, style, toRight) {
    if (!rows.length) return;
    context.font = px + "px " + style.font;
    const wide = (text) => context.measureText(text || "").width;
    const labels = Math.max(...rows.map((row) => (row.colour ? wide(row.text + row.side) + px : wide(row.text) - (SWATCH + GAP) * px)));
    const counts = Math.max(...rows.map((row) => wide(row.count)));
    const width = (SWATCH + GAP) * px + labels + GAP * px + counts, height = rows.length * LINE * px;
    const left = (toRight ? x - width - 2 * PAD * px : x) + PAD * px, top = foot - height - PAD * px;
    context.globalAlpha = 0.88;
    context.fillStyle = style.ground;
    context.fillRect(left - PAD * px, top - PAD * px, width + 2 * PAD * px, height + 2 * PAD * px);
    context.globalAlpha = 1;
    context.textBaseline = "middle";
    rows.forEach(function (row, place) {
      const y = top + (place + 0.5) * LINE * px;
      context.textAlign = "left";
      context.fillStyle = row.quiet ? style.quiet : style.text;
      if (!row.colour) return context.fillText(row.text, left, y);
      swatch(context, row, left, y - 0.42 * px, SWATCH * px, 0.84 * px);
      context.fillStyle = style.text;
      context.fillText(row.text + (row.side ? "  " + row.side : ""), left + (SWATCH + GAP) * px, y);
      context.textAlign = "right";
      context.fillStyle = style.quiet;
      return context.fillText(row.count, left + width, y);
    });
  }

  cityvitals.pictureLegend = { read: read, draw: draw };
})();
