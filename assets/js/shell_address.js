// The selection's mirror in the address bar. Links come in (load, back, forward, pasted); addresses go out.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const dash = (globalThis.dash_clientside = globalThis.dash_clientside || {});
  let links = 0;
  let theme = null;

  // What the server reads as the link; seq tells two visits of the same link apart.
  function link(search) {
    links += 1;
    return { search: search, seq: links };
  }

  // How the history must change for an address: "none", "replace" (a link filled in) or "push" (a click).
  function step(address, search) {
    if (!address || address.search === search) return "none";
    return address.replace ? "replace" : "push";
  }

  // The density decides the size of type, which charts are asked for: it is known before the first answer.
  function densityOf(search) {
    return new URLSearchParams(search).get("density") || "auto";
  }

  function begin() {
    document.documentElement.dataset.density = densityOf(globalThis.location.search);
    globalThis.addEventListener("popstate", function () {
      const { search } = globalThis.location;
      if (!cityvitals.recall.show(search, true)) dash.set_props("link", { data: link(search) });
    });
    return link(globalThis.location.search);
  }

  function mirror(address, selection) {
    if (!address) return dash.no_update;
    cityvitals.recall.keep(address, selection);
    write(address);
    if (address.theme === theme) return dash.no_update; // each control of the page follows the theme
    theme = address.theme;
    return theme;
  }

  // Whether an address could be shown without asking Dash to redraw in another theme.
  function showed(address) {
    if (address.theme !== theme) return false;
    write(address);
    return true;
  }

  function write(address) {
    const root = document.documentElement;
    const present = globalThis.location.search, search = cityvitals.camera.carry(present, address.search, address.replace);
    const how = step({ ...address, search: search }, present);
    const url = globalThis.location.pathname + search;
    if (how === "replace") globalThis.history.replaceState(null, "", url);
    if (how === "push") globalThis.history.pushState(null, "", url);
    document.title = address.title;
    if (root.lang !== address.lang) root.lang = address.lang; // written again, it would style every element anew
    if (root.dataset.density !== address.density) {
      root.dataset.density = address.density;
      dash.screen.tell();
    }
  }

  // The page is laid out anew only when its view, its language or the existence of data changes.
  function frame(selection, current) {
    if (!selection) return dash.no_update;
    const wanted = { view: selection.view, lang: selection.lang, empty: !selection.area };
    const same = current && Object.keys(wanted).every((key) => wanted[key] === current[key]);
    if (!same) rest();
    else passOn(selection);
    return same ? dash.no_update : wanted;
  }

  // The page of a view holds the selection as well (layouts/ids.py), as long as it is about that view.
  function passOn(selection) {
    const id = { type: "selection", view: selection.view };
    const page = globalThis.dash_component_api.getLayout(id);
    if (page && page.props.data !== selection) dash.set_props(id, { data: selection });
  }

  // What a page begins with.
  function onPage(id, selection) {
    return selection && selection.view === id.view ? selection : dash.no_update;
  }

  // A map in flight would go on flying after its page is gone.
  function rest() {
    const view = cityvitals.map && cityvitals.map.view();
    if (view) view.map.stop();
  }

  cityvitals.address = { link: link, step: step, showed: showed, passOn: passOn };
  dash.address = { begin: begin, mirror: mirror, onPage: onPage, frame: frame };
})();
