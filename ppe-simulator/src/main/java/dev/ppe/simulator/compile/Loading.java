package dev.ppe.simulator.compile;

/**
 * The second factor of a product of two activations, on its way to the core memories, from where
 * the cores take it in lines as weights. It comes in pieces, the next while the cores use the last.
 *
 * @param pieces in which it comes; 0 where there is none
 * @param cycles in which the busiest PE's own share passes the activation port
 * @param networkCycles in which the rest comes from other PEs
 * @param readBytes read so from PE memories, over all PEs
 * @param networkBytes what comes from other PEs straight to core memories, over all PEs
 */
public record Loading(
    int pieces, long cycles, long networkCycles, long readBytes, long networkBytes) {
  /** All second factors are weights. */
  public static final Loading NONE = new Loading(0, 0, 0, 0, 0);

  /** Bytes that core memories take, over all PEs. */
  public long bytes() {
    return readBytes + networkBytes;
  }

  /** What of the port's cycles nothing hides: the first piece's. */
  public long firstCycles() {
    return pieces == 0 ? 0 : Math.ceilDiv(cycles, pieces);
  }

  /** Port cycles beside the cores' own, if the factor comes so many times. */
  long besideCycles(long times) {
    return times * cycles - firstCycles();
  }
}
