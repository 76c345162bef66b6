/* All trials as a table, with filters that any keyboard reaches; what they leave is selected in every view. */
"use strict";
(function () {
  const { el } = ppe;
  const FIRST_PARAMETERS = 5;
  const MOST_PARAMETERS = 40;

  ppe.study.table = function (host, data, selection, open) {
    const section = ppe.section(host, { id: "trials", title: "Trials", text: "Click a line, or press Enter on it, to open the trial." });
    const filters = el("div", { class: "filters" });
    section.body.append(filters);
    const place = el("div");
    section.body.append(place);
    const hasLimits = data.facts.metrics.some((metric) => metric.limit !== undefined);

    /* Filters: one by state, and one for each figure or parameter that was asked for. */
    const { STATE } = ppe.study;
    const states = {
      all: ["all", undefined],
      front: ["on the front", (i) => data.front.has(i)],
      feasible: ["keep the limits", (i) => data.state[i] === STATE.FEASIBLE],
      over: ["over the limits", (i) => data.state[i] === STATE.OVER],
      failed: ["failed", (i) => data.state[i] === STATE.FAILED],
      pending: ["not evaluated", (i) => data.state[i] === STATE.PENDING],
      ...(data.isPredicted ? { recosted: ["re-costed", (i) => data.recosted.has(i)] } : {}),
      picked: ["picked", (i) => selection.picked.has(i)],
    };
    const offered = Object.keys(states).filter((key) => hasLimits || key !== "over")
      .map((key) => ({ value: key, title: key === "feasible" && !hasLimits ? "evaluated" : states[key][0] }));
    /* Choices are looked up by their labels, of which there are few, and not trial by trial. */
    function finds(word) {
      const parameters = data.columns().filter((column) => column.group === "parameter")
        .map((column) => ({ column, places: column.labels.map((label) => label.toLowerCase().includes(word)) }))
        .filter(({ places }) => places.includes(true));
      return (i) => String(i) === word || data.stateText(i).toLowerCase().includes(word) || data.failureText(i).toLowerCase().includes(word) ||
        parameters.some(({ column, places }) => places[column.value(i)] === true);
    }
    const find = el("input", { class: "field", type: "search", id: "find", placeholder: "Find a state, failure or choice",
      "aria-label": "Find a state, failure or choice" });
    const every = (tests) => (i) => tests.every((test) => test(i));
    find.addEventListener("input", ppe.frame(() => {
      const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
      selection.constrain("search", words.length === 0 ? undefined : {
        test: every(words.map(finds)), text: "“" + find.value.trim() + "”",
        clear: () => (find.value = ""),
      });
    }));
    filters.append(find);
    const byState = ppe.select(filters, {
      label: "show", options: offered, value: "all", onChange: (key) => selection.constrain("state", states[key][1] && {
        test: states[key][1], text: states[key][0], clear: () => (byState.value = "all"),
      }),
    });

    function numberFilter(column) {
      const input = (label) => el("input", { class: "field narrow", type: "number", step: "any", placeholder: label, "aria-label": column.title + " " + label });
      const low = input("from");
      const high = input("to");
      const take = () => {
        const from = low.value === "" ? -Infinity : Number(low.value);
        const to = high.value === "" ? Infinity : Number(high.value);
        selection.constrain("filter " + column.key, from === -Infinity && to === Infinity ? undefined : {
          test: (i) => column.value(i) >= from && column.value(i) <= to,
          text: column.name + (from === -Infinity ? "" : " from " + column.format(from)) + (to === Infinity ? "" : " to " + column.format(to)),
          clear: () => (low.value = high.value = ""),
        });
      };
      [low, high].forEach((each) => each.addEventListener("input", ppe.frame(take)));
      return [low, high];
    }

    function choiceFilter(column) {
      const options = [["", "any"], ["-1", "not in use"], ...column.labels.map((label, at) => [String(at), label])];
      const select = el("select", { class: "select", "aria-label": column.title }, options.map(([value, title]) => el("option", { value }, title)));
      select.addEventListener("change", () => {
        const at = Number(select.value);
        selection.constrain("filter " + column.key, select.value === "" ? undefined : {
          test: (i) => column.value(i) === at,
          text: column.name + " = " + (at < 0 ? "not in use" : column.labels[at]),
          clear: () => (select.value = ""),
        });
      });
      return [select];
    }

    const units = { latency_us: "µs", energy_uj: "µJ", memory_bytes: "bytes", model_size_bytes: "bytes" };
    function addFilter(key) {
      const column = data.column(key);
      const controls = column.kind === "number" ? numberFilter(column) : choiceFilter(column);
      const remove = el("button", { class: "button icon small-icon", type: "button", "aria-label": "Remove the filter of " + column.title }, "✕");
      const box = el("span", { class: "filter", role: "group", "aria-label": column.title },
        el("b", {}, column.title + (units[key] ? " (" + units[key] + ")" : "")), controls, remove);
      remove.addEventListener("click", () => {
        selection.constrain("filter " + key);
        box.remove();
        adder.querySelector('option[value="' + key + '"]').disabled = false;
      });
      adder.querySelector('option[value="' + key + '"]').disabled = true;
      filters.append(box);
      controls[0].focus({ preventScroll: true });
    }
    const adder = ppe.select(filters, {
      label: "filter by", options: [{ value: "", title: "choose…" }, ...data.columns().map((column) => ({ value: column.key, title: column.title }))],
      value: "", onChange: (key) => {
        if (key) addFilter(key);
        adder.value = "";
      },
    });

    /* The table itself. */
    const important = data.important();
    let all = false;
    const parameters = () => {
      const own = data.columns().filter((column) => column.group === "parameter");
      if (all) return own.slice(0, MOST_PARAMETERS);
      return important ? important.order.filter(({ share }) => share > 0).slice(0, FIRST_PARAMETERS).map(({ at }) => own[at]) : own.slice(0, FIRST_PARAMETERS);
    };
    const pick = (i) => {
      const box = el("input", { type: "checkbox", checked: selection.picked.has(i), "aria-label": "Pick trial " + i, tabindex: -1 });
      box.addEventListener("click", (event) => event.stopPropagation());
      box.addEventListener("change", () => selection.pick(i, box.checked));
      return el("span", { class: "pick", on: { click: (event) => event.stopPropagation() } }, box);
    };
    const columns = () => [
      { key: "pick", title: "Pick", value: (i) => (selection.picked.has(i) ? 0 : 1), text: () => "", render: pick, width: "58px" },
      { key: "trial", title: "Trial", value: (i) => i, text: (i) => String(i), right: true, width: "78px" },
      { key: "state", title: "State", hint: "The front first, then what keeps the limits, the best first", value: (i) => ranks()[i],
        text: (i) => data.failureText(i) || data.stateText(i), width: "minmax(178px, 1.4fr)" },
      ...data.numbers().map((column) => ({ key: column.key, title: column.title, value: column.value, text: column.text, right: true, width: "minmax(104px, 1fr)" })),
      ...data.recostedColumns().flatMap((column) => [
        { key: column.key, title: column.title, hint: "By the service, which was asked for the winners alone", value: column.value, text: column.text,
          right: true, width: "minmax(146px, 1fr)" },
        ...(column.change ? [{ key: "change-" + column.column, title: column.name + " difference", hint: "Of the re-costed " + column.name + " to the predicted",
          value: column.change, text: column.changeText, right: true, width: "minmax(146px, 1fr)" }] : []),
      ]),
      ...parameters().map((column) => ({ key: column.key, title: column.title, value: (i) => (column.value(i) < 0 ? null : column.value(i)), text: column.text, width: "minmax(96px, 1fr)" })),
    ];
    let table;
    function build() {
      place.replaceChildren();
      table = ppe.table(place, {
        label: "Trials", rows: Array.from({ length: data.count }, (_, i) => i), columns: columns(), sort: { key: "state", descending: false }, height: 460,
        search: false, onSelect: open,
      });
      const box = el("input", { type: "checkbox", checked: all, id: "all-parameters" });
      box.addEventListener("change", () => {
        all = box.checked;
        build();
      });
      table.tools.append(el("label", { class: "with" }, box, data.facts.parameters.length > MOST_PARAMETERS
        ? "show " + MOST_PARAMETERS + " parameters" : "show all parameters"));
      table.filter((i) => selection.mask[i] === 1);
    }
    /** The place of each trial when all are ordered by what became of them. */
    let ranked;
    function ranks() {
      if (ranked && ranked.length === data.count) return ranked;
      const goal = data.facts.goals.length === 1 ? data.ofMetric(data.facts.goals[0].metric || data.facts.goals[0].label) : undefined;
      const kind = (i) => (data.front.has(i) ? 0 : [4, 1, 2, 3][data.state[i]]);
      const score = (i) => (data.state[i] === STATE.OVER ? -data.violation[i] : goal && data.isPlotted(i) ? (goal.gain ? 1 : -1) * goal.value(i) : 0);
      const order = Array.from({ length: data.count }, (_, i) => i).sort((a, b) => kind(a) - kind(b) || score(b) - score(a) || a - b);
      ranked = new Float64Array(data.count);
      order.forEach((i, at) => (ranked[i] = at));
      return ranked;
    }
    build();
    selection.onChange(() => table.filter((i) => selection.mask[i] === 1));
    return {
      rows: () => table.rows(),
      more() {
        ranked = undefined;
        table.setRows(Array.from({ length: data.count }, (_, i) => i));
      },
    };
  };
})();
