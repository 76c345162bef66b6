package dev.ppe.simulator.block;

import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.job.MatrixTile;

/**
 * The systolic array of one PE. A layer is a matrix product of M positions by K inputs (kernel
 * elements included) by N outputs for each group of channels, cut into folds that fit the array:
 *
 * <ul>
 *   <li><b>output-stationary</b>: M over the rows, N over the columns. K activations a row and K
 *       weights a column stream through.
 *   <li><b>weight-stationary</b>: K over the rows, N over the columns. Weights shift in row by row,
 *       then M activations a row stream through, and sums move down.
 * </ul>
 *
 * Every PE passes on at a clock edge what it took in at the one before, so the far corner works
 * {@code rows + columns - 2} edges after the near one. A fold takes
 *
 * <pre>
 * load     edges in which its weights shift in: rows, or none where sums stay
 * stream   edges in which operands enter the near corner
 * skew     edges until the last of them has reached the far corner: rows + columns - 2
 * </pre>
 *
 * <p>Plain folds follow each other, the next one's first edge after the last one's last. With
 * overlap the next fold's operands follow this one's directly, but for two things that the array
 * has once: weights need {@code load} edges to shift in beside those in use, and a column gives out
 * one finished sum an edge, {@code rows} of them a fold. So folds begin {@code max(stream, rows)}
 * apart, and load and skew show once.
 *
 * <p>Time runs from the edge that takes in the first operands to the edge that adds the last
 * product: so many edges are one cycle less. That is why SCALE-Sim (Samajdar et al., ISPASS 2020),
 * which numbers its cycles from 0, reports {@code folds (T + R + C - 2) - 1} and {@code folds (T +
 * 2R + C - 2) - 1}. Only a single PE, whose near corner is the far one, gains nothing: it is busy
 * in that edge.
 *
 * <p>The ports set the pace where they are narrower than the array: an edge that takes in a row of
 * weights, or an activation for every row, comes when the port has brought all of it. The widest
 * fold of a layer sets its pace. In numbers whose multiply-accumulate takes several cycles, edges
 * are so many cycles apart, and the ports bring as much more between them. The steps of a recurrent
 * layer do not overlap: each needs the sums of the one before. Kung, "Why systolic architectures?",
 * 1982.
 *
 * @param core the array of one PE
 * @param ports of the PE memory
 * @param memory where weights come from; its {@code overlap} says whether a fold's weights shift in
 *     while the array works, which needs folds that overlap
 */
public record SystolicArray(Core.Systolic core, PeMemoryPorts ports, CoreMemory memory)
    implements Cores {

  /**
   * Clock edges that it takes to bring the operands of one.
   *
   * @param activations from one activation of a row to the next
   * @param weights from one row of weights to the next
   */
  private record Pace(long activations, long weights) {
    /** Where the ports bring all that an edge takes in. */
    static final Pace ARRAY = new Pace(1, 1);
  }

  @Override
  public MatrixTime time(MatrixTile tile) {
    long depth = tile.kernelArea() * tile.inputs();
    long down = weightStationary() ? depth : tile.positions();
    long streamed = weightStationary() ? tile.positions() : depth;
    long rowFolds = Math.ceilDiv(down, core.rows());
    long columnFolds = Math.ceilDiv(tile.outputs(), core.columns());
    long folds = tile.groups() * rowFolds * columnFolds;
    long apart = tile.macCycles();
    Pace pace =
        new Pace(
            Math.ceilDiv(
                Math.min(down, core.rows()) * tile.elementBytes(),
                ports.readBytesPerCycle() * apart),
            Math.ceilDiv(
                Math.min(tile.outputs(), core.columns()) * tile.weightBytes(),
                memory.lineBytesPerCycle(tile) * apart));
    long rowsOfWeights = weightStationary() ? core.rows() : streamed;
    return new MatrixTime(
        apart * edges(tile.repeats(), folds, streamed, Pace.ARRAY),
        apart * tile.repeats() * folds * streamed * pace.activations(),
        apart * tile.repeats() * folds * rowsOfWeights * pace.weights(),
        apart * edges(tile.repeats(), folds, streamed, pace),
        0,
        tile.repeats()
            * tile.groups()
            * tile.positions()
            * depth
            * tile.elementBytes()
            * columnFolds,
        tile.repeats()
            * tile.groups()
            * depth
            * tile.outputs()
            * tile.weightBytes()
            * (weightStationary() ? 1 : rowFolds));
  }

  /** Clock edges from the first to the last. */
  private long edges(long repeats, long folds, long streamed, Pace pace) {
    long load = weightStationary() ? core.rows() * pace.weights() : 0;
    // Where sums stay, activations and weights enter side by side.
    long stream =
        streamed
            * (weightStationary()
                ? pace.activations()
                : Math.max(pace.activations(), pace.weights()));
    long skew = core.rows() + core.columns() - 2L;
    long edges =
        core.overlap()
            ? load + (folds - 1) * interval(load, stream) + stream + skew
            : folds * (load + stream + skew);
    return repeats * edges - Math.min(1, skew);
  }

  /** From the first operands of one fold to those of the next, where they overlap. */
  private long interval(long load, long stream) {
    if (!weightStationary()) {
      return Math.max(stream, core.rows());
    }
    return memory.overlap() ? Math.max(stream, load) : stream + load;
  }

  private boolean weightStationary() {
    return core.dataflow() == Core.Dataflow.WEIGHT_STATIONARY;
  }
}
