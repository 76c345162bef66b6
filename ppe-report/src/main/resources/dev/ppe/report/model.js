/*
 * ppe.model(host, data, options): the page of one model; data is what ModelReport writes.
 * options: compareWith (data of another model).
 * Returns {dispose()}.
 */
"use strict";
(function () {
  const { el, format } = ppe;

  ppe.model = function (host, data, options = {}) {
    host.replaceChildren(el("p", {}, data.model + " on " + data.accelerator + ": " + format.time(data.figures.latencyUs)));
    return { dispose() {} };
  };
})();
