// Where a link leads is known once the server has said it, until the data change: going back, or down again to an area
// that was shown before, waits for its panels only.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const dash = (globalThis.dash_clientside = globalThis.dash_clientside || {});
  const MOST = 500;
  const KEYS = { area: "area", indicator: "ind", period: "period" };
  const OF_AN_AREA = ["level", "tiling", "object", "cam"]; // belong to the area on screen, not to the next one
  const known = new Map();

  // Links that differ in the order of their parts or in the camera lead to the same selection.
  function key(search) {
    const parts = new URLSearchParams(search);
    parts.delete("cam");
    parts.sort();
    return parts.toString();
  }

  function keep(address, selection) {
    if (known.size >= MOST) known.clear();
    known.set(key(address.search), { address: address, selection: selection });
  }

  // The link after a change of area, indicator or period; null for any other change.
  function changed(search, changes) {
    if (!Object.keys(changes).every((field) => field in KEYS)) return null;
    const parts = new URLSearchParams(search), isMoving = "area" in changes && changes.area !== parts.get("area");
    if (isMoving) OF_AN_AREA.forEach((part) => parts.delete(part));
    Object.entries(changes).forEach(([field, value]) => parts.set(KEYS[field], value));
    return "?" + parts;
  }

  // Shows what a link leads to, if that is known. isLink: the link is in the history already. Whether it was shown.
  function show(search, isLink) {
    const found = search && known.get(key(search));
    if (!found) return false;
    const address = { ...found.address, replace: isLink };
    dash.set_props("selection", { data: found.selection });
    cityvitals.address.passOn(found.selection);
    if (!cityvitals.address.showed(address)) dash.set_props("address", { data: address });
    if (globalThis.document && document.querySelector("#notice > *")) dash.set_props("notice", { children: null });
    return true;
  }

  function pick(changes) {
    return show(changed(globalThis.location.search, changes), false);
  }

  cityvitals.recall = { keep, changed, show, pick, forget: () => known.clear() };
})();
