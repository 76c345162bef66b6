package dev.ppe.simulator.hardware;

/**
 * Parameters on the chip, over all PEs.
 *
 * @param cacheBytes what keeps parameters from one inference to the next; 0 where each inference
 *     fetches all of them
 * @param stagingBytes buffer for parameters that are fetched in each inference
 * @param bytesPerCycle width at which one PE's cores take parameters of their own
 * @param broadcastBytesPerCycle width at which parameters reach PEs that share them
 * @param overlap whether the next line of weights arrives while the last one is used
 * @param prefetch whether a layer's parameters are fetched from outside under earlier layers
 * @param peBytes what one PE has of this memory, where that is more than an equal part of {@code
 *     cacheBytes}; 0 where it is not
 * @param weightsOnly whether it keeps only what the cores take: a map that meets an activation in
 *     the vector unit then comes with every inference
 * @param weightsStay whether, of a layer whose operands and parameters both have no room on the
 *     chip, parts of the weights may stay while blocks pass, where that fetches fewer bytes; else
 *     blocks stay and weights come again for each
 */
public record ParameterMemory(
    long cacheBytes,
    long stagingBytes,
    int bytesPerCycle,
    int broadcastBytesPerCycle,
    boolean overlap,
    boolean prefetch,
    long peBytes,
    boolean weightsOnly,
    boolean weightsStay) {
  /** A memory of which every PE has an equal part, and whose weights come again for blocks. */
  public ParameterMemory(
      long cacheBytes,
      long stagingBytes,
      int bytesPerCycle,
      int broadcastBytesPerCycle,
      boolean overlap,
      boolean prefetch) {
    this(
        cacheBytes,
        stagingBytes,
        bytesPerCycle,
        broadcastBytesPerCycle,
        overlap,
        prefetch,
        0,
        false,
        false);
  }

  /** The same memory, whose weights may stay or not. */
  public ParameterMemory withWeightsStay(boolean stay) {
    return new ParameterMemory(
        cacheBytes,
        stagingBytes,
        bytesPerCycle,
        broadcastBytesPerCycle,
        overlap,
        prefetch,
        peBytes,
        weightsOnly,
        stay);
  }

  public ParameterMemory {
    Check.range("parameter_memory.cache_bytes", cacheBytes, 0, 1L << 36);
    Check.range("parameter_memory.staging_bytes", stagingBytes, 1 << 10, 1L << 36);
    Check.range("parameter_memory.bytes_per_cycle", bytesPerCycle, 1, 65_536);
    Check.range("parameter_memory.broadcast_bytes_per_cycle", broadcastBytesPerCycle, 1, 65_536);
    Check.range("parameter_memory.pe_bytes", peBytes, 0, 1L << 36);
  }
}
