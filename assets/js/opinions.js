// Sends an expert's opinion on the figure that the list above the form is about; the server knows who writes.
(function () {
  "use strict";
  let sent = 0;

  function figureOf(form) {
    return form.parentElement.querySelector("[data-figure]");
  }

  // answer: an HTTP status, or what the page found itself; any other is that the server could not be reached.
  function tell(form, answer) {
    const words = form.getAttribute("data-said-" + answer) || form.getAttribute("data-said-else");
    form.querySelector(".opinion-form__answer").textContent = words;
  }

  function taken(form) {
    form.querySelector("textarea").value = "";
    sent += 1;
    globalThis.dash_clientside.set_props("indicator-opinion-sent", { data: sent });
  }

  function send(form, button) {
    const field = form.querySelector("textarea"), figure = figureOf(form), text = field.value.trim();
    if (!figure) return;
    if (!text && button.dataset.verdict !== "agree") {
      tell(form, "reason");
      field.focus();
      return;
    }
    const body = Object.assign({ verdict: button.dataset.verdict, text: text }, JSON.parse(figure.dataset.figure));
    const buttons = form.querySelectorAll("[data-verdict]");
    buttons.forEach(function (one) { one.disabled = true; });
    fetch("opinions", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) })
      .then(function (answer) {
        tell(form, String(answer.status));
        if (answer.status === 201) taken(form);
      })
      .catch(function () { tell(form, "else"); })
      .finally(function () { buttons.forEach(function (one) { one.disabled = false; }); });
  }

  // What a draft will be pinned to stands over it, and follows the selection.
  function name(form) {
    const figure = figureOf(form);
    form.querySelector(".opinion-form__about").textContent = figure ? figure.dataset.about : "";
  }

  if (globalThis.document) {
    document.addEventListener("click", function (event) {
      const button = event.target.closest && event.target.closest(".opinion-form [data-verdict]");
      if (button) send(button.closest(".opinion-form"), button);
    });
    document.addEventListener("toggle", function (event) {
      if (event.target.matches && event.target.matches(".opinion-form")) {
        event.target.querySelector(".opinion-form__answer").textContent = "";
        name(event.target);
      }
    }, true);
    new MutationObserver(function (records) {
      records.forEach(function (record) {
        const form = record.target.nextElementSibling;
        if (form && form.matches(".opinion-form")) globalThis.requestAnimationFrame(function () { name(form); });
      });
    }).observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: ["data-markup"] });
  }
})();
