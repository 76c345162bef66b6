package dev.ppe.simulator.simulate;

import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.hardware.Core.Dataflow;
import dev.ppe.simulator.hardware.ParameterMemory;
import dev.ppe.simulator.job.MatrixTile;

/**
 * The systolic array of one PE, edge by edge: rows of weights that shift in, operands that enter
 * the near corner as the ports bring them, and the way to the far one. Like the arrays of {@code
 * dev.ppe.simulator.reference}, but without operands, so that whole networks can be run.
 */
final class TickingArray {
  private final Core.Systolic core;
  private final MatrixTile tile;
  private final boolean weightsStay;
  private final boolean loadsWhileBusy;
  private final Pipe activations;
  private final Pipe weights;

  /** An edge that takes in activations, or weights, takes so many bytes: the widest fold's. */
  private final long activationBytes;

  private final long weightBytes;
  private final long streamed;

  /** Edges in which the activation port was busy. */
  private long read;

  private TickingArray(Accelerator accelerator, Core.Systolic core, MatrixTile tile) {
    ParameterMemory memory = accelerator.parameterMemory();
    long depth = tile.kernelRows() * tile.kernelColumns() * tile.inputs();
    long positions = tile.rows() * tile.columns();
    this.core = core;
    this.tile = tile;
    this.weightsStay = core.dataflow() == Dataflow.WEIGHT_STATIONARY;
    this.loadsWhileBusy = memory.overlap();
    this.streamed = weightsStay ? positions : depth;
    // Clock edges are as far apart as a multiplication takes.
    this.activations =
        new Pipe((long) accelerator.peMemory().readBytesPerCycle() * tile.macCycles());
    this.weights =
        new Pipe(
            (long)
                    (tile.sharedParameters()
                        ? memory.broadcastBytesPerCycle()
                        : memory.bytesPerCycle())
                * tile.macCycles());
    this.activationBytes =
        Math.min(weightsStay ? depth : positions, core.rows()) * tile.elementBytes();
    this.weightBytes = Math.min(tile.outputs(), core.columns()) * tile.weightBytes();
  }

  static TickedTile run(Accelerator accelerator, Core.Systolic core, MatrixTile tile) {
    TickingArray array = new TickingArray(accelerator, core, tile);
    long folds = array.folds();
    long edges = 0;
    for (long i = 0; i < tile.repeats(); i++) {
      edges += core.overlap() ? array.overlapping(folds) : array.plain(folds);
    }
    // From the first edge to the last is one less; a single PE is busy in that one.
    boolean single = core.rows() == 1 && core.columns() == 1;
    return new TickedTile(
        0, (edges - (single ? 0 : 1)) * tile.macCycles(), 0, array.read * tile.macCycles());
  }

  private long folds() {
    long folds = 0;
    long down =
        weightsStay
            ? tile.kernelRows() * tile.kernelColumns() * tile.inputs()
            : tile.rows() * tile.columns();
    for (long group = 0; group < tile.groups(); group++) {
      for (long row = 0; row < down; row += core.rows()) {
        for (long column = 0; column < tile.outputs(); column += core.columns()) {
          folds++;
        }
      }
    }
    return folds;
  }

  /** One fold after the other: load, stream, and the way to the far corner. */
  private long plain(long folds) {
    long edges = 0;
    for (long fold = 0; fold < folds; fold++) {
      for (int row = 0; weightsStay && row < core.rows(); row++) {
        weights.begin(weightBytes);
        edges += Pipe.together(weights);
      }
      for (long operand = 0; operand < streamed; operand++) {
        edges += operand();
      }
      edges += skew();
    }
    return edges;
  }

  /** An edge takes in activations, and weights beside them where sums stay. */
  private long operand() {
    activations.begin(activationBytes);
    if (!weightsStay) {
      weights.begin(weightBytes);
    }
    long edges = 0;
    for (; !activations.isIdle() || !weights.isIdle(); edges++) {
      read += activations.isIdle() ? 0 : 1;
      activations.tick();
      weights.tick();
    }
    return edges;
  }

  private long skew() {
    return core.rows() + core.columns() - 2L;
  }

  /**
   * All folds in one stream. The next fold's weights shift in under this one's operands, or after
   * them, and its first operands wait for them; where sums stay, they wait for the columns, each of
   * which gives out one sum an edge.
   */
  private long overlapping(long folds) {
    long edges = 0;
    long rowsThere = weightsStay ? 0 : core.rows(); // of the fold that comes next
    long entered = streamed; // operands of the fold at work: none is
    long begun = 0;
    long left = 0; // edges in which the last fold's sums still leave
    while (begun < folds || entered < streamed) {
      if (entered == streamed && rowsThere == core.rows() && left == 0 && begun < folds) {
        begun++;
        entered = 0;
        rowsThere = weightsStay ? 0 : core.rows();
        left = weightsStay ? 0 : core.rows();
      }
      boolean streams = entered < streamed;
      if (streams && activations.isIdle() && (weightsStay || weights.isIdle())) {
        activations.begin(activationBytes);
        if (!weightsStay) {
          weights.begin(weightBytes);
        }
      }
      boolean shifts =
          weightsStay
              && begun < folds
              && rowsThere < core.rows()
              && (loadsWhileBusy || !streams || begun == 0);
      if (shifts && weights.isIdle()) {
        weights.begin(weightBytes);
      }
      read += activations.isIdle() ? 0 : 1;
      activations.tick();
      weights.tick();
      edges++;
      left = Math.max(0, left - 1);
      if (streams && activations.isIdle() && (weightsStay || weights.isIdle())) {
        entered++;
      }
      if (shifts && weights.isIdle()) {
        rowsThere++;
      }
    }
    return edges + skew();
  }
}
