package dev.ppe.simulator.job;

/**
 * What a layer without multiply-accumulates does.
 *
 * @param operations elementwise operations
 * @param gathered operands taken from anywhere in memory, one by one
 * @param readBytes operand bytes it reads, each pass counted
 * @param writeBytes result bytes it writes
 */
public record VectorWork(long operations, long gathered, long readBytes, long writeBytes) {
  /** Nothing to do. */
  public static final VectorWork NONE = new VectorWork(0, 0, 0, 0);
}
