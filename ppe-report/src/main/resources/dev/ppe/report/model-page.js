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
    title: one ? models[0].model : models.length + " models",
    brand: "PPE model report",
    chips: one
      ? [["on", models[0].accelerator], [models[0].fidelity === "cycle" ? "cycle level" : models[0].fidelity, ""], ...models[0].inputs.slice(0, 2).map((input) => ["input", input])]
      : [["models", names.size], ["accelerators", accelerators.size]],
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
  main.append(body);
  show();
  document.body.append(el("footer", { class: "page-foot wrap" }, "Written by ppe estimate --report. Everything is in this file; it asks no network for anything."));
})();
