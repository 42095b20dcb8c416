// One answer of the server made ready to draw: numbers unpacked, classes found, the colour table built.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});

  // What every area is painted with. classes: {bounds, colours}; missing: a paint per status word.
  function paintsOf(values, status, { bounds, colours }, missing) {
    const classes = colours.map((colour) => ({ colour })), words = cityvitals.areaValues.STATUSES.map((word) => missing[word]);
    return Array.from(values, (value, area) => words[status[area]]
      || (Number.isNaN(value) ? missing.none : classes[cityvitals.areaColours.classOf(value, bounds)]) || missing.none);
  }

  cityvitals.areaShown = function (payload, areas) {
    const { floats, statuses, ranks } = cityvitals.areaValues;
    const values = floats(payload.values);
    const status = statuses(payload.status, values.length);
    const paints = paintsOf(values, status, payload.classes, payload.colours.missing);
    return {
      payload, values, status,
      names: areas.names["names_" + payload.language] || areas.names.names_zh,
      previous: payload.previous ? floats(payload.previous) : null,
      told: new Map(), // details of single areas, asked for when hovered
      get ranks() {
        return (this.ranked = this.ranked || ranks(values, status, payload.direction));
      },
      colours: cityvitals.areaColours.table(paints),
      words: payload.words,
    };
  };
})();
