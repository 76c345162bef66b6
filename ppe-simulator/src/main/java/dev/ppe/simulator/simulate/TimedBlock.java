package dev.ppe.simulator.simulate;

import dev.ppe.simulator.compile.Work;

/** A block whose work the compiler has timed to the cycle. */
final class TimedBlock<W extends Work.Timed> implements Block<W> {
  @Override
  public long finish(W work, long start) {
    return Math.addExact(start, work.cycles());
  }
}
