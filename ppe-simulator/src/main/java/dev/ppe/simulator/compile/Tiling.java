package dev.ppe.simulator.compile;

import dev.ppe.simulator.activity.Cause;

/**
 * How one layer's output is cut over the PEs, and what that costs. Each port of a PE bounds the
 * time from below; they work side by side, so the slowest decides. Moving operands between PEs
 * comes before.
 *
 * @param rowSplit parts along output rows
 * @param columnSplit parts along output columns
 * @param channelSplit parts along output channels
 * @param arrayCycles multiply-accumulates of the busiest PE
 * @param vectorCycles elementwise work of the busiest PE
 * @param activationCycles its reads from PE memory
 * @param parameterCycles its reads of parameters
 * @param outputCycles its writes to PE memory
 * @param networkCycles what it takes from other PEs first
 * @param peMemoryReadBytes bytes read from PE memories, over all PEs
 * @param peMemoryWriteBytes bytes written to PE memories, over all PEs
 * @param parameterReadBytes bytes of parameters taken in by cores, over all PEs
 * @param networkBytes bytes moved between PEs, over all PEs
 * @param haloBytes what the busiest PE holds of others' operands: the halo of its tile
 * @param vectorOperations elementwise operations, over all PEs
 */
public record Tiling(
    int rowSplit,
    int columnSplit,
    int channelSplit,
    long arrayCycles,
    long vectorCycles,
    long activationCycles,
    long parameterCycles,
    long outputCycles,
    long networkCycles,
    long peMemoryReadBytes,
    long peMemoryWriteBytes,
    long parameterReadBytes,
    long networkBytes,
    long haloBytes,
    long vectorOperations) {

  /** A layer that needs nothing done: another view of the same bytes. */
  static final Tiling VIEW = new Tiling(1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Cycles once the operands are in place. */
  public long computeCycles() {
    return Math.max(
        Math.max(Math.max(arrayCycles, vectorCycles), Math.max(activationCycles, parameterCycles)),
        outputCycles);
  }

  /** Which port decides; of those that tie one to memory, for the cores wait on it as well. */
  public Cause bound() {
    long cycles = computeCycles();
    if (cycles == activationCycles) {
      return Cause.ACTIVATION_FETCH;
    } else if (cycles == parameterCycles) {
      return Cause.PARAMETER_FETCH;
    } else if (cycles == outputCycles) {
      return Cause.OUTPUT;
    } else {
      return Cause.COMPUTE;
    }
  }

  /** Cycles in all. */
  long totalCycles() {
    return networkCycles + computeCycles();
  }
}
