package dev.ppe.simulator.validation.table;

import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.report.LayerReport;
import java.util.List;

/**
 * How many of a few layers' parameters are not kept on the chip, found from the reported MiB. The
 * vendor's compiler reports bytes alone, rounded to 0.01 MiB; but a layer streams whole or not at
 * all, so what it reports is the sum over some layers, and layers of these sizes have one sum that
 * is next to it. It reports no sizes of layers: these are the simulator's own. So the count is no
 * measurement beside the MiB, it follows from them, and says which layers spill as far as that can
 * be said: layers of equal size cannot be told apart.
 */
final class SpilledLayers {
  private static final double MEBIBYTE = 1 << 20;

  private SpilledLayers() {}

  /** How many layers the simulator streams. */
  static double simulated(Evaluation evaluation) {
    return withParameters(evaluation).stream().filter(layer -> !layer.parametersCached()).count();
  }

  /**
   * How many layers the vendor's compiler streams, as far as the simulator's sizes of them hold.
   *
   * @param streamedMib what it reports of them together
   * @param evaluation of the same network: sizes of its layers, whatever becomes of these
   */
  static double reported(double streamedMib, Evaluation evaluation) {
    List<LayerReport> layers = withParameters(evaluation);
    int best = 0;
    for (int subset = 1; subset < 1 << layers.size(); subset++) {
      if (distance(subset, layers, streamedMib) < distance(best, layers, streamedMib)) {
        best = subset;
      }
    }
    return Integer.bitCount(best);
  }

  private static double distance(int subset, List<LayerReport> layers, double streamedMib) {
    long bytes = 0;
    for (int i = 0; i < layers.size(); i++) {
      bytes += (subset >> i & 1) * layers.get(i).parameterBytes();
    }
    return Math.abs(bytes / MEBIBYTE - streamedMib);
  }

  private static List<LayerReport> withParameters(Evaluation evaluation) {
    return evaluation.layers().stream().filter(layer -> layer.parameterBytes() > 0).toList();
  }
}
