package dev.ppe.simulator.compile;

import dev.ppe.simulator.activity.Cause;

/**
 * How one layer's output is cut over the PEs, and what that costs the busiest of them. First it
 * takes from the others what it needs of their operands, and the first piece of a second factor
 * that is an activation comes to its core memory; then cores and ports work side by side, the other
 * pieces coming meanwhile, so the slowest decides; what of the weights does not arrive meanwhile is
 * waited for.
 *
 * @param split parts along output rows, columns and channels
 * @param arrayCycles multiply-accumulates
 * @param vectorCycles elementwise work
 * @param activationCycles reads from PE memory
 * @param parameterCycles lines of weights taken in
 * @param outputCycles writes to PE memory
 * @param busyCycles cores or vector unit with their operands' ports
 * @param waitingCycles lines of weights that nothing hides
 * @param networkCycles what comes from other PEs, a second factor included
 * @param peMemoryReadBytes bytes that cores and vector units read from PE memories, over all PEs
 * @param peMemoryWriteBytes bytes written to PE memories, over all PEs
 * @param parameterReadBytes bytes of parameters taken in by cores, over all PEs
 * @param networkBytes bytes moved between PEs, over all PEs
 * @param haloBytes what the busiest PE takes of others' operands, a second factor included
 * @param vectorOperations elementwise operations, over all PEs
 * @param adding what an addition on the way out takes, once the cores are done
 * @param loading what bringing a second factor to the core memories takes
 * @param onCores how the tile lies on the cores and in time
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
    Adding adding,
    Loading loading,
    OnCores onCores) {

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

  /**
   * The second factor of a product of two activations, on its way to the core memories, from where
   * the cores take it in lines as weights. It comes in pieces, the next while the cores use the
   * last.
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

  /** Without an addition on the way out, and with weights. */
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
        Adding.NONE,
        Loading.NONE,
        OnCores.CHANNELS);
  }

  /** A layer that needs nothing done: another view of the same bytes. */
  static final Tiling VIEW = new Tiling(Split.WHOLE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Whether there is nothing to do: the results are the operand's bytes as they lie. */
  public boolean isView() {
    return equals(VIEW);
  }

  /** Cycles of cores, vector unit and ports once operands and weights are in place. */
  public long computeCycles() {
    return computeCycles(1);
  }

  /**
   * The same, where a second factor comes so many times: what of it passes the activation port does
   * so in those of its cycles that the cores leave.
   */
  public long computeCycles(long times) {
    return Math.max(Math.max(busyCycles, outputCycles), portCycles(times));
  }

  private long portCycles(long times) {
    return activationCycles + loading.besideCycles(times);
  }

  /** What decides them; of those that tie a memory, for the cores wait on it as well. */
  public Cause bound() {
    return bound(1);
  }

  /** The same, where a second factor comes so many times. */
  public Cause bound(long times) {
    long port = portCycles(times);
    if (outputCycles > Math.max(busyCycles, port)) {
      return Cause.OUTPUT;
    }
    boolean weightsHidden = waitingCycles == 0;
    long work = Math.max(arrayCycles, vectorCycles);
    if (weightsHidden && parameterCycles > Math.max(work, port)) {
      return Cause.PARAMETER_FETCH;
    }
    return port >= work && port > arrayCycles ? Cause.ACTIVATION_FETCH : Cause.COMPUTE;
  }

  /** How long the cores are held, with their vector unit and ports. */
  public long coreCycles() {
    return coreCycles(1);
  }

  /** The same, where a second factor comes so many times. */
  public long coreCycles(long times) {
    return loading.firstCycles() + waitingCycles + computeCycles(times) + adding.cycles();
  }

  /** What comes from other PEs before the cores begin: all but a second factor. */
  public long haloCycles() {
    return networkCycles - loading.networkCycles();
  }

  /**
   * Cycles in all, before anything that comes from outside the PEs. Of a second factor the first
   * piece is waited for, then the slower of network and cores decides.
   */
  public long totalCycles() {
    long cores = coreCycles();
    if (loading.pieces() == 0) {
      return networkCycles + cores;
    }
    long first = Math.ceilDiv(loading.networkCycles(), loading.pieces());
    long last = Math.ceilDiv(cores, loading.pieces());
    return haloCycles() + Math.max(first + cores, loading.networkCycles() + last);
  }

  /**
   * How it is cut, for people: {@code 4x4x1}, and how it lies on the cores and in time where that
   * is unusual: {@code 4x4x1 rows in 2 weights outer}.
   */
  public String text() {
    return split.rows() + "x" + split.columns() + "x" + split.channels() + onCores.text();
  }
}
