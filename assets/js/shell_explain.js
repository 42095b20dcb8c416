// One floating card that explains any number with data-explain: on hover, on focus, on tap. Text nodes only.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});
  const GAP = 8;
  let shown = null;

  // Where the card goes: below the number, above where there is no room, and never off the screen.
  function place(anchor, card, screen) {
    const below = anchor.bottom + GAP;
    const fits = below + card.height <= screen.height;
    const left = Math.min(Math.max(GAP, anchor.left), Math.max(GAP, screen.width - card.width - GAP));
    return { left: left, top: fits ? below : Math.max(GAP, anchor.top - card.height - GAP) };
  }

  function fill(card, facts) {
    card.replaceChildren();
    facts.forEach(function (fact) {
      const line = document.createElement("p");
      if (fact[0]) {
        const label = document.createElement("span");
        label.className = "explanation__label";
        label.textContent = fact[0];
        line.append(label);
      } else {
        line.className = "explanation__name";
      }
      line.append(document.createTextNode(fact[1]));
      card.append(line);
    });
  }

  function show(target) {
    const card = document.getElementById("explanation");
    const facts = JSON.parse(target.dataset.explain);
    if (!card || !facts.length) return;
    fill(card, facts);
    card.hidden = false;
    const size = card.getBoundingClientRect();
    const screen = { width: globalThis.innerWidth, height: globalThis.innerHeight };
    const spot = place(target.getBoundingClientRect(), size, screen);
    card.style.left = spot.left + "px";
    card.style.top = spot.top + "px";
    target.setAttribute("aria-describedby", "explanation");
    shown = target;
  }

  function hide() {
    const card = document.getElementById("explanation");
    if (card) card.hidden = true;
    if (shown) shown.removeAttribute("aria-describedby");
    shown = null;
  }

  function explained(event) {
    return event.target.closest ? event.target.closest("[data-explain]") : null;
  }

  function follow(event) {
    const target = explained(event);
    if (target === shown) return;
    if (target) {
      hide();
      show(target);
    } else if (shown) {
      hide();
    }
  }

  if (globalThis.document) {
    document.addEventListener("pointerover", follow);
    document.addEventListener("focusin", follow);
    document.addEventListener("click", follow);
    document.addEventListener("scroll", hide, true);
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape") hide();
    });
  }
  cityvitals.explain = { place: place };
})();
