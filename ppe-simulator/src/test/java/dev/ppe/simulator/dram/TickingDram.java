package dev.ppe.simulator.dram;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The reference: looks at every cycle of every channel and moves single bursts. It shares nothing
 * with the engine but the data sheet, and is written for obviousness alone: all commands so far are
 * kept, and whether a command may be given is asked of them.
 */
public final class TickingDram {
  private final DramTiming timing;
  private final List<TickingChannel> channels = new ArrayList<>();
  private final long acceleratorHz;
  private int asked;
  private long now;

  /** One that is asked while it runs. */
  public TickingDram(DramTiming timing, long acceleratorHz) {
    this.timing = timing;
    this.acceleratorHz = acceleratorHz;
    for (int i = 0; i < timing.geometry().channels(); i++) {
      channels.add(new TickingChannel(timing));
    }
  }

  /** One that knows from the start what it will be asked. */
  TickingDram(DramTiming timing, long acceleratorHz, List<Access> accesses) {
    this(timing, acceleratorHz);
    accesses.forEach(this::ask);
  }

  /**
   * Asks for another access, not before the accelerator cycle that has been ticked to.
   *
   * @return its number
   */
  public int ask(long cycle, long address, long bytes, boolean write) {
    return ask(new Access(cycle, address, bytes, write));
  }

  private int ask(Access access) {
    split(asked, access);
    return asked++;
  }

  /** Ticks on, up to the last DRAM edge before an accelerator cycle. */
  public void runTo(long acceleratorCycle) {
    long end = Math.multiplyExact(acceleratorCycle, timing.clockHz());
    while (now * acceleratorHz < end) {
      step();
    }
  }

  /** Whether an access has ended when the DRAM has been run to an accelerator cycle. */
  public boolean hasEnded(int access, long acceleratorCycle) {
    for (TickingChannel channel : channels) {
      if (channel.owes(access)) {
        return false;
      }
    }
    return finish(access) <= acceleratorCycle;
  }

  /** Deals an access out burst by burst. */
  private void split(int number, Access access) {
    DramTiming.Geometry geometry = timing.geometry();
    long arrival = ceil(access.start(), timing.clockHz(), acceleratorHz);
    long burst = access.address() - access.address() % geometry.burstBytes();
    for (; burst < access.address() + access.bytes(); burst += geometry.burstBytes()) {
      long block = burst / geometry.interleaveBytes();
      int channel = (int) (block % geometry.channels());
      long local =
          block / geometry.channels() * geometry.interleaveBytes()
              + burst % geometry.interleaveBytes();
      long row = local / geometry.rowBytes();
      channels
          .get(channel)
          .ask(
              new TickingChannel.Burst(
                  number,
                  arrival,
                  (int) (row % geometry.banksPerChannel()),
                  row / geometry.banksPerChannel(),
                  access.write()));
    }
  }

  /** Ticks until nothing waits or moves. */
  TickingDram run() {
    while (isBusy()) {
      step();
    }
    return this;
  }

  private boolean isBusy() { // asked in every cycle
    for (TickingChannel channel : channels) {
      if (channel.busy(now)) {
        return true;
      }
    }
    return false;
  }

  /** Ticks on, up to and with the last DRAM edge at or before an accelerator cycle. */
  public TickingDram runUntil(long acceleratorCycle) {
    long last = floor(acceleratorCycle, timing.clockHz(), acceleratorHz);
    while (now <= last) {
      step();
    }
    return this;
  }

  private void step() {
    for (TickingChannel channel : channels) {
      channel.tick(now);
    }
    now++;
  }

  /** The accelerator cycle at which an access has ended. */
  long finish(int access) {
    long last = 0;
    for (TickingChannel channel : channels) {
      last = Math.max(last, channel.lastBeatOf(access));
    }
    return ceil(last, acceleratorHz, timing.clockHz());
  }

  private long count(ToLongFunction<TickingChannel> what) {
    return channels.stream().mapToLong(what).sum();
  }

  public DramActivity activity() {
    long burstBytes = timing.geometry().burstBytes();
    return new DramActivity(
        count(channel -> channel.activates.size()),
        count(channel -> channel.reads) * burstBytes,
        count(channel -> channel.writes) * burstBytes,
        count(channel -> channel.refreshesDue),
        new DramActivity.ChannelCycles(
            count(channel -> channel.dataCycles),
            count(channel -> channel.turnaroundCycles),
            count(channel -> channel.refreshCycles),
            count(channel -> channel.rowMissCycles)));
  }

  private static long ceil(long cycles, long toHz, long fromHz) {
    BigInteger[] result =
        BigInteger.valueOf(cycles)
            .multiply(BigInteger.valueOf(toHz))
            .divideAndRemainder(BigInteger.valueOf(fromHz));
    return result[0].longValueExact() + result[1].signum();
  }

  private static long floor(long cycles, long toHz, long fromHz) {
    return BigInteger.valueOf(cycles)
        .multiply(BigInteger.valueOf(toHz))
        .divide(BigInteger.valueOf(fromHz))
        .longValueExact();
  }
}
