package dev.ppe.simulator.validation.sensitivity;

import dev.ppe.simulator.RelatedEvaluations;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.report.Evaluation;
import java.util.IdentityHashMap;
import java.util.function.ToDoubleFunction;

/** What one accelerator makes of networks: each is evaluated once, however many figures it has. */
final class Costs {
  private final Accelerator accelerator;
  private final RelatedEvaluations evaluations;

  /** Networks are too large to be compared by what is in them. */
  private final IdentityHashMap<CanonicalGraph, Evaluation> known = new IdentityHashMap<>();

  Costs(Accelerator accelerator, RelatedEvaluations evaluations) {
    this.accelerator = accelerator;
    this.evaluations = evaluations;
  }

  /**
   * All of a network.
   *
   * @throws IllegalArgumentException if the compiler has no program for it
   */
  Evaluation of(CanonicalGraph network) {
    return known.computeIfAbsent(network, one -> evaluations.of(one, accelerator));
  }

  /**
   * A figure of a network.
   *
   * @throws IllegalArgumentException if the compiler has no program for it
   */
  double figure(ToDoubleFunction<Evaluation> model, CanonicalGraph network) {
    return model.applyAsDouble(of(network));
  }
}
