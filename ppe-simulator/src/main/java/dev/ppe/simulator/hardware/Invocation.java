package dev.ppe.simulator.hardware;

/**
 * What starting an inference costs beside its transfers.
 *
 * @param overheadNs driver, doorbell and completion
 * @param layerOverheadNs fetching and decoding one layer's instructions, and meeting the other PEs
 * @param instructions bytes of instructions that each inference sends
 */
public record Invocation(int overheadNs, int layerOverheadNs, Instructions instructions) {
  public Invocation {
    Check.range("invocation.overhead_ns", overheadNs, 0, 1_000_000_000);
    Check.range("invocation.layer_overhead_ns", layerOverheadNs, 0, 1_000_000_000);
  }
}
