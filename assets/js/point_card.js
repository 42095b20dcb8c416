// The card of one point: its attributes, fetched when they are wanted, as text and nothing else.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const MOST_ROWS = 24, MOST_LETTERS = 300, GAP_PX = 14;
  const kept = new Map(); // attributes by address
  const MOST_KEPT = 300;

  function attributes(address) {
    if (!kept.has(address)) {
      const answer = fetch(address).then((response) => {
        if (!response.ok) throw new Error(`point: ${response.status}`);
        return response.json();
      });
      answer.catch(() => kept.delete(address));
      kept.set(address, answer);
      if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
    }
    return kept.get(address);
  }

  // [label, text] of each attribute that says something. labels: words for column names.
  function rows(found, labels) {
    const said = Object.entries(found).filter(([, value]) => value !== null && value !== "");
    return said.slice(0, MOST_ROWS).map(([name, value]) => {
      const text = typeof value === "object" ? JSON.stringify(value) : String(value);
      return [(labels && labels[name]) || name, text.slice(0, MOST_LETTERS)];
    });
  }

  function line(card, label, text) {
    const row = document.createElement("div");
    row.className = label ? "point-card__row" : "point-card__title";
    for (const [name, said] of [["point-card__label", label], ["point-card__text", text]]) {
      if (!said) continue;
      const part = document.createElement("span");
      part.className = name;
      part.textContent = said;
      row.append(part);
    }
    card.append(row);
  }

  function place(card, map, x, y) {
    const size = map.getSize();
    const left = x + GAP_PX + card.offsetWidth > size.x ? x - GAP_PX - card.offsetWidth : x + GAP_PX;
    const top = Math.min(Math.max(y - card.offsetHeight / 2, 4), Math.max(4, size.y - card.offsetHeight - 4));
    card.style.transform = `translate(${Math.round(Math.max(left, 4))}px, ${Math.round(top)}px)`;
  }

  // A card in the map's container. show(x, y, title, rows), hide().
  function make(map) {
    const card = L.DomUtil.create("div", "area-card point-card", map.getContainer());
    card.hidden = true;
    card.setAttribute("role", "status");
    return {
      element: card,
      show: function (x, y, title, said) {
        card.replaceChildren();
        line(card, "", title);
        for (const [label, text] of said) line(card, label, text);
        card.hidden = false;
        place(card, map, x, y);
      },
      hide: () => (card.hidden = true),
    };
  }

  cityvitals.pointCard = { make, attributes, rows };
})();
