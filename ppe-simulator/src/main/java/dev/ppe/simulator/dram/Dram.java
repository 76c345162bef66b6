package dev.ppe.simulator.dram;

import dev.ppe.simulator.dram.DramActivity.ChannelCycles;
import java.util.Arrays;

/**
 * A DRAM at work. One engine asks for accesses in order; each is split over the channels, and each
 * channel moves its part burst by burst after the parts it was given before. An access may be asked
 * for while earlier ones are still under way: its first command in a channel follows their last one
 * there, so pipelines stay full.
 *
 * <p>Times go in and come out as cycles of the accelerator's clock; inside they are cycles of the
 * DRAM's. An access starts at the first DRAM edge at or after its start, and has finished at the
 * first accelerator edge at or after its last beat. There is no floating point and nothing random:
 * the same accesses give the same times.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class Dram {
  // Within these limits no count overflows.
  private static final long LATEST = 1L << 54; // three weeks at 10 GHz
  private static final long HIGHEST_ADDRESS = 1L << 48;
  private static final long MOST_BYTES = 1L << 34;

  private final long burstBytes;
  private final long refreshInterval;
  private final Interleaving interleaving;
  private final ClockRatio toDram;
  private final ClockRatio toAccelerator;
  private final Channel[] channels;
  private long lastStart;
  private long lastFinish;

  /**
   * A DRAM that has been idle, and refreshed, since cycle 0.
   *
   * @param timing the part
   * @param acceleratorHz the clock in which callers count
   */
  public Dram(DramTiming timing, long acceleratorHz) {
    Check.range("clock_hz of the accelerator", acceleratorHz, 1_000_000, 10_000_000_000L);
    this.burstBytes = timing.geometry().burstBytes();
    this.refreshInterval = timing.refresh().tRefi();
    this.interleaving = new Interleaving(timing.geometry());
    this.toDram = ClockRatio.of(acceleratorHz, timing.clockHz());
    this.toAccelerator = ClockRatio.of(timing.clockHz(), acceleratorHz);
    this.channels = new Channel[timing.geometry().channels()];
    Arrays.setAll(channels, i -> new Channel(timing));
  }

  /**
   * Reads or writes {@code bytes} bytes from {@code address} on.
   *
   * @param startCycle accelerator cycle at which the access is asked for, not before that of the
   *     access before
   * @param address of the first byte, from 0; need not be aligned
   * @param bytes at least 1
   * @return the accelerator cycle at which the last byte has moved
   * @throws IllegalArgumentException if an argument is out of range or starts go backwards
   * @throws ArithmeticException if the DRAM's clock would count beyond 2^54 before it starts
   */
  public long access(long startCycle, long address, long bytes, boolean write) {
    Check.atLeast("start cycle", startCycle, lastStart, "accesses are asked for in order");
    Check.range("address", address, 0, HIGHEST_ADDRESS);
    Check.range("bytes", bytes, 1, MOST_BYTES);
    lastStart = startCycle;
    long arrival = toDram.roundUp(startCycle);
    if (Math.max(arrival, lastFinish) > LATEST) {
      throw new ArithmeticException(
          "DRAM cycle %d is beyond %d".formatted(Math.max(arrival, lastFinish), LATEST));
    }
    long finish = arrival;
    for (int channel = 0; channel < channels.length; channel++) {
      long from = interleaving.below(address, channel);
      long to = interleaving.below(address + bytes, channel);
      if (from < to) {
        long first = from / burstBytes;
        long end = Math.ceilDiv(to, burstBytes);
        finish = Math.max(finish, channels[channel].transfer(arrival, first, end, write));
      }
    }
    lastFinish = Math.max(lastFinish, finish);
    return toAccelerator.roundUp(finish);
  }

  /**
   * What has been done by {@code cycle}, with the refreshes of idle channels.
   *
   * @param cycle an accelerator cycle, not before the end of any access
   */
  public DramActivity activity(long cycle) {
    Check.atLeast("cycle", cycle, toAccelerator.roundUp(lastFinish), "all accesses have ended");
    long due = toDram.roundDown(cycle) / refreshInterval;
    return new DramActivity(
        sum(Counter.ACTIVATES),
        sum(Counter.READ_BURSTS) * burstBytes,
        sum(Counter.WRITE_BURSTS) * burstBytes,
        due * channels.length,
        new ChannelCycles(
            sum(Counter.DATA),
            sum(Counter.TURNAROUND),
            sum(Counter.REFRESH),
            sum(Counter.ROW_MISS)));
  }

  private long sum(int counter) {
    return Arrays.stream(channels).mapToLong(channel -> channel.counted(counter)).sum();
  }

  /** Events of all channels so far: a measure of the work done here, not of the memory's. */
  long runs() {
    return Arrays.stream(channels).mapToLong(Channel::runs).sum();
  }
}
