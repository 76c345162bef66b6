package dev.ppe.simulator.dram;

/**
 * What a DRAM did, for energy and for reports.
 *
 * @param activates rows opened; each is closed again
 * @param readBytes bytes moved by reads: whole bursts, even if a part of one was asked for
 * @param writeBytes bytes moved by writes, likewise (the rest of a burst is masked)
 * @param refreshes all-bank refreshes, over all channels
 * @param cycles where the channels' time went
 */
public record DramActivity(
    long activates, long readBytes, long writeBytes, long refreshes, ChannelCycles cycles) {
  /** A memory that did nothing, or none at all. */
  public static final DramActivity NONE = moved(0, 0);

  /** What a memory did of whose rows and refreshes nothing is known. */
  public static DramActivity moved(long readBytes, long writeBytes) {
    return new DramActivity(0, readBytes, writeBytes, 0, new ChannelCycles(0, 0, 0, 0));
  }

  /**
   * DRAM cycles of all channels together in which there was something to move. Each such cycle has
   * one cause, the first of these that holds.
   *
   * @param data a burst has its slot of {@code burstCycles}
   * @param turnaround a read waits behind a write, or a write behind a read
   * @param refresh a refresh is under way, or too near for a burst to start
   * @param rowMiss the row is being opened
   */
  public record ChannelCycles(long data, long turnaround, long refresh, long rowMiss) {
    /** All cycles with something to move. */
    public long total() {
      return data + turnaround + refresh + rowMiss;
    }
  }
}
