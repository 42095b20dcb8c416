// What lies over the areas and follows the map: the outline of the hovered and the selected area, and the names.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const MAX_NAMES = 400;
  const GAP_PX = 6;
  const ROOM = 1.25;
  const SMALL = 4; // typical areas narrower than this many lines of text are too small for their names
  let measuring = null;

  function textWidth(text, font) {
    measuring = measuring || document.createElement("canvas").getContext("2d");
    measuring.font = font;
    return measuring.measureText(text).width;
  }

  function latLng(map, areas, x, y) {
    return map.options.crs.projection.unproject(L.point(cityvitals.areaPlaces.metres(areas, x, y)));
  }

  // The arcs around one area as Leaflet lines.
  function outline(map, areas, area) {
    const lines = [];
    for (let i = areas.areaStarts[area]; i < areas.areaStarts[area + 1]; i++) {
      const arc = areas.areaArcs[i], line = [];
      for (let p = areas.arcStarts[arc]; p < areas.arcStarts[arc + 1]; p++) {
        line.push(latLng(map, areas, areas.points[2 * p], areas.points[2 * p + 1]));
      }
      lines.push(line);
    }
    return lines;
  }

  // One line that can be moved from area to area. name: its class in map.css.
  function highlight(map, pane, name) {
    const renderer = L.svg({ pane, padding: 0.5 });
    const line = L.polyline([], { pane, renderer, interactive: false, smoothFactor: 1, className: name }).addTo(map);
    return (areas, area) => line.setLatLngs(areas && area >= 0 ? outline(map, areas, area) : []);
  }

  function pixelScale(map, areas) {
    return (areas.step * 256 * Math.pow(2, map.getZoom())) / (2 * Math.PI * 6378137);
  }

  // What could be written: [area to write at, text, weight, room]. Where areas are too small, their groups' names.
  function wishes(map, areas, names, english, height) {
    const scale = pixelScale(map, areas), { groups = {}, weights } = areas.names;
    const small = cityvitals.areaBorders.typicalWidth(areas, scale) < SMALL * height;
    if (small && Object.keys(groups).length) {
      const spots = cityvitals.areaPlaces.groupSpots(areas).filter(({ code }) => groups[code]);
      return spots.map(({ area, code, members }) => [area, groups[code][english ? 1 : 0], members, Infinity]);
    }
    return names.map((name, area) => {
      const room = (areas.areaBoxes[area * 4 + 2] - areas.areaBoxes[area * 4]) * scale;
      return [area, name, (weights && weights[area]) || room, room < height * 1.5 ? 0 : room * ROOM + height];
    });
  }

  function candidates(map, areas, wanted, font, height) {
    const size = map.getSize(), found = [];
    for (const [area, text, priority, room] of wanted) {
      if (!text || !room) continue;
      const spot = latLng(map, areas, areas.labels[2 * area], areas.labels[2 * area + 1]);
      const { x, y } = map.latLngToContainerPoint(spot);
      if (x < 0 || y < 0 || x > size.x || y > size.y) continue;
      found.push({ text, spot, x, y, height, priority, room, width: textWidth(text, font) });
    }
    return found;
  }

  // Names as elements of a pane; they hide while the map zooms and stand again, chosen anew, when it rests.
  function labels(map, pane) {
    const root = map.getPane(pane);
    let areas = null, names = [], english = false;
    function draw() {
      root.replaceChildren();
      root.style.visibility = "";
      if (!areas) return;
      const style = getComputedStyle(root), height = parseFloat(style.fontSize);
      const font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      const all = candidates(map, areas, wishes(map, areas, names, english, height), font, height);
      for (const { text, spot } of cityvitals.areaPlaces.placed(all, GAP_PX).slice(0, MAX_NAMES)) {
        const label = L.DomUtil.create("span", "area-name", root);
        label.textContent = text;
        L.DomUtil.setPosition(label, map.latLngToLayerPoint(spot));
      }
    }
    map.on("moveend resize", draw);
    map.on("zoomstart", () => (root.style.visibility = "hidden"));
    return function (shown, shownNames, inEnglish) {
      if (areas === shown && english === inEnglish) return;
      [areas, names, english] = [shown, shownNames, inEnglish];
      draw();
    };
  }

  cityvitals.areaOverlay = { highlight, labels };
})();
