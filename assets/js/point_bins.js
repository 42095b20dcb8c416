// What one tile shows of a point file: places on the tile, how many fall into each small square, the nearest to a place.
// A view is {scale, left, top, width, height}: pixels per metre, the tile's corner in pixels from the corner of the
// Web Mercator plane (its middle is 0, 0; y grows southwards), its size in pixels.
(function () {
  "use strict";
  const cityvitals = (globalThis.cityvitals = globalThis.cityvitals || {});

  const SAMPLED = 4096;

  // Numbers of the cells of a grid that a box in pixels of the tile touches: [first column, last, first row, last].
  function cellsIn(file, view, margin) {
    const size = file.cell * file.step * view.scale;
    const x = (view.left - file.west * view.scale), y = (view.top + file.north * view.scale);
    const range = (from, to, most) => [Math.max(0, Math.floor(from / size)), Math.min(most - 1, Math.floor(to / size))];
    return [
      ...range(x - margin, x + view.width + margin, file.columns),
      ...range(y - margin, y + view.height + margin, file.rows),
    ];
  }

  // Calls visit(number, x, y) for every shown point whose place on the tile is inside it or within the margin.
  function eachPoint(file, view, shown, margin, visit) {
    const [first, last, top, bottom] = cellsIn(file, view, margin);
    const unit = file.step * view.scale, half = unit / 2;
    const x0 = file.west * view.scale - view.left + half, y0 = -file.north * view.scale - view.top + half;
    for (let row = top; row <= bottom && first <= last; row++) {
      const from = file.starts[row * file.columns + first], to = file.starts[row * file.columns + last + 1];
      for (let i = from; i < to; i++) {
        if (!shown[file.category[i]]) continue;
        const x = x0 + file.x[i] * unit, y = y0 + file.y[i] * unit;
        if (x >= -margin && y >= -margin && x < view.width + margin && y < view.height + margin) visit(i, x, y);
      }
    }
  }

  // Squares of `size` pixels over the tile and `around` more of them on every side: the total and the commonest category.
  function squares(view, size, around) {
    const columns = Math.ceil(view.width / size) + 2 * around, rows = Math.ceil(view.height / size) + 2 * around;
    return {
      size, around, columns, rows, total: new Float32Array(columns * rows), most: new Float32Array(columns * rows),
      category: new Uint8Array(columns * rows), apart: [], filled: false,
    };
  }

  function add(bins, column, row, category, amount) {
    if (column < 0 || row < 0 || column >= bins.columns || row >= bins.rows) return;
    const at = row * bins.columns + column;
    const counts = bins.apart[category] || (bins.apart[category] = new Float32Array(bins.total.length));
    bins.filled = true;
    const mine = (counts[at] += amount);
    bins.total[at] += amount;
    if (mine > bins.most[at]) [bins.most[at], bins.category[at]] = [mine, category];
  }

  function ofPoints(file, view, shown, size, around) {
    const bins = squares(view, size, around);
    eachPoint(file, view, shown, around * size, (i, x, y) => {
      add(bins, Math.floor(x / size) + around, Math.floor(y / size) + around, file.category[i], 1);
    });
    return bins;
  }

  // Where the cells of one axis begin among the squares, and which share of each lies in its first square.
  function axis(start, width, first, last) {
    const low = new Int32Array(Math.max(0, last - first + 1)), share = new Float32Array(low.length);
    for (let n = 0; n < low.length; n++) {
      const from = start + (first + n) * width;
      low[n] = Math.floor(from);
      share[n] = Math.min(1, (low[n] + 1 - from) / width);
    }
    return { low, share };
  }

  // An overview's cells are spread over the squares they cover, by share, so that the two grids leave no pattern.
  function ofOverview(file, view, shown, size) {
    const bins = squares(view, size, 0), [first, last, top, bottom] = cellsIn(file, view, 0);
    const width = (file.step * view.scale) / size;
    const across = axis((file.west * view.scale - view.left) / size, width, first, last);
    const down = axis((-file.north * view.scale - view.top) / size, width, top, bottom);
    for (let row = top; row <= bottom && first <= last; row++) {
      const y = down.low[row - top], upper = down.share[row - top];
      for (let i = file.starts[row]; i < file.starts[row + 1]; i++) {
        const place = file.column[i] - first, category = file.category[i];
        if (place < 0 || place >= across.low.length || !shown[category]) continue;
        const x = across.low[place], left = across.share[place], amount = file.amount[i];
        if (width > 1) {
          spread(bins, x + 1 - left * width, y + 1 - upper * width, width, category, amount);
          continue;
        }
        add(bins, x, y, category, amount * left * upper);
        if (left < 1) add(bins, x + 1, y, category, amount * (1 - left) * upper);
        if (upper < 1) add(bins, x, y + 1, category, amount * left * (1 - upper));
        if (left < 1 && upper < 1) add(bins, x + 1, y + 1, category, amount * (1 - left) * (1 - upper));
      }
    }
    return bins;
  }

  // A cell wider than a square. left, top: where it begins, in squares.
  function spread(bins, left, top, width, category, amount) {
    const share = amount / (width * width);
    for (let row = Math.floor(top); row < top + width; row++) {
      const height = Math.min(row + 1, top + width) - Math.max(row, top);
      for (let column = Math.floor(left); column < left + width; column++) {
        add(bins, column, row, category, share * height * (Math.min(column + 1, left + width) - Math.max(column, left)));
      }
    }
  }

  // The shown point nearest to a place (Mercator metres), no further than `reach` metres; -1 where there is none.
  function nearest(file, shown, x, y, reach) {
    const view = { scale: 1, left: x, top: -y, width: 0, height: 0 };
    let best = -1, shortest = reach;
    eachPoint(file, view, shown, reach, (i, dx, dy) => {
      const distance = Math.hypot(dx, dy);
      if (distance <= shortest) [best, shortest] = [i, distance];
    });
    return best;
  }

  // Mercator metres of one point: the middle of its step.
  function metres(file, number) {
    return [file.west + (file.x[number] + 0.5) * file.step, file.north - (file.y[number] + 0.5) * file.step];
  }

  // Shown points per square metre where many are, from some thousand cells: what full colour stands for.
  function peak(file, shown) {
    const counts = [], isOverview = file.kind === "overview", all = isOverview ? file.count : file.starts.length - 1;
    for (let i = 0, step = Math.ceil(all / SAMPLED) || 1; i < all; i += step) {
      const here = isOverview ? file.amount[i] * shown[file.category[i]] : file.starts[i + 1] - file.starts[i];
      if (here) counts.push(here);
    }
    const ordered = Uint32Array.from(counts).sort(), side = file.cell * file.step;
    return ordered.length ? ordered[Math.floor(0.98 * (ordered.length - 1))] / (side * side) : 0;
  }

  cityvitals.pointBins = { eachPoint, ofPoints, ofOverview, nearest, metres, peak };
})();
