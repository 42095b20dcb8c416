// Charts as pictures, with title and citation inside; citations to the clipboard. Nothing leaves the machine.
(function () {
  "use strict";
  const SCALE = 2, CAPTION_EM = 2.4, TITLE_EM = 2.6, SAID_MS = 1600;

  // The figure as it is drawn, on its panel's ground, with room for the title above and the caption below.
  function picture(graph, title, caption, ground, px) {
    const shown = graph.layout, margin = shown.margin || {};
    const text = { size: px, family: (shown.font || {}).family, color: (graph._fullLayout.font || {}).color };
    const notes = (shown.annotations || []).concat({
      text: caption, xref: "paper", yref: "paper", x: 0, y: 0, yanchor: "top", xanchor: "left", showarrow: false,
      yshift: -CAPTION_EM * px, font: { size: px * 0.8 },
    });
    return {
      data: graph.data,
      layout: Object.assign({}, shown, {
        template: graph._fullLayout.template || shown.template, font: text, paper_bgcolor: ground, plot_bgcolor: ground,
        annotations: notes, title: { text: title, x: 0.01, xanchor: "left", font: { size: px * 1.2 } },
        margin: Object.assign({}, margin, { t: (margin.t || 0) + TITLE_EM * px, b: (margin.b || 0) + 2 * CAPTION_EM * px }),
        autosize: false,
      }),
    };
  }

  function fileName(caption, format) {
    return caption.split(" · ").slice(0, 3).join("-").replace(/[\\/:*?"<>|\s]+/g, "_") + "." + format;
  }

  function take(said, button) {
    const graph = document.querySelector("#" + said.chart + " .js-plotly-plot");
    if (!graph || !globalThis.Plotly) return;
    const panel = button.closest(".panel"), heading = panel && panel.querySelector("h2");
    const style = getComputedStyle(panel || document.body), box = graph.getBoundingClientRect();
    const px = parseFloat(getComputedStyle(button).fontSize) || 13;
    const made = picture(graph, heading ? heading.textContent : "", said.caption, style.backgroundColor, px);
    const options = { format: said.format, width: box.width, height: box.height + (TITLE_EM + 2 * CAPTION_EM) * px, scale: SCALE };
    globalThis.Plotly.toImage(made, options).then(function (address) {
      const link = document.createElement("a");
      link.href = address;
      link.download = fileName(said.caption, said.format);
      link.click();
    });
  }

  function takePanel(said, button) {
    const panel = button.closest(".panel");
    globalThis.cityvitals.panelPicture.png(panel, said.caption).then(function (address) {
      const link = document.createElement("a");
      link.href = address;
      link.download = fileName(panel.querySelector("h2").textContent, "png");
      link.click();
    });
  }

  // The page's address is the selection: a file is always of what is shown, however long ago the panel was drawn.
  function direct(link) {
    link.search = globalThis.location.search;
  }

  function copy(button) {
    const text = button.dataset.copy + " · " + globalThis.location.href;
    const field = document.createElement("textarea");
    field.value = text;
    field.style.cssText = "position:fixed;opacity:0";
    document.body.append(field);
    field.select();
    document.execCommand("copy"); // the clipboard API needs HTTPS, which an intranet by address has not
    field.remove();
    say(button.closest("details.menu") || button, button.dataset.copied);
  }

  // A word beside the menu for a moment.
  function say(element, word) {
    if (!word) return;
    element.dataset.said = word;
    globalThis.setTimeout(function () { delete element.dataset.said; }, SAID_MS);
  }

  if (globalThis.document) {
    document.addEventListener("click", function (event) { // before the other listeners of links
      const target = event.target.closest ? event.target : null;
      const button = target && target.closest("[data-picture], [data-panel-picture], [data-copy]");
      const link = target && target.closest(".menu--taking a[href]");
      if (link) direct(link);
      if (button && button.dataset.panelPicture) takePanel(JSON.parse(button.dataset.panelPicture), button);
      if (button && button.dataset.picture) take(JSON.parse(button.dataset.picture), button);
      if (button && button.dataset.copy) copy(button);
      document.querySelectorAll("details.menu[open]").forEach(function (menu) {
        const closes = target && target.closest(".menu__item:not([data-progress])");
        if (!target || !menu.contains(target) || closes) menu.open = false;
      });
    }, true);
  }
  (globalThis.cityvitals = globalThis.cityvitals || {}).taking = { fileName: fileName };
})();
