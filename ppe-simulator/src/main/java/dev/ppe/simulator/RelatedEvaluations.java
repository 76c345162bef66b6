package dev.ppe.simulator;

import dev.ppe.simulator.compile.BoundedTilingMemo;
import dev.ppe.simulator.compile.TilingMemo;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.precision.Precision;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.report.Evaluation;

/**
 * Evaluations at the cycle level of networks that share layers, or of one network on accelerators
 * that differ in little: how a layer is cut is searched once. No evaluation depends on the others.
 * Safe for use by several threads.
 */
public final class RelatedEvaluations {
  private static final int REMEMBERED = 1 << 14;

  private final TilingMemo memo = new BoundedTilingMemo(REMEMBERED);

  /**
   * Evaluates one inference of a network as its types are stored.
   *
   * @throws RuntimeException as {@link PerformanceEvaluator#evaluate} does
   */
  public Evaluation of(CanonicalGraph network, Accelerator accelerator) {
    return PerformanceEvaluator.evaluate(
        network, accelerator, Fidelity.CYCLE, Precision.STORED, memo, Interruption.NEVER);
  }
}
