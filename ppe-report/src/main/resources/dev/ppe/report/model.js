/*
 * ppe.model(host, data, options): the page of one model; data is what ModelJson writes.
 *
 * options: compareWith (data of another model); nav (false leaves the links to the sections out);
 *   prefix (for the ids of sections, where one page has several models).
 * Returns {dispose(), view, ready: a promise that is kept when all is drawn}.
 */
"use strict";
(function () {
  const { el, format } = ppe;

  /** What the parts of a page share: the data, what belongs together, and what is selected. */
  function viewOf(data) {
    const blockOf = new Array(data.layers.length).fill(0);
    data.blocks.forEach((block, b) => {
      for (let i = 0; i < block.layers; i++) blockOf[block.first + i] = b;
    });
    const inBlock = (block) => data.layers.slice(block.first, block.first + block.layers);
    const listeners = [];
    return {
      data,
      blockOf,
      charts: [],
      disposers: [],
      totalUs: data.figures.latencyUs || 1e-12,
      blockUs: data.blocks.map((block) => inBlock(block).reduce((sum, layer) => sum + layer.us, 0)),
      blockTime: data.blocks.map((block) => data.causes.map((_, c) => inBlock(block).reduce((sum, layer) => sum + layer.time[c], 0))),
      inBlock,
      selected: {},
      /** The kind of a block, as it is called. */
      kindOf(at) {
        const { kind, residual } = data.blocks[at];
        return residual && !kind.startsWith("residual") ? "residual " + kind : kind;
      },
      /** The name without the folders of its block; of joined names the first. */
      shortName(i) {
        const layer = data.layers[i];
        if (!layer) return "";
        const name = layer.name.split(";")[0];
        const block = data.blocks[blockOf[i]];
        return block.layers > 1 && name.startsWith(block.name + "/") ? name.slice(block.name.length + 1) : name;
      },
      onSelect(listener) {
        listeners.push(listener);
      },
      select(what) {
        this.selected = what;
        listeners.forEach((listener) => listener(what));
      },
    };
  }

  /* Figures at the top. */

  function tile(title, text, note, before, after) {
    const share = before > 0 && after > 0 ? after / before - 1 : undefined;
    return el("div", { class: "tile" }, el("dt", {}, title),
      el("dd", {}, el("div", { class: "value" }, ppe.quantity(text)),
        note ? el("div", { class: "note" }, note) : null,
        share !== undefined && el("div", { class: "note " + (share < -0.0005 ? "better" : share > 0.0005 ? "worse" : "") }, format.change(share) + " in the other")));
  }

  function tiles(data, other) {
    const f = data.figures;
    const g = other ? other.figures : {};
    const m = data.memory;
    const params = m.paramsCachedBytes + m.paramsStreamedBytes;
    return el("dl", { class: "tiles" },
      tile("Latency", format.time(f.latencyUs), f.firstLatencyUs > f.latencyUs * 1.0005 ? "first inference " + format.time(f.firstLatencyUs) : f.cycles > 0 ? format.number(f.cycles) + " cycles" : "", f.latencyUs, g.latencyUs),
      f.energyUj > 0
        ? tile("Energy", format.energy(f.energyUj), format.energy(f.activeEnergyUj) + " above idle", f.energyUj, g.energyUj)
        : tile("Energy", "–", "not counted"),
      f.energyUj > 0 && tile("Power", format.power(f.averagePowerMw), `peak ${format.power(f.peakPowerMw)}, idle ${format.power(f.idlePowerMw)}`, f.averagePowerMw, g.averagePowerMw),
      f.utilization > 0 && tile("Use of the peak", format.percent(f.utilization), format.rate(f.peakMacsPerSecond) + " at most"),
      tile("Work", format.count(f.macs) + " MACs", `${format.count(f.parameters)} parameters`, f.macs, g.macs),
      params > 0 && tile("Parameters", format.bytes(params), m.paramsStreamedBytes > 0 ? format.bytes(m.paramsStreamedBytes) + " streamed" : "all stay on the chip"),
      m.peMemoryPeakBytes > 0 && tile("PE memory peak", format.bytes(m.peMemoryPeakBytes), `of ${format.bytes(m.peMemoryBytes)}, lower bound ${format.bytes(m.peMemoryLowerBoundBytes)}`));
  }

  function overview(host, data, id) {
    const { body } = ppe.section(host, { id: id("bounds"), title: "What bounds it" });
    const columns = el("div", { class: "columns" });
    body.append(columns);
    const left = el("div", {}, el("h3", {}, "Time"));
    columns.append(left);
    ppe.shareBar(left, data.causes.map((name, i) => ({ name, value: data.time[i], color: `var(--cause-${i})`, text: format.time(data.time[i]) })), "Time");
    if (data.figures.energyUj > 0) {
      const right = el("div", {}, el("h3", {}, "Energy"));
      columns.append(right);
      ppe.shareBar(right, data.parts.map((name, i) => ({ name, value: data.energy[i], color: `var(--part-${i})`, text: format.energy(data.energy[i]) })), "Energy");
    }
    if (data.advice) body.append(ppe.note(sentence(data.advice)));
    data.warnings.forEach((warning) => body.append(ppe.note(sentence(warning), true)));
  }

  const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");

  /* What is selected, beside the network. */

  function describe(host, view) {
    const { data } = view;
    const show = ({ block, layer }) => {
      if (block === undefined) {
        host.replaceChildren(el("h3", {}, "Nothing selected"), el("p", { class: "muted small" }, "Choose a block to open it, a layer to see what holds it back. Layers can be chosen in the charts and in the table, too."));
      } else if (layer === undefined) {
        host.replaceChildren(...blockFacts(view, block));
      } else {
        host.replaceChildren(...layerFacts(view, layer));
      }
    };
    view.onSelect(show);
    show(view.selected);
    return data;
  }

  function causesBar(data, time, label) {
    const box = el("div");
    ppe.shareBar(box, data.causes.map((name, i) => ({ name, value: time[i], color: `var(--cause-${i})`, text: format.time(time[i]) })), label);
    return box;
  }

  function blockFacts(view, at) {
    const { data } = view;
    const block = data.blocks[at];
    const layers = view.inBlock(block);
    const total = (name) => layers.reduce((sum, layer) => sum + (layer[name] || 0), 0);
    return [
      el("h3", {}, block.name),
      el("p", { class: "muted small" }, view.kindOf(at)),
      ppe.facts([
        ["time", `${format.time(view.blockUs[at])}, ${format.percent(view.blockUs[at] / view.totalUs)}`],
        ["energy", total("uj") > 0 ? `${format.energy(total("uj"))}, ${format.percent(total("uj") / data.figures.energyUj)}` : ""],
        ["MACs", total("macs") > 0 ? `${format.count(total("macs"))}, ${format.percent(total("macs") / data.figures.macs)}` : ""],
        ["parameters", total("parameterBytes") > 0 ? format.bytes(total("parameterBytes")) : ""],
        ["from", ppe.shape(layers[0].input)],
        ["to", ppe.shape(layers[layers.length - 1].output)],
      ]),
      el("h4", {}, "Where its time goes"),
      causesBar(data, view.blockTime[at], "Time of the block"),
      el("h4", {}, layers.length + " layers"),
      el("ul", { class: "layer-list" }, layers.map((layer, i) => el("li", {}, el("button", {
        type: "button", on: { click: () => view.select({ block: at, layer: block.first + i }) },
      }, el("span", {}, view.shortName(block.first + i), el("span", { class: "muted" }, "  " + layer.kind)), el("b", {}, format.time(layer.us)))))),
    ];
  }

  function layerFacts(view, at) {
    const { data } = view;
    const layer = data.layers[at];
    const block = data.blocks[view.blockOf[at]];
    const bytes = (name) => (layer[name] ? format.bytes(layer[name]) : "");
    const roof = data.roofline.points.find((point) => point.layer === at);
    const facts = [
      el("h3", {}, layer.name),
      el("p", { class: "muted small" }, [layer.kind, layer.window].filter(Boolean).join(", ")),
      layer.host && ppe.note("On the host: " + layer.placementReason, true),
      layer.outside && ppe.note("Outside of what was validated: " + layer.outside, true),
      ppe.facts([
        ["time", `${format.time(layer.us)}, ${format.percent(layer.us / view.totalUs)}`],
        ["runs", `${format.time(layer.startUs)} to ${format.time(layer.finishUs)}`],
        ["bound by", layer.boundBy],
        ["shape", [layer.input, layer.output].filter(Boolean).map(ppe.shape).join(" → ")],
        ["MACs", layer.macs ? `${format.count(layer.macs)}, ${format.percent(layer.utilization || 0)} of the peak` : ""],
        ["roof", roof ? `${format.percent(roof.attained / roof.roof)} of ${roof.boundBy === "peak" ? "the peak" : "what " + data.roofline.ways.find((way) => way.id === roof.boundBy).name + " allows"}` : ""],
        ["tiling", layer.tiling ? layer.tiling + " (rows x columns x channels)" : ""],
        ["parameters", layer.parameterBytes ? `${format.bytes(layer.parameterBytes)}, ${layer.cached ? "stay on the chip" : "streamed"}` : ""],
      ]),
      el("h4", {}, "Where its time goes"),
      layer.us > 0 ? causesBar(data, layer.time, "Time of the layer") : el("p", { class: "muted small" }, "Hidden behind other layers."),
      el("h4", {}, "Bytes moved"),
      ppe.facts([
        ["activations in", bytes("activationReadBytes")], ["to PE memory", bytes("peMemoryWriteBytes")], ["parameters in", bytes("parameterReadBytes")],
        ["between PEs", bytes("networkBytes")], ["DRAM", bytes("dramBytes")], ["host link", bytes("hostLinkBytes")],
      ]),
    ];
    if (layer.energy) {
      const box = el("div");
      ppe.shareBar(box, data.parts.map((name, i) => ({ name, value: layer.energy[i], color: `var(--part-${i})`, text: format.energy(layer.energy[i]) })), "Energy of the layer");
      facts.push(el("h4", {}, "Energy " + format.energy(layer.uj)), box);
    }
    if (block.layers > 1) {
      facts.push(el("p", { class: "small", style: { "margin-top": "12px" } }, el("button", { class: "button", type: "button", on: { click: () => view.select({ block: view.blockOf[at] }) } }, "All of " + block.name)));
    }
    return facts.filter(Boolean);
  }

  /** The layers in a row, as wide as they are slow. */
  function ribbon(host, view) {
    const { data } = view;
    const cause = new Map(data.causes.map((name, i) => [name, i]));
    const spans = data.layers.map((layer, i) => layer.us > 0 && el("span", {
      "data-at": i, title: `${layer.name}: ${format.time(layer.us)}, ${layer.boundBy}`,
      style: { flex: layer.us + " 1 0", background: `var(--cause-${cause.get(layer.boundBy) ?? 7})` },
    }));
    const strip = el("div", { class: "ribbon" + (data.layers.length > 150 ? " many" : ""), role: "img", "aria-label": "The layers in order, as wide as they are slow, coloured by what bounds them" }, spans.filter(Boolean));
    strip.addEventListener("click", (event) => {
      const at = event.target.dataset.at;
      if (at !== undefined) view.select({ layer: Number(at), block: view.blockOf[at] });
    });
    view.onSelect(({ layer, block }) => {
      for (const marked of strip.querySelectorAll(".selected")) marked.classList.remove("selected");
      spans.forEach((span, i) => {
        if (span && block !== undefined && (layer === undefined ? view.blockOf[i] === block : i === layer)) span.classList.add("selected");
      });
    });
    host.append(strip);
  }

  function network(host, view) {
    const { data } = view;
    const { body } = ppe.section(host, {
      id: view.id("network"), title: "Network",
      text: data.graphKnown ? "Block by block; choose one to open it. The strip shows all layers in order, as wide as they are slow." : "Layers in the order in which they run: how they hang together is not known here.",
    });
    if (data.layers.length === 0) {
      body.append(el("p", { class: "empty" }, "The answer holds no layers."));
      return;
    }
    ribbon(body, view);
    const graph = el("div", { style: { "min-width": "0" } });
    const detail = el("aside", { class: "detail", "aria-live": "polite", "aria-label": "What is selected" });
    body.append(el("div", { class: "graph-and-detail" }, graph, detail));
    const slowest = view.blockUs.indexOf(Math.max(...view.blockUs));
    view.selected = { block: slowest, layer: data.blocks[slowest].layers === 1 ? data.blocks[slowest].first : undefined };
    describe(detail, view);
    view.disposers.push(ppe.modelGraph(graph, view));
  }

  function about(host, data, id) {
    const { body } = ppe.section(host, { id: id("about"), title: "What was asked" });
    const f = data.figures;
    body.append(el("div", { class: "columns" },
      ppe.facts([
        ["model", data.model], ["input", data.inputs.join(", ")], ["accelerator", data.accelerator], ["fidelity", data.fidelity === "cycle" ? "cycle level" : data.fidelity],
        ["precision", data.precision], ["operators", f.operators + (f.hostOperators ? `, ${f.hostOperators} on the host` : ", all on the accelerator")],
        ["efficiency", f.topsPerWatt > 0 ? format.number(f.topsPerWatt) + " TOPS/W" : ""],
        ["at a steady rate", f.rateAveragePowerMw > 0 ? `${format.power(f.rateAveragePowerMw)} at ${format.number(f.sustainedRate)} a second` : ""],
      ]),
      ppe.facts([
        ["input", format.bytes(data.memory.inputBytes)], ["output", format.bytes(data.memory.outputBytes)], ["instructions", format.bytes(data.memory.instructionBytes)],
        ["parameters on the chip", format.bytes(data.memory.paramsCachedBytes)], ["parameters streamed", format.bytes(data.memory.paramsStreamedBytes)],
        ["activations off the chip", data.memory.offChipActivationBytes > 0 ? format.bytes(data.memory.offChipActivationBytes) : ""],
        ["simulator", data.simulatorVersion], ["prices of energy", data.energyTable ? `${data.energyTable}, version ${data.energyTableVersion}` : ""],
        ["graph", el("code", { title: data.graphHash }, data.graphHash.slice(0, 16))],
      ])));
  }

  ppe.model = function (host, data, options = {}) {
    const view = viewOf(data);
    const prefix = options.prefix || "";
    view.id = (name) => prefix + name;
    const other = options.compareWith;
    host.replaceChildren();
    const wrap = el("div", { class: "wrap" });
    const sections = [
      ["bounds", "What bounds it"], ...(other ? [["compare", "Comparison"]] : []), ["network", "Network"], ["layers", "Layers"],
      ["roofline", "Roofline"], ["course", "Memory over time"], ["about", "What was asked"],
    ].map(([id, title]) => ({ id: prefix + id, title }));
    const top = el("div", { class: "wrap" }, tiles(data, other));
    host.append(top);
    if (options.nav !== false) ppe.sectionNav(host, sections);
    host.append(wrap);
    overview(wrap, data, view.id);
    const section = (id, title, text) => ppe.section(wrap, { id: prefix + id, title, text });
    let finish;
    const ready = new Promise((resolve) => (finish = resolve));
    const parts = [
      () => {
        if (!other) return;
        const { body } = section("compare", "Comparison", "First this model, then the other; layers paired in their order.");
        ppe.modelCompare(body, view, other);
      },
      () => network(wrap, view),
      () => {
        const sum = view.blockUs.reduce((total, us) => total + us, 0);
        const { body, tools } = section("layers", "Layers", `Time on the critical path: layers add up to ${format.time(sum)}, and ${format.time(Math.max(0, view.totalUs - sum))} are no layer's.`);
        if (data.layers.length === 0) body.append(el("p", { class: "empty" }, "The answer holds no layers."));
        else ppe.modelLayers(body, view, tools);
      },
      () => {
        const { body, tools } = section("roofline", "Roofline", "Each layer under the lowest of its roofs; the larger, the slower.");
        ppe.modelRoofline(body, view, tools);
      },
      () => {
        const { body } = section("course", "Memory over time", "One inference from its start to its end; drag below to zoom.");
        ppe.modelCourse(body, view);
      },
      () => about(wrap, data, view.id),
      () => {
        view.select(view.selected);
        view.started = true;
      },
    ];
    let disposed = false;
    ppe.inTurn(parts.map((part) => () => !disposed && part()), () => {
      host.dataset.ready = "true";
      finish();
    });
    delete host.dataset.ready;
    return {
      view,
      ready,
      dispose() {
        disposed = true;
        view.charts.forEach((chart) => chart.dispose());
        view.disposers.forEach((each) => each.dispose());
        host.replaceChildren();
      },
    };
  };
})();
