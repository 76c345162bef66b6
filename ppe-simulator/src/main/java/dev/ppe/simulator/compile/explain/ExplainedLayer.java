package dev.ppe.simulator.compile.explain;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.Extent;
import dev.ppe.simulator.compile.Tiling;
import java.util.List;
import java.util.Optional;

/**
 * What runs as one.
 *
 * @param name of its main operator
 * @param kind its operators' kinds
 * @param operators positions of its operators
 * @param onAccelerator whether the accelerator runs it
 * @param stage as its operators'
 * @param macs multiply-accumulates
 * @param cut how it is cut over the PEs; empty on the host and before the tile phase
 * @param passes how often it passes over its weights; empty on the host and before the allocate
 *     phase
 */
public record ExplainedLayer(
    String name,
    String kind,
    List<Integer> operators,
    boolean onAccelerator,
    int stage,
    long macs,
    Optional<Cut> cut,
    Optional<Passes> passes) {
  public ExplainedLayer {
    operators = List.copyOf(operators);
  }

  /**
   * How a layer is cut.
   *
   * @param tiling parts and costs
   * @param part rows, columns and channels of the largest part
   * @param boundBy what decides the time of the busiest PE
   * @param candidates how many different cuts came into question
   * @param why this one, in words
   */
  public record Cut(Tiling tiling, Extent part, Cause boundBy, int candidates, String why) {}

  /**
   * Passes over the weights.
   *
   * @param count how many
   * @param why so many, in words
   */
  public record Passes(int count, String why) {}
}
