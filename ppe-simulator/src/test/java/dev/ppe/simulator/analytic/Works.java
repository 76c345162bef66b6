package dev.ppe.simulator.analytic;

import dev.ppe.simulator.compile.Passes;
import dev.ppe.simulator.compile.Split;
import dev.ppe.simulator.compile.TileTimes;
import dev.ppe.simulator.compile.TileTraffic;
import dev.ppe.simulator.compile.Tiling;
import dev.ppe.simulator.compile.Transfers;
import dev.ppe.simulator.hardware.AcceleratorBuilder;

/** Layers in round numbers. */
final class Works {
  /** Two ways of a byte in a cycle. */
  static final Channels TWO_WAYS =
      Channels.of(
          new Transfers(
              AcceleratorBuilder.small().hostLink(1_000_000_000, 1_000_000_000, 0).build()));

  /** One channel for both ways, of a byte in a cycle. */
  static final Channels ONE_WAY =
      Channels.of(
          new Transfers(
              AcceleratorBuilder.small().dram(1_000_000_000, 0).withoutHostLink().build()));

  private Works() {}

  /** Layer 0, whose steps take the cores so long each, and its exchanges the network. */
  static ArrayWork work(long computeCycles, long networkCycles, int steps) {
    long all = computeCycles * steps;
    Split split = new Split(2, 2, 1);
    return new ArrayWork(
        0,
        new Tiling(
            split,
            new TileTimes(all, 0, 0, 0, 0, all, 0, networkCycles),
            new TileTraffic(0, 0, 0, 0, 0, 0)),
        new Passes(steps, 1, steps, 0, 0, 0));
  }
}
