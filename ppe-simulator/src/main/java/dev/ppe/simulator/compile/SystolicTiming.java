package dev.ppe.simulator.compile;

import dev.ppe.simulator.hardware.Core;

/**
 * Systolic arrays. A layer is a matrix product of M positions by K inputs (kernel elements
 * included) by N outputs, cut into folds that fit the array:
 *
 * <ul>
 *   <li><b>output-stationary</b>: M over the rows, N over the columns. A fold streams K operands,
 *       skewed over rows and columns: K + rows + columns - 2 cycles until the last sum is there.
 *   <li><b>weight-stationary</b>: K over the rows, N over the columns. A fold loads its weights row
 *       by row, then streams M positions: M + 2 rows + columns - 2 cycles.
 * </ul>
 *
 * Without overlap a fold begins in the cycle in which the one before ends. With it, only the first
 * fold fills and the last one drains, and between them the array streams, or loads the next weights
 * where that takes longer. Kung, "Why systolic architectures?", 1982; the timing of plain folds is
 * SCALE-Sim's (Samajdar et al., ISPASS 2020).
 *
 * @param core the array of one PE
 */
record SystolicTiming(Core.Systolic core) {

  MatrixTime time(MatrixTile tile) {
    long depth = tile.kernelArea() * tile.inputs();
    long rows = core.rows();
    long columns = core.columns();
    boolean weightStationary = core.dataflow() == Core.Dataflow.WEIGHT_STATIONARY;
    long down = weightStationary ? depth : tile.positions();
    long streamed = weightStationary ? tile.positions() : depth;
    long folds =
        tile.repeats()
            * tile.groups()
            * Math.ceilDiv(down, rows)
            * Math.ceilDiv(tile.outputs(), columns);
    long edges = (weightStationary ? 2 * rows : rows) + columns - 2;
    long cycles =
        core.overlap()
            ? (folds - 1) * Math.max(streamed, weightStationary ? rows : 1) + streamed + edges
            : folds * (streamed + edges);
    long weights = tile.repeats() * tile.groups() * depth * tile.outputs();
    long refetched = weightStationary ? 1 : Math.ceilDiv(tile.positions(), rows);
    long activations =
        tile.repeats() * tile.groups() * tile.positions() * depth * tile.elementBytes();
    return new MatrixTime(
        cycles,
        0,
        0,
        cycles,
        0,
        activations * Math.ceilDiv(tile.outputs(), columns),
        weights * refetched);
  }
}
