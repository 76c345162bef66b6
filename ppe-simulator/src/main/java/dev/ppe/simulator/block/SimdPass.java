package dev.ppe.simulator.block;

/**
 * Passes over the lanes of SIMD cores that are alike and follow each other.
 *
 * @param count how many
 * @param wordBytes activations of a step
 * @param sumBytes sums of a step, one of four bytes for each lane in use
 * @param macTicks how long a lane multiplies and adds
 * @param lineBytes weights of a line
 * @param lineTicks how long it takes to come in
 * @param readBytes width of the port that brings activations
 * @param writeBytes width of the port that takes results
 */
record SimdPass(
    long count,
    long wordBytes,
    long sumBytes,
    long macTicks,
    long lineBytes,
    long lineTicks,
    long readBytes,
    long writeBytes) {

  /** How long the port takes for a word. */
  long wordTicks() {
    return Math.ceilDiv(wordBytes, readBytes);
  }

  /** How long the port takes for a word, and sums that come back with it. */
  long readTicks(boolean back) {
    return Math.ceilDiv(wordBytes + (back ? sumBytes : 0), readBytes);
  }

  /**
   * How long lanes and ports take side by side.
   *
   * @param back whether sums come back from PE memory
   * @param away whether they go there
   */
  long stepTicks(boolean back, boolean away) {
    long ports = Math.max(readTicks(back), away ? Math.ceilDiv(sumBytes, writeBytes) : 0);
    return Math.max(ports, macTicks);
  }
}
