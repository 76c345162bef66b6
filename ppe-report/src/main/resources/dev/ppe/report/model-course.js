/* ppe.modelCourse(host, view): memory, engines and power over the inference. */
"use strict";
(function () {
  const { el, format } = ppe;

  ppe.modelCourse = function (host, view) {
    const { data } = view;
    const { course } = data;
    if (!course) {
      host.append(el("p", { class: "empty" }, data.fidelity === "analytical"
        ? "Closed formulas give no course over time: --fidelity cycle does."
        : "The answer holds no timeline."));
      return;
    }
    const slice = course.endUs / course.slices;
    const layerAt = (us) => data.layers.find((layer) => layer.startUs <= us && us < layer.finishUs);
    const engines = course.engines;
    const step = (most) => 2 ** Math.max(0, Math.ceil(Math.log2(Math.max(1, most) / 4)));
    const parameterStep = step(Math.max(...course.parameterMemory.map(([, bytes]) => bytes), 1));
    const power = course.powerMw.some((mw) => mw > 0);
    const inUse = (levels) => levels.some(([, bytes]) => bytes > 0);
    const peMemory = inUse(course.peMemory);
    const parameterMemory = inUse(course.parameterMemory);

    function option(colors) {
      const rows = [
        peMemory && { title: "PE memory, of one PE", id: "pe", height: 104, unit: format.bytes, max: data.memory.peMemoryBytes || undefined, interval: data.memory.peMemoryBytes / 4 || undefined },
        parameterMemory && { title: "Parameter memory, of all PEs", id: "parameters", height: 76, unit: format.bytes, interval: parameterStep, max: parameterStep * Math.ceil(Math.max(...course.parameterMemory.map(([, bytes]) => bytes), 1) / parameterStep) },
        { title: "Engines at work", id: "engines", height: 22 * engines.length + 6, unit: String, engines: true },
        power && { title: "Power", id: "power", height: 84, unit: format.power },
      ].filter(Boolean);
      const at = (id) => rows.findIndex((row) => row.id === id);
      let top = 26;
      rows.forEach((row) => {
        row.top = top;
        top += row.height + 34;
      });
      const area = (index, name, data, color, step) => ({
        name, type: "line", xAxisIndex: index, yAxisIndex: index, data, step, symbol: "none", color, sampling: "minmax",
        lineStyle: { width: 1.5 }, areaStyle: { opacity: 0.22 },
      });
      const heat = engines.flatMap((engine, row) => engine.busyPercent.map((busy, i) => [i * slice, row, (i + 1) * slice, busy])).filter((each) => each[3] > 0);
      const laneColors = engines.map((_, i) => colors.causes[[6, 5, 5, 4, 3, 0][i] ?? 0]);
      const byName = { host: 6, "link to the accelerator": 5, "link to the host": 5, DRAM: 4, "PE network": 3, "PE array": 0 };
      engines.forEach((engine, i) => (laneColors[i] = colors.causes[byName[engine.name] ?? 7]));
      const limit = data.memory.peMemoryBytes;
      return {
        grid: rows.map((row) => ({ left: 96, right: 20, top: row.top, height: row.height })),
        title: rows.map((row) => ({ text: row.title, top: row.top - 22, left: 0, textStyle: { fontSize: 12, fontWeight: 600 } })),
        axisPointer: { link: [{ xAxisIndex: "all" }] },
        tooltip: {
          trigger: "axis", axisPointer: { type: "line" },
          formatter: (series) => {
            const us = series[0].axisValue;
            const layer = layerAt(us);
            const value = (steps) => {
              let bytes = 0;
              for (const [from, now] of steps) if (from <= us) bytes = now;
              return bytes;
            };
            const i = Math.min(course.slices - 1, Math.max(0, Math.floor(us / slice)));
            return ppe.tip(format.time(us) + (layer ? ", " + layer.name : ""), [
              ...(peMemory ? [["PE memory", format.bytes(value(course.peMemory)), colors.accent]] : []),
              ...(parameterMemory ? [["parameter memory", format.bytes(value(course.parameterMemory)), colors.causes[2]]] : []),
              ...engines.map((engine, e) => [engine.name, engine.busyPercent[i] + " %", laneColors[e]]),
              ...(power ? [["power", format.power(course.powerMw[i]), colors.causes[4]]] : [])]);
          },
        },
        xAxis: rows.map((row, i) => ({
          type: "value", gridIndex: i, min: 0, max: course.endUs, axisLabel: { show: i === rows.length - 1, formatter: ppe.axis(format.time), hideOverlap: true, showMaxLabel: false },
          axisTick: { show: i === rows.length - 1 }, splitLine: { show: false }, axisPointer: { show: true, label: { show: false } },
        })),
        yAxis: rows.map((row, i) => row.engines
          ? { type: "category", gridIndex: i, data: engines.map((engine) => engine.name), axisLabel: { fontSize: 10, width: 88, overflow: "truncate" }, axisTick: { show: false }, splitLine: { show: false }, inverse: true }
          : { type: "value", gridIndex: i, max: row.max, min: 0, interval: row.interval, splitNumber: 3, axisLabel: { formatter: ppe.axis(row.unit), hideOverlap: true } }),
        dataZoom: [{ type: "inside", xAxisIndex: rows.map((_, i) => i), zoomOnMouseWheel: "ctrl", filterMode: "none" },
          { type: "slider", xAxisIndex: rows.map((_, i) => i), height: 18, bottom: 2, filterMode: "none", labelFormatter: (v) => format.time(v) }],
        series: [
          peMemory && { ...area(at("pe"), "PE memory", course.peMemory, colors.accent, "end"),
            markLine: limit ? { silent: true, symbol: "none", lineStyle: { color: colors.bad, type: "dashed" }, label: { formatter: "size " + format.bytes(limit), position: "insideEndTop", color: colors.muted, fontSize: 11 }, data: [{ yAxis: limit }] } : undefined },
          parameterMemory && area(at("parameters"), "parameter memory", course.parameterMemory, colors.causes[2], "end"),
          {
            name: "engines", type: "custom", xAxisIndex: at("engines"), yAxisIndex: at("engines"), data: heat, encode: { x: [0, 2], y: 1 }, silent: true, clip: true,
            renderItem: (params, api) => {
              const from = api.coord([api.value(0), api.value(1)]);
              const to = api.coord([api.value(2), api.value(1)]);
              const full = 15;
              const tall = Math.max(1, (full * api.value(3)) / 100);
              return { type: "rect", shape: { x: from[0], y: from[1] + full / 2 - tall, width: to[0] - from[0] + 0.6, height: tall }, style: { fill: laneColors[api.value(1)] } };
            },
          },
          power && area(at("power"), "power", course.powerMw.map((mw, i) => [(i + 0.5) * slice, mw]), colors.causes[4]),
        ].filter(Boolean),
      };
    }
    const height = 26 + (peMemory ? 104 + 34 : 0) + (parameterMemory ? 76 + 34 : 0) + 22 * engines.length + 6 + 34 + (power ? 84 + 34 : 0) + 26;
    view.charts.push(ppe.chart(host, option, {
      height, label: "Memory, engines and power over one inference",
      summary: peMemory ? `PE memory peak ${format.bytes(data.memory.peMemoryPeakBytes)} of ${format.bytes(data.memory.peMemoryBytes)}` : "",
    }));
  };
})();
