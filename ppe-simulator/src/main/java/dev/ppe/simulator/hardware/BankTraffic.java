package dev.ppe.simulator.hardware;

/**
 * What passes the banks of one PE's memory beside a block of a layer, in cycles of the ports that
 * it takes. A bank has one port: it serves one access at a time, so the streams in it pass in turn,
 * and the cores are done when the banks that they use have served everything in them.
 *
 * @param reads the cores read operands
 * @param results the cores write results
 * @param fills the next block's operands come in
 * @param drains the last block's results go out
 */
public record BankTraffic(long reads, long results, long fills, long drains) {
  public BankTraffic {
    Check.range("cycles of reads", reads, 0, Long.MAX_VALUE / 4);
    Check.range("cycles of results", results, 0, Long.MAX_VALUE / 4);
    Check.range("cycles of fills", fills, 0, Long.MAX_VALUE / 4);
    Check.range("cycles of drains", drains, 0, Long.MAX_VALUE / 4);
  }

  /** The bank of each stream, from 0 on. */
  public record Dealt(int reads, int results, int fills, int drains) {}

  /** Until the banks that the cores use have served all in them. */
  public long cycles(Dealt dealt) {
    return Math.max(served(dealt, dealt.reads()), served(dealt, dealt.results()));
  }

  private long served(Dealt dealt, int bank) {
    return (dealt.reads() == bank ? reads : 0)
        + (dealt.results() == bank ? results : 0)
        + (dealt.fills() == bank ? fills : 0)
        + (dealt.drains() == bank ? drains : 0);
  }
}
