// What lies over the areas of a map, as a part of a picture: layers of the catalogue, points, land within reach.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const APART = new Set([ // drawn by others, or not at all
    "mapPane", "tilePane", "overlayPane", "shadowPane", "markerPane", "tooltipPane", "popupPane", "context", "areas", "outline", "names",
  ]);

  function panes(map) {
    const found = Object.entries(map.getPanes()).filter(([name]) => !APART.has(name)).map(([, pane]) => pane);
    return found.sort((one, other) => Number(one.style.zIndex) - Number(other.style.zIndex));
  }

  function pictures(context, pane, place) {
    pane.querySelectorAll("canvas, img.leaflet-tile").forEach(function (part) {
      const box = part.getBoundingClientRect();
      if (box.width && part.width) context.drawImage(part, ...place(box.left, box.top), ...place.size(box));
    });
  }

  // Places that are marked by an element of their own: a dot in its colour.
  function marks(context, pane, place, scale, ground) {
    pane.querySelectorAll(".reach-pin").forEach(function (pin) {
      const box = pin.getBoundingClientRect(), style = getComputedStyle(pin);
      const [x, y] = place(box.left + box.width / 2, box.top + box.height / 2);
      context.beginPath();
      context.arc(x, y, (Math.max(box.width, 10) / 2) * scale, 0, 2 * Math.PI);
      context.fillStyle = style.backgroundColor;
      context.strokeStyle = ground;
      context.lineWidth = 2 * scale;
      context.fill();
      context.stroke();
    });
  }

  function paint(context, map, scale, ground) {
    const frame = map.getContainer().getBoundingClientRect();
    const place = (x, y) => [(x - frame.left) * scale, (y - frame.top) * scale];
    place.size = (box) => [box.width * scale, box.height * scale];
    panes(map).forEach(function (pane) {
      const opacity = pane.style.opacity;
      context.globalAlpha = opacity === "" ? 1 : Number(opacity);
      pictures(context, pane, place);
      context.globalAlpha = 1;
      marks(context, pane, place, scale, ground);
    });
  }

  cityvitals.pictureOverlay = { paint, panes };
})();
