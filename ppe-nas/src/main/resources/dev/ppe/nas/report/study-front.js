/*
 * The Pareto front: trials over any two figures. A drag selects (a box or an outline) or moves; the wheel and two
 * fingers zoom.
 */
"use strict";
(function () {
  const { el } = ppe;
  const LARGE = 2000;
  const RECOSTED = "re-costed by the service";

  function inside(x, y, outline) {
    let within = false;
    for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
      const [xi, yi] = outline[i];
      const [xj, yj] = outline[j];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) within = !within;
    }
    return within;
  }

  ppe.study.front = function (host, data, selection, open) {
    const section = ppe.section(host, {
      id: "front", title: "Pareto front",
      text: "Drag to select, click to open.",
    });
    if (data.numbers().length < 2 || data.counts().feasible + data.counts().over === 0) {
      section.body.append(el("p", { class: "empty" }, "No trial has figures to draw."));
      return undefined;
    }
    const axes = data.numbers().filter((column) => column.axis);
    const first = axes.find((column) => !column.gain) || data.numbers()[0];
    const second = axes.find((column) => column !== first && (column.gain || axes.length === 2)) ||
      data.numbers().find((column) => column !== first && column.axis) || data.numbers().find((column) => column !== first);
    const view = { x: first.key, y: second.key, mode: "rect" };
    const indices = { rest: [], over: [], selected: [], front: [], picked: [], recosted: [] };
    let handle;

    const options = () => data.numbers().map((column) => ({ value: column.key, title: column.title }));
    const axisChoice = (label, name) => ppe.select(section.tools, {
      label, options: options(), value: view[name], onChange: (key) => {
        view[name] = key;
        selection.constrain("front");
        handle.set(option);
        setMode(view.mode);
      },
    });
    axisChoice("across", "x");
    axisChoice("up", "y");
    ppe.choices(section.tools, {
      label: "What a drag does", value: "rect",
      options: [{ value: "rect", title: "Box" }, { value: "polygon", title: "Outline" }, { value: "move", title: "Move" }],
      onChange: (mode) => setMode(mode),
    });
    section.tools.append(el("button", { class: "button", type: "button", on: { click: () => {
      handle.chart.dispatchAction({ type: "dataZoom", batch: [{ dataZoomIndex: 0, start: 0, end: 100 }, { dataZoomIndex: 1, start: 0, end: 100 }] });
    } } }, "Whole view"));

    const x = () => data.column(view.x);
    const y = () => data.column(view.y);

    function points(list) {
      const column = { x: x().value, y: y().value };
      const flat = new Array(list.length);
      for (let k = 0; k < list.length; k++) flat[k] = [column.x(list[k]), column.y(list[k])];
      return flat;
    }

    function sort() {
      const { STATE } = ppe.study;
      for (const list of Object.values(indices)) list.length = 0;
      for (let i = 0; i < data.count; i++) {
        if (!data.isPlotted(i)) continue;
        if (selection.picked.has(i)) indices.picked.push(i);
        if (data.front.has(i) && selection.mask[i]) indices.front.push(i);
        else if (!selection.mask[i]) indices.rest.push(i);
        else if (data.state[i] === STATE.OVER) indices.over.push(i);
        else indices.selected.push(i);
      }
      const across = x().value;
      indices.front.sort((a, b) => across(a) - across(b));
    }

    /** Winners from where they were predicted to where the service has them; a gap after each. */
    function recosted() {
      if (![x(), y()].every((column) => column.group === "metric") || !(x().predicted || y().predicted)) return [];
      const flat = [];
      for (const i of data.recosted.keys()) {
        const here = [x().value(i), y().value(i)];
        const there = [x().recosted(i), y().recosted(i)];
        if (!selection.mask[i] || [...here, ...there].some(isNaN)) continue;
        indices.recosted.push(i, i, i);
        flat.push({ value: here, symbol: "none" }, { value: there }, { value: ["-", "-"] });
      }
      return flat;
    }

    function series(colors) {
      sort();
      const isFrontOfTwo = data.numbers().filter((column) => column.axis).length === 2 && x().axis && y().axis;
      const dense = data.count > LARGE;
      const cloud = (id, name, color, opacity, z) => ({
        id, name, type: "scatter", data: points(indices[id]), large: true, largeThreshold: LARGE,
        symbolSize: dense ? 4 : 7, itemStyle: { color, opacity }, z, cursor: "pointer",
      });
      const limits = [[x(), "xAxis"], [y(), "yAxis"]].filter(([column]) => column.limit !== undefined)
        .map(([column, axis]) => ({ [axis]: column.limit, name: "limit of " + column.name }));
      return [
        cloud("rest", "not selected", colors.lineStrong, dense ? 0.55 : 0.7, 1),
        cloud("over", "over the limits", colors.warnLine, dense ? 0.6 : 0.75, 2),
        cloud("selected", hasLimits ? "keeps the limits" : "evaluated", colors.accent, dense ? 0.6 : 0.75, 3),
        {
          id: "front", name: "Pareto front", type: "line", data: points(indices.front), z: 5, cursor: "pointer",
          symbol: "circle", symbolSize: indices.front.length > 100 ? 6 : 9, showAllSymbol: true, step: false,
          lineStyle: { width: isFrontOfTwo ? 1.5 : 0, color: colors.second, opacity: 0.7 },
          itemStyle: { color: colors.second, borderColor: colors.surface, borderWidth: 1 },
          markLine: limits.length === 0 ? undefined : {
            symbol: "none", silent: true, animation: false, data: limits,
            lineStyle: { color: colors.bad, type: "dashed", width: 1 },
            label: { formatter: (mark) => mark.name, color: colors.muted, fontSize: 11, position: "insideEndTop" },
          },
        },
        {
          id: "picked", name: "picked", type: "scatter", data: points(indices.picked), z: 6, cursor: "pointer", symbolSize: 16,
          itemStyle: { color: "transparent", borderColor: colors.text, borderWidth: 2 },
        },
        ...(data.isPredicted ? [{
          id: "recosted", name: RECOSTED, type: "line", data: recosted(), z: 7, cursor: "pointer", symbol: "diamond", symbolSize: 11,
          showAllSymbol: true, lineStyle: { width: 1.5, color: colors.text, opacity: 0.7 },
          itemStyle: { color: colors.text, borderColor: colors.surface, borderWidth: 1 },
        }] : []),
      ];
    }

    const hasLimits = data.facts.metrics.some((metric) => metric.limit !== undefined);
    const named = () => [hasLimits ? "keeps the limits" : "evaluated", "Pareto front", ...(hasLimits ? ["over the limits"] : []), "not selected",
      ...(data.isPredicted ? [RECOSTED] : [])];

    function axis(column, extra) {
      return {
        type: "value", scale: true, name: column.title + (column.gain ? " (more is better)" : ""), nameLocation: "middle",
        axisLabel: { formatter: ppe.axis(column.format), hideOverlap: true }, axisPointer: { show: false },
        ...extra,
      };
    }

    function option(colors) {
      return {
        grid: { left: 74, right: 22, top: 34, bottom: 66 },
        legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 10, type: "scroll", data: named() },
        xAxis: axis(x(), { nameGap: 26 }),
        yAxis: axis(y(), { nameGap: 58 }),
        dataZoom: [
          { type: "inside", xAxisIndex: 0, filterMode: "none", zoomOnMouseWheel: true, moveOnMouseMove: view.mode === "move" },
          { type: "inside", yAxisIndex: 0, filterMode: "none", zoomOnMouseWheel: true, moveOnMouseMove: view.mode === "move" },
          { type: "slider", xAxisIndex: 0, filterMode: "none", height: 14, bottom: 6, showDataShadow: false, brushSelect: false, labelFormatter: "" },
        ],
        // Views select by themselves: the library would colour ten thousand points anew at every move.
        brush: {
          toolbox: [], xAxisIndex: 0, yAxisIndex: 0, brushMode: "single", transformable: true, seriesIndex: 4,
          brushStyle: { borderWidth: 1, color: "rgba(90, 130, 210, 0.14)", borderColor: colors.accent },
          inBrush: { opacity: 1 }, outOfBrush: { opacity: 1 },
        },
        toolbox: { show: false },
        tooltip: { trigger: "item", formatter: (item) => tip(item) },
        series: series(colors),
      };
    }

    function trialOf(item) {
      return (indices[item.seriesId] || [])[item.dataIndex];
    }

    function tip(item) {
      const i = trialOf(item);
      if (i === undefined) return "";
      const lines = data.numbers().map((column) => [column.title, column.text(i)]);
      for (const column of data.recostedColumns()) {
        if (column.text(i)) lines.push([column.title, column.text(i) + (column.change ? " (" + column.changeText(i) + ")" : "")]);
      }
      return ppe.tip("trial " + i + ", " + data.stateText(i), lines);
    }

    function setMode(mode) {
      view.mode = mode;
      const move = mode === "move";
      handle.chart.setOption({ dataZoom: [{ moveOnMouseMove: move }, { moveOnMouseMove: move }] });
      handle.chart.dispatchAction({
        type: "takeGlobalCursor", key: "brush",
        brushOption: move ? { brushType: false } : { brushType: mode, brushMode: "single" },
      });
    }

    const take = ppe.frame((areas) => {
      const area = areas && areas[0];
      if (!area || !area.coordRange) {
        selection.constrain("front");
        return;
      }
      const across = x();
      const up = y();
      const range = area.coordRange;
      const [[left, right], [low, high]] = area.brushType === "rect"
        ? range
        : [0, 1].map((k) => [Math.min(...range.map((p) => p[k])), Math.max(...range.map((p) => p[k]))]);
      const test = (i) => {
        if (!data.isPlotted(i)) return false;
        const a = across.value(i);
        const b = up.value(i);
        if (!(a >= left && a <= right && b >= low && b <= high)) return false;
        return area.brushType === "rect" || inside(a, b, range);
      };
      selection.constrain("front", {
        test, text: across.name + " " + across.format(left) + " to " + across.format(right) +
          ", " + up.name + " " + up.format(low) + " to " + up.format(high),
        clear: () => handle.chart.dispatchAction({ type: "brush", areas: [] }),
      });
    });

    handle = ppe.chart(section.body, option, {
      height: "clamp(320px, 56vh, 560px)", label: "Trials over two figures",
      summary: data.progress.front.length + " of " + data.count + " trials are on the Pareto front",
      on: {
        brush: (event) => event.areas && take(event.areas),
        brushEnd: (event) => take(event.areas),
        click: (item) => {
          const i = trialOf(item);
          if (i !== undefined) open(i);
        },
      },
    });
    setMode("rect");
    const { recolor } = handle;
    handle.recolor = () => {
      recolor();
      setMode(view.mode); // the library forgets it with the colours
    };

    selection.onChange(() => handle.chart.setOption({ series: series(ppe.colors()) }));
    return { handle };
  };
})();
