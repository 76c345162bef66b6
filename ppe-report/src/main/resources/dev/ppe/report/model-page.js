/* The page of one or several models: the one in view, and one that it is compared with, are chosen above. */
"use strict";
(function () {
  const { el } = ppe;
  const models = ppe.data("models");
  const accelerators = new Set(models.map((model) => model.accelerator));
  const names = new Set(models.map((model) => model.model));
  const label = (model) =>
    names.size === 1 && models.length > 1 ? model.accelerator : accelerators.size > 1 || models.length === 1 ? model.model + " on " + model.accelerator : model.model;
  const one = models.length === 1;
  const page = ppe.page({
    title: one ? models[0].model : names.size + (names.size === 1 ? " model" : " models") + (accelerators.size > 1 ? " on " + accelerators.size + " accelerators" : ""),
    brand: "PPE model report",
    chips: one
      ? [["on", models[0].accelerator], models[0].fidelity === "cycle" ? "cycle level" : models[0].fidelity, ...models[0].inputs.slice(0, 2).map((input) => ["input", ppe.shape(input)])]
      : [...accelerators].slice(0, 4).map((accelerator) => ["on", accelerator]),
  });
  const main = page.element;
  const body = el("div", { id: "model" });
  let chosen = 0;
  let other = -1;
  let shown;
  function show() {
    if (shown) shown.dispose();
    shown = ppe.model(body, models[chosen], other >= 0 && other !== chosen ? { compareWith: models[other] } : {});
  }
  /** All models in a table: choosing one shows it. */
  function overview() {
    const { format } = ppe;
    const host = el("div", { class: "wrap" });
    const { body: inside } = ppe.section(host, { id: "models-table", title: "All models", text: "Choose one to see it below." });
    const largest = (model) => model.causes[model.time.indexOf(Math.max(...model.time))];
    const figure = (key, title, of, unit, width) => ({ key, title, value: of, text: (model) => unit(of(model)), right: true, width });
    ppe.table(inside, {
      label: "Models", rows: models, height: 260, selected: models[0], search: models.length > 8 ? "Filter models …" : false, sort: { key: "latency", descending: false },
      onSelect: (model) => {
        chosen = models.indexOf(model);
        document.getElementById("choose").value = String(chosen);
        show();
      },
      columns: [
        { key: "name", title: "Model", value: (model) => model.model, width: "minmax(170px, 2fr)" },
        { key: "accelerator", title: "Accelerator", value: (model) => model.accelerator, width: "minmax(110px, 1fr)" },
        figure("latency", "Latency", (model) => model.figures.latencyUs, format.time, "94px"),
        figure("energy", "Energy", (model) => model.figures.energyUj || NaN, format.energy, "94px"),
        figure("macs", "MACs", (model) => model.figures.macs, format.count, "84px"),
        figure("parameters", "Parameters", (model) => model.figures.parameters, format.count, "118px"),
        figure("use", "Use", (model) => model.figures.utilization, format.percent, "70px"),
        { key: "most", title: "Most time", value: largest, width: "minmax(120px, 1fr)" },
      ],
    });
    return host;
  }

  if (!one) {
    const chooser = el("div", { class: "chooser wrap no-print" });
    const options = models.map((model, i) => ({ value: i, title: label(model) + ", " + ppe.format.time(model.figures.latencyUs) }));
    ppe.select(chooser, { label: "Model", options, value: 0, onChange: (value) => {
      chosen = Number(value);
      show();
    } }).id = "choose";
    ppe.select(chooser, { label: "Compare with", options: [{ value: -1, title: "none" }, ...options], value: -1, onChange: (value) => {
      other = Number(value);
      show();
    } }).id = "compare-with";
    main.append(chooser);
  }
  if (models.length > 2) main.append(overview());
  main.append(body);
  show();
  document.body.append(el("footer", { class: "page-foot wrap" }, "Written by ppe estimate --report. Everything is in this file; it asks no network for anything."));
})();
