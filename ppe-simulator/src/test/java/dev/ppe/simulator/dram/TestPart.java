package dev.ppe.simulator.dram;

import java.util.function.Consumer;

/**
 * A part for calculations by hand: all figures differ, a row has eight bursts of eight bytes, and
 * the first refresh is far away. Tests change single figures.
 */
final class TestPart {
  static final long CLOCK_HZ = 1_000_000_000;

  int channels = 1;
  int banks = 4;
  int rowBytes = 64;
  int burstBytes = 8;
  int interleaveBytes = 64;
  int burstCycles = 4;
  int tCl = 10;
  int tCwl = 6;
  int tRtw = 12;
  int tWtr = 5;
  int tRcd = 7;
  int tRp = 8;
  int tRas = 20;
  int tRtp = 3;
  int tWr = 9;
  int tRrd = 6;
  int tFaw = 30;
  int tRefi = 10_000;
  int tRfc = 50;

  private TestPart() {}

  static DramTiming with(Consumer<TestPart> changes) {
    TestPart part = new TestPart();
    changes.accept(part);
    return new DramTiming(
        CLOCK_HZ,
        new DramTiming.Geometry(
            part.channels, part.banks, part.rowBytes, part.burstBytes, part.interleaveBytes),
        new DramTiming.Column(part.burstCycles, part.tCl, part.tCwl, part.tRtw, part.tWtr),
        new DramTiming.Row(
            part.tRcd, part.tRp, part.tRas, part.tRtp, part.tWr, part.tRrd, part.tFaw),
        new DramTiming.Refresh(part.tRefi, part.tRfc));
  }

  static DramTiming plain() {
    return with(part -> {});
  }

  /** When the last of the accesses ends, in cycles of the part's own clock. */
  static long finish(DramTiming timing, Access... accesses) {
    Dram dram = new Dram(timing, CLOCK_HZ);
    long finish = 0;
    for (Access access : accesses) {
      finish = dram.access(access.start(), access.address(), access.bytes(), access.write());
    }
    return finish;
  }

  /** What has been done when the last of the accesses ends. */
  static DramActivity activity(DramTiming timing, Access... accesses) {
    Dram dram = new Dram(timing, CLOCK_HZ);
    long finish = 0;
    for (Access access : accesses) {
      finish =
          Math.max(
              finish,
              dram.access(access.start(), access.address(), access.bytes(), access.write()));
    }
    return dram.activity(finish);
  }
}
