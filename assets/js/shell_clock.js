// The wall clock, in the installation's time zone.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});

  function time(moment, timezone) {
    const format = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: timezone || undefined };
    return new Intl.DateTimeFormat("en-GB", format).format(moment);
  }

  function tick() {
    const clock = document.getElementById("clock");
    if (clock) clock.textContent = time(new Date(), clock.dataset.timezone);
    globalThis.setTimeout(tick, clock ? 1000 * (60 - new Date().getSeconds()) : 200);
  }

  if (globalThis.document) tick();
  cityvitals.clock = { time: time };
})();
