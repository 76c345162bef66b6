package dev.ppe.simulator.compile;

/**
 * What a layer moves on the chip and does in the vector units, over all PEs unless it says
 * otherwise.
 *
 * @param peMemoryReadBytes bytes that cores and vector units read from PE memories
 * @param peMemoryWriteBytes bytes written to PE memories
 * @param parameterReadBytes bytes of parameters taken in by cores
 * @param networkBytes bytes moved between PEs
 * @param haloBytes what the busiest PE takes of others' operands, a second factor included
 * @param vectorOperations elementwise operations
 */
public record TileTraffic(
    long peMemoryReadBytes,
    long peMemoryWriteBytes,
    long parameterReadBytes,
    long networkBytes,
    long haloBytes,
    long vectorOperations) {
  /** Nothing to do. */
  static final TileTraffic NONE = new TileTraffic(0, 0, 0, 0, 0, 0);
}
