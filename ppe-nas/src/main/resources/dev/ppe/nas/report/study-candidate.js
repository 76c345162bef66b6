/* The page of a trial: its figures and choices, its network layer by layer where that is at hand, and another beside it. */
"use strict";
(function () {
  const { el } = ppe;

  /**
   * Where the networks of trials come from: the page, and its server if it has one.
   * Each is {title, load()}, whose load gives a promise of what ppe.model takes.
   */
  ppe.study.details = function (live) {
    const listed = new Map((ppe.data("details") || []).map(({ id, title }) => [id, title]));
    const loaded = new Map();
    const embedded = (id) => {
      if (!loaded.has(id)) loaded.set(id, ppe.data(id));
      return Promise.resolve(loaded.get(id));
    };
    const asked = async (path) => {
      if (!loaded.has(path)) {
        const response = await fetch(path);
        const answer = await response.json();
        if (answer.problem) throw new Error(answer.problem);
        loaded.set(path, answer);
      }
      return loaded.get(path);
    };
    return {
      live,
      trial: (i) => (listed.has("trial-" + i) ? () => embedded("trial-" + i) : live ? () => asked("trial?number=" + i) : undefined),
      trials: () => [...listed.keys()].filter((id) => id.startsWith("trial-")).map((id) => Number(id.slice(6))),
      models: () => [...listed].filter(([id]) => id.startsWith("model-")),
      model: (id) => () => embedded(id),
      named: (name) => () => asked("model?name=" + encodeURIComponent(name)),
    };
  };

  /** What was predicted beside what the service says, where costs were predicted. */
  function costs(host, data, i) {
    const found = data.recosted.get(i);
    if (!found) {
      host.append(ppe.note("Its costs are predicted. The service re-costs only the winners, and this trial is not among them" +
        (data.recosted.size > 0 ? "." : " yet.")));
      return;
    }
    const { simulator, failure } = found.answer;
    const section = ppe.section(host, { id: "recosted", title: "Predicted and re-costed", text: "By the cost model, and by the service: simulator " + simulator });
    section.body.append(failure !== undefined
      ? ppe.note("The service has no costs of it: " + failure, true)
      : el("div", { class: "tiles" }, data.recostedColumns().filter((column) => column.text(i)).map((column) =>
        el("dl", { class: "tile" }, el("dt", {}, column.title), el("dd", {},
          el("div", { class: "value" }, ppe.quantity(column.text(i))),
          el("div", { class: "note" }, column.change ? "predicted " + column.predicted.text(i) + ", difference " + column.changeText(i) : "not predicted"))))));
  }

  ppe.study.candidate = function (host, data, selection, details, i, back) {
    host.replaceChildren();
    const evaluated = data.isPlotted(i);
    const picked = el("input", { type: "checkbox", checked: selection.picked.has(i), id: "pick-this" });
    picked.addEventListener("change", () => selection.pick(i, picked.checked));
    const header = el("div", { class: "candidate-head" },
      el("button", { class: "button", type: "button", id: "back", on: { click: back } }, "← Study"),
      el("h2", { tabindex: -1, id: "candidate-title" }, "Trial " + i),
      ppe.chips([data.stateText(i), ...(data.repeatOf[i] >= 0 ? ["same point as trial " + data.repeatOf[i]] : [])]),
      el("label", { class: "with" }, picked, "pick for export"));
    host.append(header);
    if (data.failure[i] >= 0) host.append(ppe.note("It failed: " + data.failureText(i), true));
    if (data.facts.quality.proxy && evaluated && data.ofMetric("quality")) {
      host.append(ppe.note("Quality is the " + data.facts.quality.label + "."));
    }
    const load = evaluated ? details.trial(i) : undefined;
    // The page of the network has the others.
    const own = (column) => !load || column.group === "reward" || column.name === "quality" || column.limit !== undefined;
    const tiles = data.numbers().filter((column) => !isNaN(column.value(i)) && own(column)).map((column) =>
      el("dl", { class: "tile" }, el("dt", {}, column.title), el("dd", {},
        el("div", { class: "value" }, ppe.quantity(column.text(i))),
        column.limit === undefined ? null : el("div", { class: "note" }, "limit " + column.format(column.limit)))));
    if (tiles.length > 0) host.append(el("div", { class: "tiles" }, tiles));

    if (data.isPredicted && evaluated) costs(host, data, i);

    const used = data.columns().filter((column) => column.group === "parameter" && column.value(i) >= 0);
    const choices = ppe.section(host, { id: "choices", title: "Choices", text: used.length + " parameters in use" });
    const fold = el("details", { open: used.length <= 24 }, el("summary", {}, "All choices"),
      el("dl", { class: "facts choices-list" }, used.map((column) => [el("dt", {}, column.name), el("dd", {}, column.text(i))])));
    choices.body.append(fold);
    if (!evaluated) return { dispose() {} };

    if (!data.progress.simulators.every((each) => each.version === data.progress.simulators[0].version)) {
      host.append(ppe.note("The study was made with several versions of the simulator, whose figures may differ.", true));
    }
    const place = el("div", { id: "candidate-model" });
    if (!load) {
      const missing = ppe.section(host, { id: "missing", title: "Layer by layer" });
      missing.body.append(
        el("p", {}, "This file holds the layers of " + ppe.format.number(details.trials().length) + " trials, and this one is not among them. It is after"),
        ppe.study.command("ppe nas report " + ppe.study.quoted(data.facts.file) + " --candidates ids=" + i),
        el("p", {}, "and this opens any trial:"),
        ppe.study.command("ppe nas serve-report " + ppe.study.quoted(data.facts.file)));
      return { dispose() {} };
    }

    /* With what to compare. */
    const compare = el("div", { class: "compare-with" });
    const apart = el("div");
    const unlike = el("div");
    choices.body.append(unlike);
    host.append(compare, apart, place);
    const options = [
      { value: "", title: "nothing" },
      ...details.models().map(([id, title]) => ({ value: id, title })),
      ...details.trials().filter((other) => other !== i).map((other) => ({ value: "trial " + other, title: "trial " + other })),
    ];
    let drawn = { dispose() {} };
    let asked = 0;
    /** Says where the figures of now are not those of the study; that predictions are others is no fault. */
    function difference(now) {
      const own = data.metrics.latency_us ? data.metrics.latency_us[i] : NaN;
      const answer = data.recosted.has(i) ? data.recosted.get(i).answer : {};
      const found = now.figures.latencyUs;
      apart.replaceChildren();
      if (data.isPredicted && answer.latency_us === undefined) {
        if (!isNaN(own)) apart.append(ppe.note("The cost model predicted a latency of " + ppe.format.time(own) + "; the service says " +
          ppe.format.time(found) + " (" + ppe.format.change(found / own - 1) + "), by simulator " + now.simulatorVersion + "."));
        return;
      }
      const latency = data.isPredicted ? answer.latency_us : own;
      if (Math.abs(found - latency) > 1e-5 * Math.abs(latency)) {
        const from = [...data.progress.simulators].reverse().find((each) => each.from <= i);
        const version = data.isPredicted ? answer.simulator : from && from.version;
        apart.append(ppe.note("The study has a " + (data.isPredicted ? "re-costed " : "") + "latency of " + ppe.format.time(latency) +
          (version ? ", by simulator " + version : "") + "; evaluated again it is " + ppe.format.time(found) +
          ", by simulator " + now.simulatorVersion + ".", true));
      }
    }
    /** The choices that another trial made otherwise. */
    function otherwise(value) {
      unlike.replaceChildren();
      const j = /^(trial )?[0-9]+$/.test(value) ? Number(value.replace("trial ", "")) : -1;
      if (j < 0 || j >= data.count) return;
      const columns = data.columns().filter((column) => column.group === "parameter" && column.value(i) !== column.value(j));
      unlike.append(el("h3", {}, columns.length + " choices are others in trial " + j),
        el("dl", { class: "facts choices-list" }, columns.map((column) =>
          [el("dt", {}, column.name), el("dd", {}, (column.text(i) || "not in use") + " → " + (column.text(j) || "not in use"))])));
    }
    async function draw(other) {
      const mine = ++asked;
      place.replaceChildren(el("p", { class: "empty", role: "status" }, "Evaluating…"));
      try {
        const [own, beside] = await Promise.all([load(), other ? other() : undefined]);
        if (mine !== asked || !place.isConnected) return;
        drawn.dispose();
        difference(own);
        drawn = ppe.model(place, own, { nav: false, prefix: "model-", ...(beside ? { compareWith: beside } : {}) });
      } catch (e) {
        if (mine === asked) place.replaceChildren(ppe.note("The network cannot be shown: " + e.message, true));
      }
    }
    const loader = (value) => (value === "" ? undefined : value.startsWith("trial ") ? details.trial(Number(value.slice(6))) : details.model(value));
    if (options.length > 1) {
      ppe.select(compare, { label: "compare with", options, value: "", onChange: (value) => {
        otherwise(value);
        draw(loader(value));
      } });
    }
    if (details.live) {
      const field = el("input", { class: "field", type: "text", id: "compare-name", maxlength: 100, placeholder: "trial number or built-in network", "aria-label": "Compare with a trial or a built-in network" });
      const go = () => {
        const text = field.value.trim();
        otherwise(text);
        draw(text === "" ? undefined : /^[0-9]+$/.test(text) ? details.trial(Number(text)) : details.named(text));
      };
      field.addEventListener("keydown", (event) => event.key === "Enter" && go());
      compare.append(el("label", { class: "with" }, "compare with", field), el("button", { class: "button", type: "button", on: { click: go } }, "Compare"));
    }
    draw();
    return { dispose: () => drawn.dispose() };
  };
})();
