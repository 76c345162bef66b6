/* Quantities: three significant digits, and the unit that keeps the number between 1 and 1000. */
"use strict";
(function () {
  const ppe = window.ppe;
  const el = ppe.el;

  function scaled(first, base, ...suffixes) {
    return function (value) {
      if (value === null || value === undefined || !isFinite(value)) return "–";
      let step = 0;
      const limit = base === 1000 ? 999.5 : 1024;
      while (step < suffixes.length - 1 && Math.abs(value) >= limit * first * base ** step) step++;
      const shown = value / (first * base ** step);
      const whole = (step === 0 && first === 1 && Number.isInteger(value)) || shown === 0;
      const digits = whole || Math.abs(shown) >= 99.95 ? 0 : Math.abs(shown) >= 9.995 ? 1 : 2;
      return shown.toFixed(digits) + suffixes[step];
    };
  }
  ppe.format = {
    time: scaled(1e-3, 1000, " ns", " µs", " ms", " s"),
    energy: scaled(1e-3, 1000, " nJ", " µJ", " mJ", " J"),
    power: scaled(1e-3, 1000, " µW", " mW", " W", " kW"),
    bytes: scaled(1, 1024, " B", " KiB", " MiB", " GiB", " TiB"),
    bandwidth: scaled(1, 1000, " B/s", " kB/s", " MB/s", " GB/s", " TB/s"),
    count: scaled(1, 1000, "", " k", " M", " G", " T", " P"),
    rate: scaled(1, 1000, " MAC/s", " kMAC/s", " MMAC/s", " GMAC/s", " TMAC/s", " PMAC/s"),
    percent(share) {
      if (share === null || share === undefined || !isFinite(share)) return "–";
      const percent = share * 100;
      if (percent > 0 && percent < 0.05) return "<0.1 %";
      return percent.toFixed(Math.abs(percent) >= 9.95 || percent === 0 ? 0 : 1) + " %";
    },
    change(share) {
      if (!isFinite(share)) return "–";
      return (share > 0 ? "+" : share < 0 ? "−" : "±") + ppe.format.percent(Math.abs(share));
    },
    number(value) {
      if (typeof value !== "number" || !isFinite(value)) return String(value);
      if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toLocaleString("en-US");
      return String(Number(value.toPrecision(4)));
    },
  };

  /** A format for axes: the same without zeros after the point. */
  ppe.axis = (unit) => (value) => value === 0 ? "0" : unit(value).replace(/\.0+(?=\s|$)/, "").replace(/(\.\d*[1-9])0+(?=\s|$)/, "$1");

  /** A shape as it is read: without a batch of one. */
  ppe.shape = (text) => (text || "").replace(/^1x(?=\d+x)/, "").replace(/x/g, "×");

  /** A quantity with its unit set smaller. */
  ppe.quantity = function (text) {
    const at = text.lastIndexOf(" ");
    return at < 0
      ? [text]
      : [text.slice(0, at), el("span", { class: "unit" }, text.slice(at + 1))];
  };
})();
