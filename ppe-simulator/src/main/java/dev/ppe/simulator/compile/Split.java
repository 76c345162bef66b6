package dev.ppe.simulator.compile;

/**
 * How many parts an output falls into.
 *
 * @param rows parts along rows
 * @param columns parts along columns
 * @param channels parts along channels
 */
public record Split(int rows, int columns, int channels) {
  /** All in one piece. */
  static final Split WHOLE = new Split(1, 1, 1);

  /** Parts in all. */
  public int parts() {
    return rows * columns * channels;
  }

  /** The parts that an output of this size has: no more than each dimension is long. */
  Split used(long outputRows, long outputColumns, long outputChannels) {
    return new Split(
        used(outputRows, rows), used(outputColumns, columns), used(outputChannels, channels));
  }

  /** Parts that a dimension falls into when each is ceil(size / parts). */
  private static int used(long size, int parts) {
    return Math.toIntExact(Math.ceilDiv(size, Math.ceilDiv(size, parts)));
  }
}
