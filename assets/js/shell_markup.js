// Panels drawn from data: an element with data-markup holds what that says. Elements that stay keep their scroll
// position, focus and open state; only what differs is touched.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const TAGS = new Set([
    "a", "article", "b", "button", "caption", "dd", "details", "div", "dl", "dt", "footer", "h1", "h2", "h3", "header",
    "img", "input", "li", "ol", "p", "section", "span", "strong", "sup", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
  ]);
  const NAME = /^(alt|class|draggable|style|src|title|type|role|scope|href|download|tabindex|value|min|max|disabled|(aria|data)-[\w-]+)$/;
  const OWN_ADDRESS = /^(notices|suggestions|download)\//; // links lead to our own files only
  const DRAWN = /^data:image\/svg\+xml,/; // pictures come along in the panel, never from an address
  const later = new WeakMap();
  let tellsAll = false;
  const OWN = new Set(["open", "aria-describedby"]); // set by the browser and by shell_explain.js

  // Whether a node may be drawn: no tag that runs or loads anything, no handler.
  function isAllowed(node) {
    const address = node[1].href;
    if (address !== undefined && !OWN_ADDRESS.test(address)) return false;
    if (node[1].src !== undefined && !DRAWN.test(node[1].src)) return false;
    if (node[0] === "input" && node[1].type !== "date") return false;
    return TAGS.has(node[0]) && Object.keys(node[1]).every((name) => NAME.test(name));
  }

  function fits(element, node) {
    if (typeof node === "string") return element.nodeType === 3;
    return element.nodeType === 1 && element.tagName.toLowerCase() === node[0];
  }

  function make(node) {
    return typeof node === "string" ? document.createTextNode(node) : document.createElement(node[0]);
  }

  function dress(element, attributes) {
    Array.from(element.attributes).forEach(function (attribute) {
      if (!(attribute.name in attributes) && !OWN.has(attribute.name)) element.removeAttribute(attribute.name);
    });
    Object.entries(attributes).forEach(function (entry) {
      if (element.getAttribute(entry[0]) !== entry[1]) element.setAttribute(entry[0], entry[1]);
      if (entry[0] === "value" && element !== document.activeElement) element.value = entry[1];
    });
  }

  function update(element, node) {
    if (typeof node === "string") {
      if (element.nodeValue !== node) element.nodeValue = node;
      return;
    }
    dress(element, node[1]);
    draw(element, shownOf(element, node));
  }

  // A closed `details` with data-later is drawn up to its summary, and the rest when it opens: a panel may hold a hundred
  // rows behind it. On a wall that shows what closed ones hold (--tells-all in the style sheets) everything is drawn.
  function shownOf(element, [, attributes, children]) {
    later.delete(element);
    if (!("data-later" in attributes) || element.open || tellsAll) return children;
    later.set(element, children);
    return children.slice(0, 1);
  }

  function opened(event) {
    const rest = event.target.open && later.get(event.target);
    if (!rest) return;
    later.delete(event.target);
    draw(event.target, rest);
  }

  function measure() {
    const now = getComputedStyle(document.documentElement).getPropertyValue("--tells-all").trim() === "1";
    if (now === tellsAll) return;
    tellsAll = now;
    document.querySelectorAll("[data-markup]").forEach(fill);
  }

  function draw(parent, nodes) {
    nodes.filter((node) => typeof node === "string" || isAllowed(node)).forEach(function (node, place) {
      let element = parent.childNodes[place];
      if (!element || !fits(element, node)) {
        const made = make(node);
        if (element) parent.replaceChild(made, element);
        else parent.appendChild(made);
        element = made;
      }
      update(element, node);
    });
    while (parent.childNodes.length > nodes.length) parent.removeChild(parent.lastChild);
  }

  function drawn(records) {
    new Set(records.map((record) => record.target)).forEach(fill);
  }

  function fill(panel) {
    if (panel.dataset.markup) draw(panel, JSON.parse(panel.dataset.markup));
  }

  if (globalThis.document) {
    new MutationObserver(drawn).observe(document.documentElement, {
      subtree: true, attributes: true, attributeFilter: ["data-markup"],
    });
    document.addEventListener("toggle", opened, true);
    globalThis.addEventListener("load", measure);
    globalThis.addEventListener("resize", measure);
  }
  cityvitals.markup = { isAllowed: isAllowed };
})();
