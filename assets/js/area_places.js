// Where areas are: boxes and label points in metres, the next area in a direction, names that do not collide.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const SIDEWAYS = 2; // how much a step aside counts against a step ahead
  const HEADINGS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

  function metres(areas, x, y) {
    return [areas.west + x * areas.step, areas.north - y * areas.step];
  }

  // West, south, east, north in metres of the areas given (default: all); null where nothing is drawn.
  function box(areas, members) {
    const all = [Infinity, Infinity, -Infinity, -Infinity];
    const include = (area) => {
      const at = area * 4, boxes = areas.areaBoxes;
      if (boxes[at] > boxes[at + 2]) return;
      all[0] = Math.min(all[0], boxes[at]);
      all[1] = Math.min(all[1], boxes[at + 1]);
      all[2] = Math.max(all[2], boxes[at + 2]);
      all[3] = Math.max(all[3], boxes[at + 3]);
    };
    if (members) members.forEach(include);
    else for (let area = 0; area < areas.count; area++) include(area);
    if (all[0] > all[2]) return null;
    const [west, north] = metres(areas, all[0], all[1]), [east, south] = metres(areas, all[2], all[3]);
    return [west, south, east, north];
  }

  // The area that an arrow key leads to: nearest by label point, those straight ahead first. -1 when there is none.
  function neighbour(areas, from, key) {
    const [dx, dy] = HEADINGS[key], labels = areas.labels;
    let best = -1, shortest = Infinity;
    for (let area = 0; area < areas.count; area++) {
      const x = labels[2 * area] - labels[2 * from], y = labels[2 * area + 1] - labels[2 * from + 1];
      const ahead = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (area === from || ahead <= 0 || aside > SIDEWAYS * ahead) continue;
      const distance = ahead + SIDEWAYS * aside;
      if (distance < shortest) [best, shortest] = [area, distance];
    }
    return best;
  }

  // The areas of each group (by its code): the member whose label lies nearest to the middle of them all stands for it.
  function groupSpots(areas) {
    const groups = new Map();
    areas.names.parents.forEach((code, area) => {
      if (areas.areaBoxes[area * 4] > areas.areaBoxes[area * 4 + 2]) return;
      const group = groups.get(code) || groups.set(code, { code, members: [], x: 0, y: 0 }).get(code);
      group.members.push(area);
      group.x += areas.labels[2 * area];
      group.y += areas.labels[2 * area + 1];
    });
    return Array.from(groups.values(), ({ code, members, x, y }) => {
      const far = (area) => Math.hypot(areas.labels[2 * area] - x / members.length, areas.labels[2 * area + 1] - y / members.length);
      return { code, members: members.length, area: members.reduce((best, area) => (far(area) < far(best) ? area : best)) };
    });
  }

  // Which names can stand: candidates {x, y, width, height, priority, room}, the weightiest first; a name never covers
  // another. room: the width of its area; a name much wider than that is left out.
  function placed(candidates, gap) {
    const taken = [];
    const order = candidates.filter((c) => c.width <= c.room).sort((a, b) => b.priority - a.priority);
    return order.filter((c) => {
      const free = taken.every((t) =>
        Math.abs(t.x - c.x) * 2 >= t.width + c.width + gap || Math.abs(t.y - c.y) * 2 >= t.height + c.height + gap);
      if (free) taken.push(c);
      return free;
    });
  }

  // Whether a place (grid steps) lies in an area, by counting borders to its right: works before any tile is drawn.
  function contains(areas, area, x, y) {
    let inside = false;
    const points = areas.points;
    for (let i = areas.areaStarts[area]; i < areas.areaStarts[area + 1]; i++) {
      const arc = areas.areaArcs[i];
      for (let p = areas.arcStarts[arc] + 1; p < areas.arcStarts[arc + 1]; p++) {
        const x0 = points[2 * p - 2], y0 = points[2 * p - 1], x1 = points[2 * p], y1 = points[2 * p + 1];
        if (y0 > y !== y1 > y && x < x0 + ((y - y0) * (x1 - x0)) / (y1 - y0)) inside = !inside;
      }
    }
    return inside;
  }

  cityvitals.areaPlaces = { metres, box, neighbour, groupSpots, placed, contains };
})();
