// A panel of text, tables and small drawings as a PNG: its elements with their styles inside an SVG, drawn on a canvas.
// Nothing is loaded from anywhere.
(function () {
  "use strict";
  const SCALE = 2, LONGEST_PX = 6000;
  const STYLES = [
    "display", "position", "inset", "box-sizing", "width", "height", "min-width", "max-width", "margin", "padding", "border",
    "border-top", "border-bottom", "border-radius", "border-collapse", "background-color", "color", "font-family", "font-size",
    "font-weight", "font-variant-numeric", "line-height", "text-align", "vertical-align", "white-space", "overflow",
    "text-overflow", "flex", "flex-direction", "flex-wrap", "align-items", "align-self", "justify-content", "gap", "opacity",
    "grid-template-columns", "grid-template-rows", "grid-column", "grid-row", "grid-auto-rows", "list-style", "transform",
  ];

  // Icons are masks from files, which a picture cannot load.
  const SHAPES = { meets: "●", near: "▲", fails: "▼", not_judged: "–" };

  function styled(source, copy) {
    const style = globalThis.getComputedStyle(source);
    copy.setAttribute("style", STYLES.map(function (name) {
      const value = style.getPropertyValue(name);
      return name + ":" + (name === "overflow" ? value.replace(/auto|scroll/g, "hidden") : value); // no scroll bars on paper
    }).join(";"));
    const shape = Object.keys(SHAPES).find(function (name) { return source.classList.contains("icon--" + name); });
    if (shape) {
      copy.textContent = SHAPES[shape];
      copy.style.backgroundColor = "transparent";
    }
    copy.removeAttribute("class");
    marked(source, copy);
    if (source.tagName === "CANVAS") painted(source, copy);
    const copies = Array.from(copy.children);
    Array.from(source.children).forEach(function (child, place) { styled(child, copies[place]); });
  }

  // A canvas is cloned empty: its picture goes along as an image in its place. One with foreign tiles may not be read.
  function painted(source, copy) {
    try {
      const image = document.createElement("img");
      image.src = source.toDataURL();
      image.setAttribute("style", "width:100%;height:100%");
      const box = document.createElement("div");
      box.setAttribute("style", copy.getAttribute("style"));
      box.append(image);
      copy.replaceWith(box);
    } catch (_) {
      copy.remove();
    }
  }

  // Marks that the style sheet writes, such as ▲ and ▼, as text.
  function marked(source, copy) {
    ["::before", "::after"].forEach(function (part) {
      const style = globalThis.getComputedStyle(source, part), text = /^"(.+)"$/.exec(style.content);
      if (!text) return;
      const mark = document.createElement("span");
      mark.textContent = text[1];
      mark.style.color = style.color;
      copy.dataset[part === "::before" ? "before" : "after"] = mark.outerHTML;
    });
  }

  function placeMarks(root) {
    root.querySelectorAll("[data-before], [data-after]").forEach(function (one) {
      if (one.dataset.before) one.insertAdjacentHTML("afterbegin", one.dataset.before);
      if (one.dataset.after) one.insertAdjacentHTML("beforeend", one.dataset.after);
    });
  }

  // A list that scrolls is taken away whole: it and all that holds it grow by what is out of sight.
  function unrolled(source, copy) {
    if (!copy) return 0; // a picture that may not be read was left out
    const own = Array.from(source.children), copies = Array.from(copy.children);
    const below = own.reduce(function (most, child, place) { return Math.max(most, unrolled(child, copies[place])); }, 0);
    const scrolls = /auto|scroll/.test(getComputedStyle(source).overflowY);
    const hidden = scrolls ? Math.max(0, source.scrollHeight - source.clientHeight) : 0;
    const grown = Math.min(LONGEST_PX, hidden + below);
    if (grown > 1 && copy.style.height) {
      copy.style.height = source.getBoundingClientRect().height + grown + "px";
      copy.style.maxHeight = "none";
      if (copy.style.position === "absolute") copy.style.inset = "0 0 auto 0";
    }
    return grown > 1 ? grown : 0;
  }

  // How many lines a text takes; a Latin letter is a little over half as wide as a Chinese one.
  function captionLines(text, ems) {
    const wide = Array.from(text).reduce(function (sum, one) { return sum + (one > "\u2e7f" ? 1 : 0.6); }, 0);
    return Math.max(1, Math.ceil(wide / Math.max(1, ems - 2)));
  }

  function svgOf(panel, caption) {
    const box = panel.getBoundingClientRect(), copy = panel.cloneNode(true), px = parseFloat(getComputedStyle(panel).fontSize);
    styled(panel, copy);
    const more = unrolled(panel, copy);
    placeMarks(copy);
    copy.querySelectorAll("details, form, button[data-verdict]").forEach(function (one) { one.remove(); });
    const foot = document.createElement("div");
    foot.textContent = caption;
    foot.setAttribute("style", "font-size:" + px * 0.8 + "px;padding:" + px / 2 + "px;color:" + getComputedStyle(panel).color
      + ";font-family:" + getComputedStyle(panel).fontFamily.replace(/"/g, "'"));
    const body = document.createElement("div");
    const width = Math.ceil(box.width), below = 1.4 * 0.8 * px * captionLines(caption, width / (0.8 * px)) + 2 * px;
    const height = Math.ceil(box.height + more + below + (more ? 2 * px : 0));
    body.setAttribute("xmlns", "http://www.w3.org/1999/xhtml");
    body.setAttribute("style", "background:" + getComputedStyle(panel).backgroundColor + ";height:" + height + "px");
    body.append(copy, foot);
    const drawn = new XMLSerializer().serializeToString(body);
    const svg = "<svg xmlns='http://www.w3.org/2000/svg' width='" + width + "' height='" + height + "'>"
      + "<foreignObject width='100%' height='100%'>" + drawn + "</foreignObject></svg>";
    return { svg: svg, width: width, height: height };
  }

  // A promise of the picture's address.
  function png(panel, caption) {
    const made = svgOf(panel, caption), image = new Image();
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(made.svg);
    return image.decode().then(function () {
      const canvas = document.createElement("canvas");
      canvas.width = made.width * SCALE;
      canvas.height = made.height * SCALE;
      const pen = canvas.getContext("2d");
      pen.scale(SCALE, SCALE);
      pen.drawImage(image, 0, 0);
      return canvas.toDataURL("image/png");
    });
  }

  (globalThis.cityvitals = globalThis.cityvitals || {}).panelPicture = { png: png };
})();
