package dev.ppe.simulator.compile;

import dev.ppe.simulator.activity.Cause;

/**
 * How one layer's output is cut over the PEs, and what that costs the busiest of them. First it
 * takes from the others what it needs of their operands; then cores and ports work side by side, so
 * the slowest decides; what of the weights does not arrive meanwhile is waited for.
 *
 * @param split parts along output rows, columns and channels
 * @param arrayCycles multiply-accumulates
 * @param vectorCycles elementwise work
 * @param activationCycles reads from PE memory
 * @param parameterCycles lines of weights taken in
 * @param outputCycles writes to PE memory
 * @param busyCycles cores or vector unit with their operands' ports
 * @param waitingCycles lines of weights that nothing hides
 * @param networkCycles what comes from other PEs first
 * @param peMemoryReadBytes bytes read from PE memories, over all PEs
 * @param peMemoryWriteBytes bytes written to PE memories, over all PEs
 * @param parameterReadBytes bytes of parameters taken in by cores, over all PEs
 * @param networkBytes bytes moved between PEs, over all PEs
 * @param haloBytes what the busiest PE takes of others' operands
 * @param vectorOperations elementwise operations, over all PEs
 * @param adding what an addition on the way out takes, once the cores are done
 */
public record Tiling(
    Split split,
    long arrayCycles,
    long vectorCycles,
    long activationCycles,
    long parameterCycles,
    long outputCycles,
    long busyCycles,
    long waitingCycles,
    long networkCycles,
    long peMemoryReadBytes,
    long peMemoryWriteBytes,
    long parameterReadBytes,
    long networkBytes,
    long haloBytes,
    long vectorOperations,
    Adding adding) {

  /**
   * An addition on the way out. Its operand comes over the port that fed the cores.
   *
   * @param readCycles reading the operand
   * @param vectorCycles adding
   */
  public record Adding(long readCycles, long vectorCycles) {
    /** No addition. */
    public static final Adding NONE = new Adding(0, 0);

    /** Reads and additions overlap. */
    public long cycles() {
      return Math.max(readCycles, vectorCycles);
    }

    /** What decides them. */
    public Cause bound() {
      return readCycles >= vectorCycles ? Cause.ACTIVATION_FETCH : Cause.COMPUTE;
    }
  }

  /** Without an addition on the way out. */
  public Tiling(
      Split split,
      long arrayCycles,
      long vectorCycles,
      long activationCycles,
      long parameterCycles,
      long outputCycles,
      long busyCycles,
      long waitingCycles,
      long networkCycles,
      long peMemoryReadBytes,
      long peMemoryWriteBytes,
      long parameterReadBytes,
      long networkBytes,
      long haloBytes,
      long vectorOperations) {
    this(
        split,
        arrayCycles,
        vectorCycles,
        activationCycles,
        parameterCycles,
        outputCycles,
        busyCycles,
        waitingCycles,
        networkCycles,
        peMemoryReadBytes,
        peMemoryWriteBytes,
        parameterReadBytes,
        networkBytes,
        haloBytes,
        vectorOperations,
        Adding.NONE);
  }

  /** A layer that needs nothing done: another view of the same bytes. */
  static final Tiling VIEW = new Tiling(Split.WHOLE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Whether there is nothing to do: the results are the operand's bytes as they lie. */
  public boolean isView() {
    return equals(VIEW);
  }

  /** Cycles of cores, vector unit and ports once operands and weights are in place. */
  public long computeCycles() {
    return Math.max(busyCycles, outputCycles);
  }

  /** What decides them; of those that tie a memory, for the cores wait on it as well. */
  public Cause bound() {
    if (outputCycles > busyCycles) {
      return Cause.OUTPUT;
    }
    boolean weightsHidden = waitingCycles == 0;
    long work = Math.max(arrayCycles, vectorCycles);
    if (weightsHidden && parameterCycles > Math.max(work, activationCycles)) {
      return Cause.PARAMETER_FETCH;
    }
    return activationCycles >= work && activationCycles > arrayCycles
        ? Cause.ACTIVATION_FETCH
        : Cause.COMPUTE;
  }

  /** How long the cores are held. */
  public long coreCycles() {
    return waitingCycles + computeCycles() + adding.cycles();
  }

  /** Cycles in all, before anything that comes from outside the PEs. */
  public long totalCycles() {
    return networkCycles + coreCycles();
  }
}
