package dev.ppe.simulator.analytic;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.Passes;

/**
 * What the parts of a layer's passes take: everything that is added to a moment on the way through
 * {@link LaterPasses}. Parts are equal but for rounding, the longer ones first.
 */
record PassWork(ArrayWork work, Passes passes, Channels channels) {

  /** Passes after the first. */
  int later() {
    return passes.passes() - 1;
  }

  /** The cores do the last {@code count} steps. */
  Moment lastSteps(Moment start, int count) {
    return work.then(start, passes.steps() - count, passes.steps());
  }

  /** The cores do the last {@code count} passes. */
  Moment lastPasses(Moment start, int count) {
    return lastSteps(start, count * passes.pieces());
  }

  /** Whether operands come in with every pass. */
  boolean fetches() {
    return passes.bytesIn() > 0 || (secondComesAgain() && passes.second().bytesIn() > 0);
  }

  /** Operands of so many passes come in, the first pass's not among them. */
  Moment fetch(Moment start, int count) {
    long cycles =
        channels.in(passes.bytesIn(), count + 1, passes.passes())
            - channels.in(passes.bytesIn(), 1, passes.passes());
    long second = secondComesAgain() ? channels.in(passes.second().bytesIn(), 1, 1) : 0;
    return start.after(cycles + count * second, Cause.DMA, work.layer());
  }

  /**
   * PEs exchange operands of so many passes, the first not among them, and so much of their second
   * factors that the cores can begin the last.
   */
  Moment exchange(Moment start, int count) {
    long second = secondCycles();
    long rest = second - Math.ceilDiv(second, passes.pieces());
    return count == 0 ? start : exchanged(start, count, count * second - rest);
  }

  /** PEs exchange operands of so many passes, the first not among them, to the end. */
  Moment wholeExchange(Moment start, int count) {
    return exchanged(start, count, count * secondCycles());
  }

  private Moment exchanged(Moment start, int count, long second) {
    long all = passes.exchanges() == 0 ? 0 : work.tiling().haloCycles();
    long cycles =
        ArrayWork.first(all, count + 1, passes.passes()) - ArrayWork.first(all, 1, passes.passes());
    return start.after(cycles + second, Cause.ACTIVATION_FETCH, work.layer());
  }

  /** Whether the network has nothing to do after the first pass. */
  boolean exchangesNothing() {
    return work.tiling().haloCycles() == 0 && secondCycles() == 0;
  }

  private long secondCycles() {
    return secondComesAgain() ? work.tiling().loading().networkCycles() : 0;
  }

  private boolean secondComesAgain() {
    return passes.second().times() > 1;
  }

  /** Parameters of so many passes come, in one transfer each. */
  Moment parameters(Moment start, int count) {
    return parameters(start, count, passes.streamedBytes() == 0 ? 0 : one());
  }

  private long one() {
    return channels.in(passes.streamedBytes());
  }

  /** Parameters of so many passes come, piece by piece. */
  Moment pieces(Moment start, int count) {
    return parameters(
        start, count, channels.in(passes.streamedBytes(), passes.pieces(), passes.pieces()));
  }

  /** One piece each of the parameters of so many passes comes. */
  Moment onePiece(Moment start, int count) {
    return parameters(start, count, channels.in(passes.streamedBytes(), 1, passes.pieces()));
  }

  private Moment parameters(Moment start, int count, long cycles) {
    return start.after(Math.multiplyExact(count, cycles), Cause.PARAMETER_FETCH, work.layer());
  }

  /** Results of the first {@code count} passes go out. */
  Moment store(Moment start, int count) {
    return start.after(stored(count), Cause.DMA, work.layer());
  }

  /** The same, where they take the way that operands and parameters come. */
  Moment storeBetween(Moment start, int count) {
    return channels.shared() ? store(start, count) : start;
  }

  /** Results of the last pass go out. */
  Moment storeLast(Moment start) {
    long cycles = stored(passes.passes()) - stored(later());
    return start.after(cycles, Cause.DMA, work.layer());
  }

  private long stored(int count) {
    return channels.out(passes.bytesOut(), count, passes.passes());
  }
}
