/* Light and dark: as the system has it, or as was chosen; and the colours of each. */
"use strict";
(function () {
  const ppe = window.ppe;

  const KEY = "ppe-theme";
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const listeners = new Set();
  let chosen = null;
  try {
    chosen = localStorage.getItem(KEY);
  } catch (e) {
    chosen = null; // files may have no storage
  }
  ppe.theme = {
    printing: false, // paper is white
    dark: () => !ppe.theme.printing && (chosen ? chosen === "dark" : system.matches),
    toggle() {
      chosen = ppe.theme.dark() ? "light" : "dark";
      try {
        localStorage.setItem(KEY, chosen);
      } catch (e) {
        // kept for this visit alone, then
      }
      apply();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  function apply() {
    document.documentElement.dataset.theme = ppe.theme.dark() ? "dark" : "light";
    palette = undefined;
    listeners.forEach((listener) => listener());
  }
  system.addEventListener("change", apply);
  for (const [event, printing] of [["beforeprint", true], ["afterprint", false]]) {
    window.addEventListener(event, () => {
      ppe.theme.printing = printing;
      apply();
    });
  }

  let palette;
  /** The style sheet's colours as they are now. */
  ppe.colors = function () {
    if (!palette) {
      const style = getComputedStyle(document.documentElement);
      const get = (name) => style.getPropertyValue("--" + name).trim();
      const all = (name, length) => Array.from({ length }, (_, i) => get(name + "-" + i));
      palette = { causes: all("cause", 12), parts: all("part", 8), heat: all("heat", 3) };
      for (const name of ["bg", "surface", "surface-2", "line", "line-strong", "text", "muted", "accent",
        "accent-soft", "good", "bad", "warn-line", "first", "second", "font"]) {
        palette[name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())] = get(name);
      }
    }
    return palette;
  };

  function channels(hex) {
    return [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
  }
  /** The colour of a share, 0 to 1, on the scale from small to large. */
  ppe.heat = function (share) {
    const stops = ppe.colors().heat.map(channels);
    const at = Math.min(1, Math.max(0, share)) * 2;
    const low = Math.min(1, Math.floor(at));
    const mixed = stops[low].map((c, i) => Math.round(c + (stops[low + 1][i] - c) * (at - low)));
    return "rgb(" + mixed.join(" ") + ")";
  };

  apply();
})();
