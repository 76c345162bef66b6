package dev.ppe.simulator.activity;

/**
 * How often the hardware did what costs energy.
 *
 * @param macs 8-bit multiply-accumulates
 * @param vectorOperations elementwise operations
 * @param peMemoryReadBytes bytes read from PE memories
 * @param peMemoryWriteBytes bytes written to them
 * @param parameterBytes bytes of parameters read by cores
 * @param networkBytes bytes moved between PEs
 * @param dramBytes bytes to and from DRAM
 * @param hostLinkBytes bytes on the host link
 */
public record ActionCounts(
    long macs,
    long vectorOperations,
    long peMemoryReadBytes,
    long peMemoryWriteBytes,
    long parameterBytes,
    long networkBytes,
    long dramBytes,
    long hostLinkBytes) {
  /** Nothing done. */
  public static final ActionCounts NONE = new ActionCounts(0, 0, 0, 0, 0, 0, 0, 0);

  /** These and others together. */
  public ActionCounts plus(ActionCounts other) {
    return new ActionCounts(
        macs + other.macs,
        vectorOperations + other.vectorOperations,
        peMemoryReadBytes + other.peMemoryReadBytes,
        peMemoryWriteBytes + other.peMemoryWriteBytes,
        parameterBytes + other.parameterBytes,
        networkBytes + other.networkBytes,
        dramBytes + other.dramBytes,
        hostLinkBytes + other.hostLinkBytes);
  }
}
