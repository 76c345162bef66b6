/*
 * ppe.graphLayout: where the nodes of a network go.
 *
 * A node's rank is the longest way to it; nodes of one rank stand side by side, each below the one that it reads
 * first where there is room. Ways over more than one rank run in gutters on the left, shorter ones inside. Where
 * nothing but one way crosses, the column is broken and goes on beside itself.
 */
"use strict";
(function () {
  const GAP = 18; // between ranks
  const TRACK = 9; // between gutters
  const NARROWEST = 138; // node
  const APART = 12; // nodes of a rank

  /** Ranks and columns of nodes 0..n-1, whose edges go from lower to higher numbers; no rank has more than most. */
  function arrange(n, edges, most) {
    const before = Array.from({ length: n }, () => []);
    for (const [from, to] of edges) if (from < to) before[to].push(from);
    const rank = new Array(n).fill(0);
    const rows = [];
    for (let node = 0; node < n; node++) {
      for (const from of before[node]) rank[node] = Math.max(rank[node], rank[from] + 1);
      while ((rows[rank[node]] = rows[rank[node]] || []).length >= most) rank[node]++;
      rows[rank[node]].push(node);
    }
    // Of those that read one node, the one with the longest way before it goes straight on.
    const after = new Array(n).fill(0);
    for (let node = n - 1; node >= 0; node--) {
      for (const from of before[node]) after[from] = Math.max(after[from], after[node] + 1);
    }
    const column = new Array(n).fill(0);
    for (const row of rows) {
      const free = new Set(Array.from({ length: most }, (_, i) => i));
      for (const node of [...row].sort((a, b) => after[b] - after[a] || a - b)) {
        const near = before[node].filter((from) => rank[from] === rank[node] - 1).sort((a, b) => after[b] - after[a])[0];
        const wish = near === undefined ? 0 : column[near];
        column[node] = [...free].sort((a, b) => Math.abs(a - wish) - Math.abs(b - wish) || a - b)[0];
        free.delete(column[node]);
      }
    }
    const used = [...new Set(column)].sort((a, b) => a - b);
    return { rank, column: column.map((each) => used.indexOf(each)), ranks: rows.length, columns: Math.max(1, used.length) };
  }

  /** Gutters of edges over more than one rank: one for all from the same node; those in one do not overlap. */
  function gutters(edges, rank) {
    const long = edges.filter(([from, to]) => rank[to] - rank[from] > 1);
    const reach = new Map();
    for (const [from, to] of long) reach.set(from, Math.max(reach.get(from) || 0, rank[to]));
    const ends = [];
    const track = new Map();
    for (const [from, end] of [...reach].sort((a, b) => a[1] - rank[a[0]] - (b[1] - rank[b[0]]) || a[0] - b[0])) {
      const start = rank[from];
      let at = 0;
      while ((ends[at] = ends[at] || []).some(([a, b]) => start < b && a < end)) at++;
      ends[at].push([start, end]);
      track.set(from, at);
    }
    return { gutter: new Map(long.map((edge) => [edge, track.get(edge[0])])), tracks: ends.length };
  }

  /** Where each node of a column of ranks is: heights of nodes to positions. */
  function place(arranged, edges, heights, width) {
    const { gutter, tracks } = gutters(edges, arranged.rank);
    const left = tracks === 0 ? 0 : 8 + tracks * TRACK;
    const share = (width - left - (arranged.columns - 1) * APART) / arranged.columns;
    const node = arranged.columns === 1 ? share : Math.max(NARROWEST, share);
    const tall = new Array(arranged.ranks).fill(0);
    arranged.rank.forEach((rank, i) => (tall[rank] = Math.max(tall[rank], heights(i, node))));
    const top = [];
    let y = 0;
    tall.forEach((height, rank) => {
      top[rank] = y;
      y += height + GAP;
    });
    const boxes = arranged.rank.map((rank, i) => ({
      x: left + arranged.column[i] * (node + APART), y: top[rank], width: node, height: heights(i, node),
    }));
    return { boxes, gutter, left, height: Math.max(0, y - GAP), width: left + arranged.columns * (node + APART) - APART, top, tall };
  }

  /** Splits ranks into columns of much the same height, at ranks that no long edge crosses. */
  function wrap(arranged, edges, placed, most) {
    // How many edges cross before each rank without ending there and beginning right before it.
    const crossing = new Array(arranged.ranks + 1).fill(0);
    for (const [from, to] of edges) {
      if (arranged.rank[to] - arranged.rank[from] > 1) {
        crossing[arranged.rank[from] + 1]++;
        crossing[arranged.rank[to] + 1]--;
      }
    }
    for (let rank = 1; rank <= arranged.ranks; rank++) crossing[rank] += crossing[rank - 1];
    const target = Math.max(420, placed.height / most + 40);
    const starts = [0];
    for (let rank = 1; rank < arranged.ranks && starts.length < most; rank++) {
      const end = placed.top[rank] + placed.tall[rank] - placed.top[starts[starts.length - 1]];
      if (end > target && crossing[rank] === 0) starts.push(rank);
    }
    const height = (i) => (i + 1 < starts.length ? placed.top[starts[i + 1]] : placed.height) - placed.top[starts[i]];
    const uneven = starts.some((_, i) => height(i) > 1.5 * target) || height(starts.length - 1) < 0.3 * target;
    return uneven ? [0] : starts;
  }

  ppe.graphLayout = { arrange, gutters, place, wrap, GAP, TRACK, NARROWEST };
})();
