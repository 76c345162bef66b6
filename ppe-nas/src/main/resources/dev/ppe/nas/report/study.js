/* The page of a study: head, figures, views, the way to a trial and back, and what is new while a search goes on. */
"use strict";
(function () {
  const { el, format } = ppe;
  const { study } = ppe;
  const POLL_MILLIS = 2000;

  const live = ppe.data("live");
  const data = study.read(ppe.data("study"));
  const { facts } = data;
  const selection = study.selection(data);
  const details = study.details(live !== undefined);

  const page = ppe.page({
    title: facts.file,
    brand: "Study of " + facts.space + " on " + facts.accelerator,
    chips: [["space", facts.space], ["accelerator", facts.accelerator], ["fidelity", facts.fidelity], ["back-end", facts.backend],
      ["objective", facts.objective], ["seed", facts.seed]],
  });
  const home = el("div", { id: "study" });
  const wrap = el("div", { class: "wrap" });
  const trial = el("div", { class: "wrap", id: "candidate", hidden: true });
  page.element.append(home, trial);

  /* What there is to say before anything is drawn. */
  const status = el("div", { id: "status" });
  const tiles = el("div", { class: "tiles" });
  function tile(title, value, note) {
    return el("dl", { class: "tile" }, el("dt", {}, title), el("dd", {},
      el("div", { class: "value" }, ppe.quantity(value)), note ? el("div", { class: "note" }, note) : null));
  }
  function summary() {
    const counts = data.counts();
    const hasLimits = facts.metrics.some((metric) => metric.limit !== undefined);
    const best = data.best.length > 0 ? data.best[0] : undefined;
    const goal = facts.goals[0];
    const column = data.ofMetric(goal.metric || goal.label);
    tiles.replaceChildren(...[
      tile("trials", format.number(counts.done), "of " + format.number(data.progress.limit) + (counts.repeats ? ", " + format.number(counts.repeats) + " repeat others" : "")),
      hasLimits ? tile("keep the limits", format.number(counts.feasible), counts.done > 0 ? format.percent(counts.feasible / counts.done) : "") : null,
      tile("failed", format.number(counts.failed), counts.done > 0 ? format.percent(counts.failed / counts.done) : ""),
      tile("on the front", format.number(data.front.size), facts.metrics.filter((metric) => metric.axis).map((metric) => metric.name).join(", ")),
      best !== undefined && column ? tile("best " + column.title, column.text(best), "trial " + best) : null,
      tile("space", facts.size.replace(/^at most /, "≤ "), format.number(facts.parameters.length) + " parameters"),
    ].filter(Boolean));
    const notes = [];
    if (facts.quality.proxy) {
      notes.push(ppe.note("Quality here is the " + facts.quality.label + ": it tells searches apart, and says nothing of accuracy.", true));
    }
    if (data.isPredicted) {
      const over = [...data.recosted.values()].filter((each) => each.violation > 0).length;
      notes.push(ppe.note("Costs here are predicted by the cost " + facts.costs + ". " + (data.recosted.size === 0
        ? "The service re-costs only the winners, at the end of the search: none yet."
        : "Only the winners were re-costed by the service: " + format.number(data.recosted.size) + (data.recosted.size === 1 ? " trial" : " trials") +
          (over > 0 ? ", " + format.number(over) + " of them over the limits by its figures." : ".")) +
        " Scores and the front are those of the predictions."));
    }
    if (data.count === 0) notes.push(ppe.note("There is no trial yet."));
    else if (counts.done === 0) notes.push(ppe.note("No trial has an outcome yet."));
    else if (counts.failed === counts.done) notes.push(ppe.note("All trials failed; the table has the reasons.", true));
    else if (hasLimits && counts.feasible === 0) notes.push(ppe.note("No trial keeps the limits, so there is no front.", true));
    if (counts.done > 0 && counts.done < data.progress.limit) {
      notes.push(ppe.note(live !== undefined ? "The search goes on, or was stopped: this page follows it." : "The search was not at its end when this page was written."));
    }
    if (data.progress.simulators.length > 1) {
      notes.push(ppe.note("Several versions of the simulator answered, whose figures may differ: " +
        data.progress.simulators.map((each) => each.version + " from trial " + each.from + " on").join(", ") + ".", true));
    }
    const missing = facts.metrics.filter((metric) => metric.axis && !data.metrics[metric.column]);
    if (counts.feasible + counts.over > 0 && missing.length > 0) {
      notes.push(ppe.note("No trial has a figure for " + missing.map((metric) => metric.name).join(", ") + ".", true));
    }
    status.replaceChildren(...notes);
  }

  /* To a trial and back: by the address, so that both are links. */
  let shown = { dispose() {} };
  let scrolled = 0;
  const open = (i) => {
    location.hash = "trial=" + i;
  };
  const back = () => {
    location.hash = "";
  };
  /** The trial that the address has, or -1. */
  function addressed() {
    const match = /^#trial=([0-9]+)$/.exec(location.hash);
    return match ? Number(match[1]) : -1;
  }
  function route() {
    const i = addressed();
    shown.dispose();
    shown = { dispose() {} };
    if (i >= 0 && i < data.count) {
      if (!home.hidden) scrolled = window.scrollY;
      home.hidden = true;
      trial.hidden = false;
      shown = study.candidate(trial, data, selection, details, i, back);
      window.scrollTo(0, 0);
      document.getElementById("candidate-title").focus({ preventScroll: true });
    } else if (home.hidden) {
      trial.hidden = true;
      trial.replaceChildren();
      home.hidden = false;
      window.scrollTo({ top: scrolled, behavior: "instant" });
    }
  }
  window.addEventListener("hashchange", route);

  /* The views, one after the other, so that the first are seen early. */
  const views = {};
  home.append(wrap);
  wrap.append(tiles, status);
  summary();
  const sections = [["front", "Front"], ["parallel", "Parameters"], ["importance", "Importance"], ["convergence", "Convergence"], ["trials", "Trials"], ["about", "About"]]
    .map(([id, title]) => ({ id, title }));
  function about(host) {
    const section = ppe.section(host, { id: "about", title: "About this study" });
    const settings = Object.entries(facts.settings).map(([name, value]) => name + "=" + value).join(", ");
    section.body.append(ppe.facts([
      ["space", facts.space + (facts.description ? ": " + facts.description : "")],
      ["points", facts.size],
      ["objective", facts.objective],
      ["quality", facts.quality.label],
      ["costs", facts.costs],
      ["accelerator", facts.accelerator + ", " + facts.fidelity + " level"],
      ["search", facts.backend + (settings ? " with " + settings : "") + ", in batches of " + facts.batch + ", seed " + facts.seed],
      ["simulator", data.isPredicted
        ? [...new Set([...data.recosted.values()].map((each) => each.answer.simulator))].join(", ")
        : data.progress.simulators.map((each) => each.version).join(", ")],
    ]));
  }
  ppe.inTurn([
    () => (views.front = study.front(wrap, data, selection, open)),
    () => (views.parallel = study.parallel(wrap, data, selection)),
    () => (views.importance = study.importance(wrap, data)),
    () => (views.convergence = study.convergence(wrap, data, open)),
    () => (views.table = study.table(wrap, data, selection, open)),
    () => {
      about(wrap);
      home.insertBefore(ppe.sectionNav(home, sections), wrap);
      views.bar = study.selectionBar(home, data, selection);
      document.documentElement.dataset.ready = "true";
      route();
    },
  ], live === undefined ? undefined : follow);

  /* News of a search that goes on. */
  function follow() {
    const state = el("span", { class: "chip", id: "live", role: "status" }, "live");
    page.tools.prepend(state);
    let wait = POLL_MILLIS;
    async function poll() {
      try {
        const response = await fetch("trials?from=" + data.firstOpen());
        const answer = await response.json();
        if (answer.problem) throw new Error(answer.problem);
        if (answer.id !== live) {
          location.reload();
          return;
        }
        const before = data.counts().done;
        take(answer.news);
        const after = data.counts().done;
        state.textContent = after >= data.progress.limit ? "complete" : after > before ? "live: " + format.number(after - before) + " new" : "live";
        wait = POLL_MILLIS;
      } catch (e) {
        state.textContent = "no news: " + (e instanceof TypeError ? "the server is gone" : e.message);
        wait = Math.min(30000, wait * 2);
      }
      setTimeout(poll, document.hidden ? Math.max(wait, 10000) : wait);
    }
    setTimeout(poll, wait);
  }

  let drawnAt = 0;
  function take(news) {
    const done = data.counts().done;
    const before = data.recosted;
    data.merge(news);
    if (data.counts().done === done && data.recosted.size === before.size) return;
    summary();
    if (data.recosted.has(addressed()) && !before.has(addressed())) route();
    // Views that were empty before come into being with a new page.
    if (!views.front || !views.parallel) {
      if (data.counts().feasible + data.counts().over > 0) location.reload();
      selection.refresh();
      views.table.more();
      return;
    }
    selection.refresh();
    views.table.more();
    if (data.counts().done === done) return; // winners were re-costed: the rest stays as it is
    views.importance.redraw();
    // The rest costs more: with every twentieth more trials, and at the end.
    if (data.count > drawnAt * 1.05 || data.counts().done >= data.progress.limit) {
      drawnAt = data.count;
      views.parallel.grow();
      views.convergence.whole();
    }
  }
})();
