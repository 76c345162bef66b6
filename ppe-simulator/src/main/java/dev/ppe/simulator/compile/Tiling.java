package dev.ppe.simulator.compile;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.block.ProcessingElement;
import dev.ppe.simulator.job.OnCores;

/**
 * How one layer's output is cut over the PEs, and what that costs the busiest of them. First it
 * takes from the others what it needs of their operands, and the first piece of a second factor
 * that is an activation comes to its core memory; then cores and ports work side by side, the other
 * pieces coming meanwhile, so the slowest decides; what of the weights does not arrive meanwhile is
 * waited for.
 *
 * @param split parts along output rows, columns and channels
 * @param times how long each block takes
 * @param traffic what moves on the chip
 * @param adding what an addition on the way out takes, once the cores are done
 * @param loading what bringing a second factor to the core memories takes
 * @param onCores how the tile lies on the cores and in time
 */
public record Tiling(
    Split split,
    TileTimes times,
    TileTraffic traffic,
    Adding adding,
    Loading loading,
    OnCores onCores) {

  /** A layer that needs nothing done: another view of the same bytes. */
  static final Tiling VIEW = new Tiling(Split.WHOLE, TileTimes.NONE, TileTraffic.NONE);

  /** Without an addition on the way out, and with weights. */
  public Tiling(Split split, TileTimes times, TileTraffic traffic) {
    this(split, times, traffic, Adding.NONE, Loading.NONE, OnCores.CHANNELS);
  }

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
  public long computeCycles(long often) {
    return ProcessingElement.sideBySide(times.busy(), portCycles(often), times.output());
  }

  /** Cycles of the activation port beside the cores' work, a second factor's included. */
  long portCycles(long often) {
    return times.activations() + loading.besideCycles(often);
  }

  /** What decides them; of those that tie a memory, for the cores wait on it as well. */
  public Cause bound() {
    return bound(1);
  }

  /** The same, where a second factor comes so many times. */
  public Cause bound(long often) {
    long port = portCycles(often);
    if (times.output() > Math.max(times.busy(), port)) {
      return Cause.OUTPUT;
    }
    boolean weightsHidden = times.waiting() == 0;
    long work = Math.max(times.array(), times.vector());
    if (weightsHidden && times.parameters() > Math.max(work, port)) {
      return Cause.PARAMETER_FETCH;
    }
    return port >= work && port > times.array() ? Cause.ACTIVATION_FETCH : Cause.COMPUTE;
  }

  /** How long the cores are held, with their vector unit and ports. */
  public long coreCycles() {
    return coreCycles(1);
  }

  /** The same, where a second factor comes so many times. */
  public long coreCycles(long often) {
    return loading.firstCycles() + times.waiting() + computeCycles(often) + adding.cycles();
  }

  /** What comes from other PEs before the cores begin: all but a second factor. */
  public long haloCycles() {
    return times.network() - loading.networkCycles();
  }

  /**
   * Cycles in all, before anything that comes from outside the PEs. Of a second factor the first
   * piece is waited for, then the slower of network and cores decides.
   */
  public long totalCycles() {
    long cores = coreCycles();
    if (loading.pieces() == 0) {
      return times.network() + cores;
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

  /** Cycles of multiply-accumulates. */
  public long arrayCycles() {
    return times.array();
  }

  /** Cycles of elementwise work. */
  public long vectorCycles() {
    return times.vector();
  }

  /** Cycles of reads from PE memory. */
  public long activationCycles() {
    return times.activations();
  }

  /** Cycles in which lines of weights are taken in. */
  public long parameterCycles() {
    return times.parameters();
  }

  /** Cycles of writes to PE memory. */
  public long outputCycles() {
    return times.output();
  }

  /** Cycles of cores or vector unit with their operands' ports. */
  public long busyCycles() {
    return times.busy();
  }

  /** Cycles of lines of weights that nothing hides. */
  public long waitingCycles() {
    return times.waiting();
  }

  /** Cycles in which something comes from other PEs. */
  public long networkCycles() {
    return times.network();
  }

  /** Bytes that cores and vector units read from PE memories, over all PEs. */
  public long peMemoryReadBytes() {
    return traffic.peMemoryReadBytes();
  }

  /** Bytes written to PE memories, over all PEs. */
  public long peMemoryWriteBytes() {
    return traffic.peMemoryWriteBytes();
  }

  /** Bytes of parameters taken in by cores, over all PEs. */
  public long parameterReadBytes() {
    return traffic.parameterReadBytes();
  }

  /** Bytes moved between PEs, over all PEs. */
  public long networkBytes() {
    return traffic.networkBytes();
  }

  /** What the busiest PE takes of others' operands, a second factor included. */
  public long haloBytes() {
    return traffic.haloBytes();
  }

  /** Elementwise operations, over all PEs. */
  public long vectorOperations() {
    return traffic.vectorOperations();
  }
}
