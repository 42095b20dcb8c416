// One answer of the server made ready to draw: numbers unpacked, classes found, the colour table built.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});

  // What one area is painted with. classes: {bounds, colours}; missing: a paint per status word.
  function paint(value, status, classes, missing) {
    const word = cityvitals.areaValues.STATUSES[status];
    if (missing[word]) return missing[word];
    if (Number.isNaN(value) || !classes.colours.length) return missing.none;
    return { colour: classes.colours[cityvitals.areaColours.classOf(value, classes.bounds)] };
  }

  cityvitals.areaShown = function (payload, areas) {
    const { floats, statuses, ranks } = cityvitals.areaValues;
    const values = floats(payload.values);
    const status = statuses(payload.status, values.length);
    const paints = Array.from(values, (value, area) => paint(value, status[area], payload.classes, payload.colours.missing));
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
