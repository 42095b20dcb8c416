// Where the reader has taken the map is part of the link (`cam=longitude,latitude,zoom`), beside the selection: a map
// that is moved asks the server nothing. A map that shows its areas as a whole leaves the link without it.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const KEY = "cam", SAME_PX = 3;
  const PLACE = ["view", "area", "level", "tiling"]; // where these change, the map shows another place

  function read(search) {
    const parts = (new URLSearchParams(search).get(KEY) || "").split(",").map(Number);
    const [lng, lat, zoom] = parts;
    const fits = parts.length === 3 && parts.every(Number.isFinite) && Math.abs(lng) <= 180 && Math.abs(lat) <= 85 && zoom >= 1 && zoom <= 20;
    return fits ? { lng, lat, zoom } : null;
  }

  // The link with this camera, or without one (null); its other parts stay as they are written.
  function write(search, camera) {
    const others = search.replace(/^\?/, "").split("&").filter((part) => part && !part.startsWith(KEY + "="));
    const own = camera ? [`${KEY}=${camera.lng.toFixed(5)},${camera.lat.toFixed(5)},${camera.zoom.toFixed(2)}`] : [];
    return others.length + own.length ? "?" + [...others, ...own].join("&") : "";
  }

  // What a new link keeps of the present one: the camera, as long as the same place is shown (or a link is filled in).
  function carry(present, next, isFilledIn) {
    const [before, after] = [new URLSearchParams(present), new URLSearchParams(next)];
    const same = PLACE.every((key) => before.get(key) === after.get(key) || (isFilledIn && !before.has(key)));
    return same ? write(next, read(present)) : next;
  }

  // Puts the map where the link says, if the link is about one of these areas. Whether it did.
  function restore(map, areas) {
    const { search } = globalThis.location, camera = read(search), linked = new URLSearchParams(search).get("area");
    if (!camera || (linked && !areas.includes(linked))) return false;
    map.setView([camera.lat, camera.lng], camera.zoom, { animate: false });
    return true;
  }

  // home: {centre, zoom} at which the areas show as a whole; null before they do.
  function follow(map, home) {
    map.on("moveend", function () {
      const whole = home(), zoom = map.getZoom(), centre = map.getCenter();
      if (!whole) return;
      const apart = map.project(centre, zoom).distanceTo(map.project(whole.centre, zoom));
      const isHome = Math.abs(zoom - whole.zoom) < 0.01 && apart < SAME_PX;
      const { pathname, search } = globalThis.location, next = write(search, isHome ? null : { lng: centre.lng, lat: centre.lat, zoom });
      if (next !== search) globalThis.history.replaceState(globalThis.history.state, "", pathname + next);
    });
  }

  cityvitals.camera = { read, write, carry, restore, follow };
})();
