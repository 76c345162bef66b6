/*
 * ppe.modelGraph(host, view): a network block by block. A block is a box, coloured by its share of the
 * latency; opened, it is a frame with its layers in it. view is model.js's.
 * graph-layout.js says where they go.
 */
"use strict";
(function () {
  const { el, svg, format } = ppe;
  const { arrange, gutters, place, wrap, GAP, TRACK, NARROWEST } = ppe.graphLayout;
  const BLOCK = 54;
  const LAYER = 40;
  const FRAME_HEAD = 40;
  const PAD = 10;
  const APART = 44;

  function shorten(text, width, size) {
    const most = Math.max(3, Math.floor(width / (size * 0.6)));
    if (text.length <= most) return text;
    const head = Math.ceil((most - 1) / 2);
    return text.slice(0, head) + "…" + text.slice(text.length - (most - 1 - head));
  }

  ppe.modelGraph = function (host, view) {
    const { data } = view;
    const blockOf = view.blockOf;
    const between = new Map();
    for (const [from, to] of data.edges) {
      const [a, b] = [blockOf[from], blockOf[to]];
      if (a !== b) between.set(a + " " + b, [a, b]);
    }
    const edges = [...between.values()];
    let room = 0; // as wide as it was drawn
    let arranged;
    const insides = data.blocks.map(() => []);
    const entering = data.blocks.map(() => new Set());
    for (const [from, to] of data.edges) {
      const at = blockOf[to];
      const { first } = data.blocks[at];
      if (blockOf[from] === at) insides[at].push([from - first + 1, to - first + 1]);
      else entering[at].add(to - first + 1);
    }
    const inner = data.blocks.map((block, at) => {
      const [inside, entries] = [insides[at], entering[at]];
      if (entries.size === 0) entries.add(1);
      const all = [...[...entries].map((to) => [0, to]), ...inside]; // 0: where the block's input comes in
      return { edges: all, layers: block.layers, arranged: arrange(block.layers + 1, all, 6) };
    });
    const wide = (columns) => columns * (NARROWEST + 12) + 60;
    const columnsIn = (width) => Math.max(1, Math.floor((width - 30) / (NARROWEST + 12)));
    const open = new Set();
    const slowest = Math.max(...view.blockUs, 1e-12);

    const scroller = el("div", { class: "graph-scroll", tabindex: -1 });
    const tools = el("div", { class: "graph-tools" });
    const all = el("button", { class: "button", type: "button" }, "Open all blocks");
    all.addEventListener("click", () => {
      const opening = open.size === 0;
      open.clear();
      if (opening) data.blocks.forEach((block, i) => block.layers > 1 && open.add(i));
      all.textContent = opening ? "Close all blocks" : "Open all blocks";
      draw();
    });
    tools.append(all);
    const scale = el("span", { class: "graph-scale small muted", "aria-hidden": "true" });
    tools.append(scale);
    host.append(tools, scroller);

    const ink = () => ppe.colors().text;
    const marker = "arrow" + Math.random().toString(36).slice(2);

    function edge(d) {
      return svg("path", { d, class: "graph-edge", "marker-end": "url(#" + marker + ")" });
    }
    function down(a, b) {
      const [x1, y1, x2, y2] = [a.x + a.width / 2, a.y + a.height, b.x + b.width / 2, b.y - 1];
      if (Math.abs(x1 - x2) < 1) return edge(`M${x1} ${y1}V${y2}`);
      const middle = (y1 + y2) / 2;
      return edge(`M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}`);
    }
    function around(a, b, x) {
      const [y1, y2, r] = [a.y + a.height - 8, b.y + Math.min(14, b.height / 2), 7];
      return edge(`M${a.x} ${y1}H${x + r}Q${x} ${y1} ${x} ${y1 + r}V${y2 - r}Q${x} ${y2} ${x + r} ${y2}H${b.x - 1}`);
    }
    function over(a, b, bottom, x, top) {
      const [x1, y1, x2, r] = [a.x + a.width / 2, a.y + a.height, b.x + b.width / 2, 8];
      return edge(`M${x1} ${y1}V${bottom - r}Q${x1} ${bottom} ${x1 + r} ${bottom}H${x - r}Q${x} ${bottom} ${x} ${bottom - r}` +
        `V${top + r}Q${x} ${top} ${x + r} ${top}H${x2 - r}Q${x2} ${top} ${x2} ${top + r}V${b.y - 1}`);
    }

    /** A bar of causes along the lower edge of a box. */
    function causes(time, us, box) {
      const colors = ppe.colors().causes;
      const length = Math.max(3, (box.width - 2 * PAD) * Math.min(1, us / slowest));
      let x = box.x + PAD;
      const y = box.y + box.height - 9;
      const track = svg("rect", { x: x - 1, y: y - 1, width: box.width - 2 * PAD + 2, height: 6, rx: 2, class: "graph-track" });
      return [track, ...time.map((part, i) => {
        const width = us > 0 ? (part / us) * length : 0;
        const bar = width > 0.2 && svg("rect", { x, y, width, height: 4, fill: colors[i] });
        x += width;
        return bar;
      })];
    }

    function texts(box, name, detail, us, size) {
      const time = format.time(us);
      const share = format.percent(us / view.totalUs);
      const right = Math.max(time.length, share.length) * size * 0.6;
      const wide = box.width - 2 * PAD;
      const line1 = box.y + (box.height > 46 ? 19 : 15);
      const line2 = line1 + (box.height > 46 ? 16 : 13);
      return [
        svg("text", { x: box.x + PAD, y: line1, class: "graph-name", "font-size": size }, shorten(name, wide - right - 6, size * 1.06)),
        svg("text", { x: box.x + PAD, y: line2, class: "graph-detail", "font-size": size - 2 }, shorten(detail, wide - right - 2, size - 2)),
        svg("text", { x: box.x + box.width - PAD, y: line1, class: "graph-name", "text-anchor": "end", "font-size": size }, time),
        svg("text", { x: box.x + box.width - PAD, y: line2, class: "graph-detail", "text-anchor": "end", "font-size": size - 2 }, share),
      ];
    }

    function act(group, work) {
      group.addEventListener("click", (event) => {
        event.stopPropagation();
        work();
      });
      group.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          event.stopPropagation();
          work();
        } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
          const stops = [...scroller.querySelectorAll("[tabindex='0']")];
          const next = stops[stops.indexOf(group) + (event.key === "ArrowDown" ? 1 : -1)];
          if (next) {
            event.preventDefault();
            event.stopPropagation();
            next.focus();
          }
        }
      });
    }

    function layerBox(index, box) {
      const layer = data.layers[index];
      const group = svg("g", {
        class: "graph-node" + (view.selected.layer === index ? " selected" : ""), tabindex: 0, role: "button", "data-layer": index,
        "aria-label": `${layer.name}, ${layer.kind}, ${format.time(layer.us)}, ${format.percent(layer.us / view.totalUs)} of the time`,
      },
      svg("title", {}, layer.name),
      svg("rect", { x: box.x, y: box.y, width: box.width, height: box.height, rx: 6, fill: ppe.heat(layer.us / slowest), class: "graph-box" + (layer.host ? " host" : "") }),
      texts(box, view.shortName(index), (box.width < 190 ? [layer.kind] : [layer.kind, layer.window, ppe.shape(layer.output)]).filter(Boolean).join("  "), layer.us, 11.5),
      causes(layer.time, layer.us, { ...box, height: box.height + 3 }));
      act(group, () => view.select({ layer: index, block: blockOf[index] }));
      return group;
    }

    function blockBox(at, box) {
      const block = data.blocks[at];
      const us = view.blockUs[at];
      const last = data.layers[block.first + block.layers - 1];
      const single = block.layers === 1;
      const opened = open.has(at);
      const selected = view.selected.block === at && (view.selected.layer === undefined || single);
      const group = svg("g", {
        class: "graph-node" + (selected ? " selected" : ""), tabindex: 0, role: "button", "data-block": at,
        "aria-expanded": single ? undefined : String(opened),
        "aria-label": `${block.name}, ${block.kind}, ${block.layers} ${single ? "layer" : "layers"}, ${format.time(us)}, ${format.percent(us / view.totalUs)} of the time`,
      }, svg("title", {}, block.name + ": " + block.kind));
      const head = opened ? { ...box, height: FRAME_HEAD } : box;
      group.append(
        svg("rect", { x: box.x, y: box.y, width: box.width, height: box.height, rx: 9, class: "graph-box" + (opened ? " frame" : "") + (single && last.host ? " host" : ""), fill: opened ? ppe.colors().surface2 : ppe.heat(us / slowest) }),
        ...texts(head, block.name, (box.width < 230 ? [ppe.shape(last.output) || view.kindOf(at)] : [view.kindOf(at), ppe.shape(last.output)]).filter(Boolean).join("  "), us, 12.5));
      if (!opened) {
        group.append(...causes(view.blockTime[at], us, box).filter(Boolean));
        if (!single) { // cards behind say that there is more
          group.prepend(svg("rect", { x: box.x + 5, y: box.y + 4, width: box.width - 10, height: box.height, rx: 9, class: "graph-behind" }));
        }
      }
      act(group, () => {
        if (!single) {
          if (opened) open.delete(at);
          else open.add(at);
          all.textContent = open.size === 0 ? "Open all blocks" : "Close all blocks";
        }
        view.select({ block: at, layer: single ? block.first : undefined }, true);
        draw(at);
      });
      if (!opened) return [group];
      const { placed, edges: inside } = innerLayout(at, box.width);
      const shift = (b) => ({ ...b, x: b.x + box.x + PAD, y: b.y + box.y + FRAME_HEAD });
      const parts = [group];
      for (const edgeInside of inside) {
        const [a, b] = [shift(placed.boxes[edgeInside[0]]), shift(placed.boxes[edgeInside[1]])];
        const track = placed.gutter.get(edgeInside);
        parts.push(track === undefined ? down(a, b) : around(edgeInside[0] === 0 ? { ...a, x: a.x + a.width / 2, height: 8 } : a, b, box.x + PAD + placed.left - 8 - track * TRACK));
      }
      for (let i = 0; i < block.layers; i++) parts.push(layerBox(block.first + i, shift(placed.boxes[i + 1])));
      return parts;
    }

    /** Layers in their frame; number 0 is where the input comes in, and takes no room. */
    function innerLayout(at, width) {
      if (inner[at].width === width) return inner[at].layout;
      inner[at].width = width;
      return (inner[at].layout = layOut(at, width));
    }

    function layOut(at, width) {
      const { edges: inside, layers } = inner[at];
      const columns = Math.max(1, columnsIn(width - 2 * PAD));
      const ranks = columns < inner[at].arranged.columns ? arrange(layers + 1, inside, columns) : inner[at].arranged;
      const placed = place(ranks, inside, (i) => (i === 0 ? 0 : LAYER), width - 2 * PAD);
      const lift = GAP - 10;
      placed.boxes.forEach((box, i) => (box.y -= i === 0 ? 0 : lift));
      placed.height -= lift;
      return { placed, edges: inside };
    }

    function heightOf(at, width) {
      return open.has(at) ? FRAME_HEAD + innerLayout(at, width).placed.height + PAD : BLOCK;
    }

    function draw(focus) {
      const available = Math.max(200, scroller.clientWidth - 6);
      if (available !== room) {
        room = available;
        arranged = arrange(data.blocks.length, edges, columnsIn(available - 60));
      }
      const tracks = gutters(edges, arranged.rank).tracks;
      // Opened blocks with branches want room: fewer columns of ranks, then.
      const wanted = Math.max(arranged.columns > 1 ? wide(arranged.columns) : 250, ...[...open].map((at) => wide(inner[at].arranged.columns)));
      const most = Math.max(1, Math.min(4, Math.floor((available + APART) / (wanted + APART))));
      const placeIn = (fits, heights) => place(arranged, edges, heights,
        Math.min(Math.max(arranged.columns * 420, wanted) + 8 + tracks * TRACK, (available - (fits - 1) * APART) / fits));
      // Where columns break does not depend on what is open: nothing jumps when a block opens.
      const starts = wrap(arranged, edges, placeIn(most, () => BLOCK), most);
      const placed = placeIn(starts.length, heightOf);
      const columnOf = (rank) => starts.filter((start) => start <= rank).length - 1;
      const boxes = placed.boxes.map((box, i) => {
        const column = columnOf(arranged.rank[i]);
        return { ...box, x: box.x + column * (placed.width + APART) + 2, y: box.y - placed.top[starts[column]] + 16 };
      });
      const parts = [];
      for (const each of edges) {
        const [from, to] = each;
        const [a, b] = [columnOf(arranged.rank[from]), columnOf(arranged.rank[to])];
        const track = placed.gutter.get(each);
        if (a !== b) {
          parts.push(over(boxes[from], boxes[to], boxes[from].y + boxes[from].height + 12, b * (placed.width + APART) - 20, 6));
        } else if (track === undefined) {
          parts.push(down(boxes[from], boxes[to]));
        } else {
          parts.push(around(boxes[from], boxes[to], boxes[to].x - arranged.column[to] * (boxes[to].width + 12) - 8 - track * TRACK));
        }
      }
      data.blocks.forEach((block, i) => parts.push(...blockBox(i, boxes[i])));
      const height = Math.max(...boxes.map((box) => box.y + box.height)) + 16;
      const total = starts.length * (placed.width + APART) - APART + 4;
      const drawing = svg("svg", { width: Math.ceil(total), height: Math.ceil(height), class: "graph", role: "group", "aria-label": "The network, block by block" },
        svg("defs", {}, svg("marker", { id: marker, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" },
          svg("path", { d: "M0 1L7 4L0 7z", class: "graph-arrow" }))),
        parts);
      const [left, top] = [scroller.scrollLeft, scroller.scrollTop];
      scroller.replaceChildren(drawing);
      scroller.scrollLeft = left;
      scroller.scrollTop = top;
      scale.replaceChildren("share of the time: 0 ", el("span", { class: "heat-scale" }), " " + format.percent(slowest / view.totalUs));
      if (focus !== undefined) {
        const group = scroller.querySelector(`[data-block="${focus}"]`);
        if (group) group.focus({ preventScroll: true });
      }
    }

    draw();
    let drawnAt = scroller.clientWidth;
    const observer = new ResizeObserver(ppe.frame(() => {
      if (scroller.isConnected && Math.abs(scroller.clientWidth - drawnAt) > 4) {
        drawnAt = scroller.clientWidth;
        draw();
      }
    }));
    observer.observe(scroller);
    const forget = ppe.theme.onChange(() => draw());
    view.onSelect(({ block, layer }) => {
      for (const node of scroller.querySelectorAll(".selected")) node.classList.remove("selected");
      if (block === undefined) return;
      if (layer !== undefined && data.blocks[block].layers > 1 && !open.has(block)) {
        open.add(block);
        all.textContent = "Close all blocks";
        draw();
      }
      const single = data.blocks[block].layers === 1;
      const node = scroller.querySelector(layer !== undefined && !single ? `[data-layer="${layer}"]` : `[data-block="${block}"]`);
      if (node) {
        node.classList.add("selected");
        const box = node.getBoundingClientRect();
        const outside = scroller.getBoundingClientRect();
        if (view.started && (box.top < outside.top || box.bottom > outside.bottom)) scroller.scrollTop += box.top - outside.top - outside.height / 3;
      }
    });
    return {
      dispose() {
        observer.disconnect();
        forget();
      },
    };
  };
})();
