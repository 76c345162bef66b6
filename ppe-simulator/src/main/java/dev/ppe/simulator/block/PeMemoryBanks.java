package dev.ppe.simulator.block;

import dev.ppe.simulator.job.Job;

/**
 * The banks of one PE's memory. A bank has one port: it serves one access at a time, so the streams
 * in it pass in turn, and the cores are done when the banks that they use have served everything in
 * them. The cores read operands and write results; the next block's operands come in (double
 * buffering), and the last block's results go out. Each stream takes its bytes over the width of
 * the port that it passes: reads and drains that of the operands, results and fills that of the
 * results.
 *
 * @param ports through which streams pass
 */
public record PeMemoryBanks(PeMemoryPorts ports) {
  private static final long MOST_CYCLES = Long.MAX_VALUE / 4;

  /**
   * What passes beside a block of a layer, in cycles of the ports that it takes.
   *
   * @param reads the cores read operands
   * @param results the cores write results
   * @param fills the next block's operands come in
   * @param drains the last block's results go out
   */
  public record Streams(long reads, long results, long fills, long drains) {
    public Streams {
      requireCycles("reads", reads);
      requireCycles("results", results);
      requireCycles("fills", fills);
      requireCycles("drains", drains);
    }

    private static void requireCycles(String what, long cycles) {
      if (cycles < 0 || cycles > MOST_CYCLES) {
        throw new IllegalArgumentException("%s take %d cycles".formatted(what, cycles));
      }
    }

    /** Until the banks that the cores use have served all in them. */
    public long cycles(Job.Dealt dealt) {
      return Math.max(served(dealt, dealt.reads()), served(dealt, dealt.results()));
    }

    /** What cores wait for that would be done after so many cycles. */
    public long waitingCycles(Job.Dealt dealt, long coreCycles) {
      return Math.max(0, cycles(dealt) - coreCycles);
    }

    private long served(Job.Dealt dealt, int bank) {
      return (dealt.reads() == bank ? reads : 0)
          + (dealt.results() == bank ? results : 0)
          + (dealt.fills() == bank ? fills : 0)
          + (dealt.drains() == bank ? drains : 0);
    }
  }

  /**
   * Streams of one PE.
   *
   * @param reads cycles in which the cores read
   * @param results cycles in which they write
   * @param filledBytes that come in meanwhile
   * @param drainedBytes that go out
   */
  public Streams streams(long reads, long results, long filledBytes, long drainedBytes) {
    return new Streams(
        reads, results, ports.writeCycles(filledBytes), ports.readCycles(drainedBytes));
  }
}
