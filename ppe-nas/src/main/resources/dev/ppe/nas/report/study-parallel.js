/*
 * Parallel coordinates: a line for each trial over parameters and figures. A drag along an axis selects. Of many
 * trials some are drawn, evenly spread, and the front; the selection is of all.
 */
"use strict";
(function () {
  const { el } = ppe;
  const MOST_LINES = 600;
  const MOST_FAINT = 250;
  const MOST_AXES = 14;
  const FIRST_PARAMETERS = 6;

  function spread(list, most) {
    if (list.length <= most) return list;
    return Array.from({ length: most }, (_, k) => list[Math.floor((k * (list.length - 1)) / (most - 1))]);
  }

  ppe.study.parallel = function (host, data, selection) {
    const section = ppe.section(host, {
      id: "parallel", title: "Parameters and figures",
      text: "A line is a trial; up is better. Drag along axes to select, click one to let it go.",
    });
    const counts = data.counts();
    if (counts.feasible + counts.over === 0) {
      section.body.append(el("p", { class: "empty" }, "No trial has figures to draw."));
      return undefined;
    }
    const important = data.important();
    const figures = data.numbers().filter((column) => column.axis).map((column) => column.key);
    const parameters = (important ? important.order.filter(({ share }) => share > 0).map(({ at }) => at)
      : data.facts.parameters.map((_, at) => at)).slice(0, FIRST_PARAMETERS).map((at) => "parameter-" + at);
    let axes = [...parameters, ...figures];
    const intervals = new Map();
    const note = el("p", { class: "small muted" });
    let handle;

    /* Which axes: a list of boxes to tick, in a fold. */
    const fold = el("details", { class: "axes" }, el("summary", {}, "Axes"));
    const boxes = el("div", { class: "axes-list" });
    const search = el("input", { class: "field", type: "search", placeholder: "Find a parameter", "aria-label": "Find a parameter" });
    const drawBoxes = () => {
      const words = search.value.toLowerCase();
      boxes.replaceChildren(...data.columns().filter((column) => column.title.toLowerCase().includes(words)).slice(0, 300).map((column) => {
        const box = el("input", { type: "checkbox", checked: axes.includes(column.key) });
        box.addEventListener("change", () => {
          const next = data.columns().map((each) => each.key)
            .filter((key) => (key === column.key ? box.checked : axes.includes(key)));
          if (next.length > MOST_AXES || next.length < 2) {
            box.checked = !box.checked;
            return;
          }
          axes = [...next.filter((key) => key.startsWith("parameter-")), ...next.filter((key) => !key.startsWith("parameter-"))];
          intervals.clear();
          selection.constrain("parallel");
          widen();
          handle.set(option);
        });
        return el("label", {}, box, column.title);
      }));
    };
    search.addEventListener("input", ppe.frame(drawBoxes));
    fold.append(search, boxes);
    fold.addEventListener("toggle", () => fold.open && drawBoxes());

    const columns = () => axes.map((key) => data.column(key));

    /** The choices of a parameter that trials have, in order; -1 is not in use. */
    const used = new Map();
    function places(column) {
      if (!used.has(column.key)) {
        const seen = new Set();
        for (let i = 0; i < data.count; i++) seen.add(column.value(i));
        used.set(column.key, [...seen].sort((a, b) => a - b));
      }
      return used.get(column.key);
    }

    /** Where a trial is on an axis. Choices are spread a little, so that many trials look like many. */
    function place(column, i) {
      const value = column.value(i);
      if (column.kind !== "choice") return value;
      const spread = ((Math.imul(i + 1, 2654435761) >>> 0) / 4294967296 - 0.5) * 0.4;
      return places(column).indexOf(value) + spread;
    }

    const label = (column, at) => {
      const choice = places(column)[at];
      return choice === undefined ? "" : choice < 0 ? "not in use" : column.labels[choice];
    };

    function lines(list) {
      const own = columns();
      return list.map((i) => own.map((column) => place(column, i)));
    }

    function series(colors) {
      const faint = [];
      const chosen = [];
      const front = [];
      for (let i = 0; i < data.count; i++) {
        if (!data.isPlotted(i) || data.repeatOf[i] >= 0) continue;
        if (!selection.mask[i]) faint.push(i);
        else if (data.front.has(i)) front.push(i);
        else chosen.push(i);
      }
      const drawn = spread(chosen, MOST_LINES);
      const few = spread(front, MOST_LINES);
      note.textContent = drawn.length < chosen.length || few.length < front.length
        ? ppe.format.number(drawn.length + few.length) + " of " + ppe.format.number(chosen.length + front.length) +
          " selected trials are drawn, evenly spread over the search; selections are of all."
        : "";
      const of = (id, name, list, color, width, opacity, z) => ({
        id, name, type: "parallel", data: lines(list), lineStyle: { color, width, opacity }, z, silent: true,
        progressive: 0, inactiveOpacity: opacity, activeOpacity: opacity, smooth: false,
      });
      const thin = drawn.length > 150;
      return [
        of("faint", "not selected", selection.isEverything() ? [] : spread(faint, MOST_FAINT), colors.lineStrong, 1, 0.12, 1),
        of("chosen", "selected", drawn, colors.accent, 1, thin ? 0.22 : 0.5, 2),
        of("on-front", "Pareto front", few, colors.second, 1.4, few.length > 60 ? 0.35 : 0.9, 3),
      ];
    }

    function shortened(text) {
      return text.length > 16 ? text.slice(0, 7) + "…" + text.slice(-8) : text;
    }

    function option(colors) {
      const own = columns();
      return {
        legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 10, data: ["selected", "Pareto front"] },
        parallel: {
          left: 60, right: 64, top: 62, bottom: 16, axisExpandable: false,
          parallelAxisDefault: {
            realtime: false, nameLocation: "end", nameGap: 10,
            nameTextStyle: { color: colors.muted, fontSize: 11, rotate: 0, align: "center" },
            axisLine: { lineStyle: { color: colors.lineStrong } }, axisLabel: { color: colors.muted, fontSize: 10 },
            areaSelectStyle: { width: 18, borderWidth: 1, borderColor: colors.accent, color: colors.accent, opacity: 0.25 },
          },
        },
        parallelAxis: own.map((column, dim) => {
          const name = shortened(column.title);
          const id = "axis-" + dim;
          const shown = { color: colors.muted, fontSize: 10, backgroundColor: colors.surface, padding: [1, 3], borderRadius: 3 };
          if (column.kind === "choice") {
            const count = places(column).length;
            return {
              id, dim, name, type: "value", min: -0.5, max: count - 0.5, interval: 0.5, axisTick: { show: false },
              axisLabel: {
                ...shown, hideOverlap: true, showMinLabel: false, showMaxLabel: false,
                formatter: (at) => (Number.isInteger(at) ? shortened(label(column, at)) : ""),
              },
            };
          }
          const [low, high] = extent(column);
          return {
            id, dim, name, type: "value", min: low, max: high, inverse: !column.gain, nameLocation: column.gain ? "end" : "start",
            axisLabel: { ...shown, formatter: ppe.axis(column.format), showMinLabel: false, showMaxLabel: false },
          };
        }),
        series: series(colors),
      };
    }

    /** From the least to the largest figure, and a little beyond; it stays when the selection changes. */
    function extent(column) {
      let low = Infinity;
      let high = -Infinity;
      for (let i = 0; i < data.count; i++) {
        const value = column.value(i);
        if (value < low) low = value;
        if (value > high) high = value;
      }
      const margin = (high - low) * 0.03 || Math.abs(high) * 0.05 || 1;
      return [low - margin, high + margin];
    }

    /** What an axis selects, as a test of a trial: a choice is taken where its band is touched. */
    function test(column, spans) {
      if (column.kind === "choice") {
        const taken = new Set(takenPlaces(column, spans).map((at) => places(column)[at]));
        return (i) => taken.has(column.value(i));
      }
      return (i) => spans.some(([from, to]) => column.value(i) >= from && column.value(i) <= to);
    }
    const takenPlaces = (column, spans) => places(column).map((_, at) => at)
      .filter((at) => spans.some(([from, to]) => at + 0.2 >= from && at - 0.2 <= to));

    const take = () => {
      const tests = [];
      const texts = [];
      columns().forEach((column, dim) => {
        const spans = intervals.get(dim);
        if (!spans || spans.length === 0) return;
        tests.push(test(column, spans));
        texts.push(column.kind === "choice"
          ? column.name + ": " + takenPlaces(column, spans).map((at) => label(column, at)).join(", ")
          : column.name + " " + spans.map(([from, to]) => column.format(from) + " to " + column.format(to)).join(", "));
      });
      selection.constrain("parallel", tests.length === 0 ? undefined : {
        test: (i) => data.isPlotted(i) && tests.every((each) => each(i)),
        text: texts.join("; "),
        clear: () => {
          intervals.clear();
          handle.set(option);
        },
      });
    };

    section.element.querySelector("header").append(fold);
    const scroll = el("div", { class: "scroll-x", tabindex: 0, "aria-label": "Parallel coordinates, wider than a phone" });
    section.body.append(scroll, note);
    const inner = el("div", { class: "parallel-chart" });
    scroll.append(inner);
    const widen = () => inner.style.setProperty("min-width", axes.length * 104 + "px");
    widen();
    handle = ppe.chart(inner, option, {
      height: "clamp(320px, 52vh, 500px)", label: "Parallel coordinates of parameters and figures",
      summary: "Filters below select the same by keyboard",
      on: {
        axisareaselected: (event) => {
          const all = event.parallelAxisIndex !== undefined ? [event] : event.batch || [event];
          for (const each of all) {
            const dim = Number(String(each.parallelAxisId).replace("axis-", ""));
            const spans = (each.intervals || []).map((span) => [Math.min(...span), Math.max(...span)]);
            if (spans.length > 0) intervals.set(dim, spans);
            else intervals.delete(dim);
          }
          take();
        },
      },
    });

    selection.onChange(() => handle.chart.setOption({ series: series(ppe.colors()) }));
    return {
      handle,
      /** There are more trials, which may lie beyond the axes; selections on axes are not disturbed. */
      grow() {
        used.clear();
        if (intervals.size === 0) handle.set(option);
      },
    };
  };
})();
