package dev.ppe.simulator.analytic;

import dev.ppe.simulator.dram.DramActivity;
import dev.ppe.simulator.dram.DramActivity.ChannelCycles;
import dev.ppe.simulator.dram.DramTiming;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Cycles;
import java.util.Optional;

/**
 * A DRAM in closed form: all that the model knows of one. A transfer finds its rows closed and
 * opens the first; further rows open ahead, under the bursts of the row before. Bursts then follow
 * each other on all channels, but for refreshes, which take {@code tRp + tRfc + tRcd} out of every
 * {@code tRefi}:
 *
 * <pre>
 * slots  = bursts of a channel x burst cycles
 * cycles = tRcd + tCl (or tCwl) + slots + floor(slots / (tRefi - stall)) x stall
 * </pre>
 *
 * <p>Turning from reads to writes, and whether a refresh falls into a short transfer, are left out;
 * {@code docs/dram.md} has the model that has them.
 */
record DramFormula(DramTiming timing, long latencyCycles, long clockHz) {

  /** Of the accelerator's DRAM, if it has one whose timing is known. */
  static Optional<DramFormula> of(Accelerator accelerator) {
    return accelerator
        .dram()
        .flatMap(
            dram ->
                dram.part()
                    .map(
                        part ->
                            new DramFormula(
                                part.timing(),
                                Cycles.ofNanos(dram.latencyNs(), accelerator.clockHz()),
                                accelerator.clockHz())));
  }

  /** Cycles of the accelerator for a transfer, with the way to the memory. */
  long cycles(long bytes, boolean write) {
    if (bytes == 0) {
      return latencyCycles;
    }
    DramTiming.Column column = timing.column();
    long first = (long) timing.row().tRcd() + (write ? column.tCwl() : column.tCl());
    long slots = Math.multiplyExact(burstsOfAChannel(bytes), column.burstCycles());
    long refreshed = Math.multiplyExact(slots / (timing.refresh().tRefi() - stall()), stall());
    long busy = Math.addExact(first, Math.addExact(slots, refreshed));
    return Math.addExact(latencyCycles, Cycles.atRate(busy, timing.clockHz(), clockHz));
  }

  /** What a refresh takes: rows close before it and open after it. */
  private long stall() {
    return (long) timing.row().tRp() + timing.refresh().tRfc() + timing.row().tRcd();
  }

  /** Of the channel that has most: they take turns every so many bytes. */
  private long burstsOfAChannel(long bytes) {
    DramTiming.Geometry geometry = timing.geometry();
    long turn = geometry.interleaveBytes();
    long round = geometry.channels() * turn;
    return Math.ceilDiv(
        bytes / round * turn + Math.min(turn, bytes % round), geometry.burstBytes());
  }

  /**
   * What the memory did in all: rows as the bytes fill them, and one for each channel that a
   * transfer or a refresh under it finds closed; whole bursts; refreshes of the whole time.
   */
  DramActivity activity(DramTraffic traffic, long cycles) {
    DramTiming.Geometry geometry = timing.geometry();
    long readBytes = wholeBursts(traffic.readBytes());
    long writeBytes = wholeBursts(traffic.writtenBytes());
    long data = (readBytes + writeBytes) / geometry.burstBytes() * timing.column().burstCycles();
    long refreshesUnderWay = data / (timing.refresh().tRefi() - stall());
    long opened = Math.multiplyExact(traffic.transfers(), geometry.channels());
    long rows = (readBytes + writeBytes) / geometry.rowBytes();
    long ofAChannel = Cycles.atRate(cycles, clockHz, timing.clockHz()) / timing.refresh().tRefi();
    return new DramActivity(
        rows + opened + refreshesUnderWay,
        readBytes,
        writeBytes,
        ofAChannel * geometry.channels(),
        new ChannelCycles(data, 0, refreshesUnderWay * stall(), opened * timing.row().tRcd()));
  }

  private long wholeBursts(long bytes) {
    long burst = timing.geometry().burstBytes();
    return Math.ceilDiv(bytes, burst) * burst;
  }
}
