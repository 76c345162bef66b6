package dev.ppe.simulator.job;

/**
 * What the busiest PE multiplies and accumulates of one layer, as nested loops.
 *
 * @param repeats how often all of it is done, one after the other (steps of a recurrent layer)
 * @param rows output rows
 * @param columns output columns
 * @param kernelRows rows of the kernel
 * @param kernelColumns columns of the kernel
 * @param stride positions between neighbouring outputs, in rows and in columns the larger
 * @param dilated whether kernel elements lie apart
 * @param groups independent groups of channels
 * @param inputs input channels of a group
 * @param outputs output channels of a group
 * @param elementBytes bytes of an activation
 * @param weightBytes bytes of a weight
 * @param macCycles cycles of a multiply-accumulate in these numbers
 * @param sharedParameters whether other PEs use the same weights at the same time
 * @param onCores how it lies on the cores and in time
 */
public record MatrixTile(
    long repeats,
    long rows,
    long columns,
    long kernelRows,
    long kernelColumns,
    int stride,
    boolean dilated,
    long groups,
    long inputs,
    long outputs,
    int elementBytes,
    int weightBytes,
    int macCycles,
    boolean sharedParameters,
    OnCores onCores) {

  /** With all cores on the same positions. */
  public MatrixTile(
      long repeats,
      long rows,
      long columns,
      long kernelRows,
      long kernelColumns,
      int stride,
      boolean dilated,
      long groups,
      long inputs,
      long outputs,
      int elementBytes,
      int weightBytes,
      int macCycles,
      boolean sharedParameters) {
    this(
        repeats,
        rows,
        columns,
        kernelRows,
        kernelColumns,
        stride,
        dilated,
        groups,
        inputs,
        outputs,
        elementBytes,
        weightBytes,
        macCycles,
        sharedParameters,
        OnCores.CHANNELS);
  }

  /** The same work, laid on the cores in another way. */
  public MatrixTile on(OnCores other) {
    return new MatrixTile(
        repeats,
        rows,
        columns,
        kernelRows,
        kernelColumns,
        stride,
        dilated,
        groups,
        inputs,
        outputs,
        elementBytes,
        weightBytes,
        macCycles,
        sharedParameters,
        other);
  }

  /** Output positions. */
  public long positions() {
    return rows * columns;
  }

  /** Kernel elements. */
  public long kernelArea() {
    return kernelRows * kernelColumns;
  }

  /** Every channel for itself: what an activation word brings serves one output each. */
  public boolean isDepthwise() {
    return inputs == 1 && groups > 1;
  }

  /** Whether activation words follow each other in memory: no kernel to step through, no stride. */
  public boolean isContiguous() {
    return kernelArea() == 1 && stride == 1 && groups == 1;
  }
}
