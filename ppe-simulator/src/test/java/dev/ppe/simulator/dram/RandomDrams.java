package dev.ppe.simulator.dram;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small parts and short accesses, chosen so that rules bind that seldom do in real ones. */
public final class RandomDrams {
  private RandomDrams() {}

  public static DramTiming timing(Random random) {
    int burst = upTo(random, 8);
    int tCl = upTo(random, 12);
    int tCwl = upTo(random, 12);
    var column =
        new DramTiming.Column(
            burst,
            tCl,
            tCwl,
            Math.max(burst, tCl + burst - tCwl) + random.nextInt(6),
            upTo(random, 8));
    int tRcd = upTo(random, 12);
    var row =
        new DramTiming.Row(
            tRcd,
            upTo(random, 12),
            tRcd + random.nextInt(20),
            upTo(random, 10),
            upTo(random, 12),
            upTo(random, 8),
            upTo(random, 40));
    int least =
        Math.max(
            Math.max(Math.max(burst, column.tRtw()), column.tWtr()),
            Math.max(row.tRrd(), row.tFaw()));
    int tRfc = least + random.nextInt(20);
    int drain = Math.max(Math.max(row.tRas(), row.tRtp()), tCwl + burst + row.tWr());
    // Half of the parts refresh nearly all the time, so that all else is interrupted.
    int tRefi =
        drain + row.tRp() + tRfc + tRcd + 1 + random.nextInt(random.nextBoolean() ? 30 : 1000);
    return new DramTiming(
        1_000_000L * upTo(random, 40),
        geometry(random),
        column,
        row,
        new DramTiming.Refresh(tRefi, tRfc));
  }

  private static DramTiming.Geometry geometry(Random random) {
    int burstBytes = 1 << random.nextInt(5);
    return new DramTiming.Geometry(
        upTo(random, 4),
        upTo(random, 5),
        burstBytes * upTo(random, random.nextBoolean() ? 4 : 60),
        burstBytes,
        burstBytes * upTo(random, 8));
  }

  public static long acceleratorHz(Random random) {
    return random.nextBoolean()
        ? 1_000_000L * upTo(random, 40)
        : 1_000_000 + random.nextInt(40_000_000);
  }

  static List<Access> accesses(DramTiming timing, Random random) {
    List<Access> accesses = new ArrayList<>();
    int burstBytes = timing.geometry().burstBytes();
    long start = random.nextInt(3) == 0 ? random.nextInt(3000) : 0;
    long next = 0;
    for (int count = upTo(random, 8); count > 0; count--) {
      // Onward in the same row, near by, or far away.
      long address = random.nextInt(3) == 0 ? random.nextInt(100_000) : next;
      long bytes = upTo(random, burstBytes * (random.nextInt(4) == 0 ? 300 : 12));
      accesses.add(new Access(start, address, bytes, random.nextInt(3) == 0));
      next = random.nextBoolean() ? address + bytes : address + random.nextInt(2000);
      start += random.nextInt(4) == 0 ? random.nextInt(2000) : random.nextInt(30);
    }
    return accesses;
  }

  private static int upTo(Random random, int most) {
    return 1 + random.nextInt(most);
  }
}
