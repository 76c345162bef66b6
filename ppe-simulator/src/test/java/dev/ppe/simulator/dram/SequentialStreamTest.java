package dev.ppe.simulator.dram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for contiguous accesses from the beginning of a row, on random parts. */
class SequentialStreamTest {
  static IntStream seeds() {
    return IntStream.range(0, 5);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void moreBytesNeverEndEarlier(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      DramTiming timing = RandomDrams.timing(random);
      long bytes = 1L + random.nextInt(10_000);
      boolean write = random.nextBoolean();
      assertThat(stream(timing, bytes + random.nextInt(100), write))
          .as("%d bytes on %s", bytes, timing)
          .isGreaterThanOrEqualTo(stream(timing, bytes, write));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void moreChannelsAreNeverSlower(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      DramTiming timing = RandomDrams.timing(random);
      long bytes = 1L + random.nextInt(20_000);
      boolean write = random.nextBoolean();
      assertThat(stream(timing.withChannels(timing.geometry().channels() + 1), bytes, write))
          .as("%d bytes on %s", bytes, timing)
          .isLessThanOrEqualTo(stream(timing, bytes, write));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void moreBanksAreNeverSlower(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      DramTiming timing = RandomDrams.timing(random);
      long bytes = 1L + random.nextInt(20_000);
      boolean write = random.nextBoolean();
      assertThat(stream(withBanks(timing.geometry().banksPerChannel() + 1, timing), bytes, write))
          .as("%d bytes on %s", bytes, timing)
          .isLessThanOrEqualTo(stream(timing, bytes, write));
    }
  }

  /** What is left over after the last whole repetition differs, so the bound is not tight. */
  @Test
  void aLongerStreamCostsNoMoreEventsOnceItRepeatsItself() {
    for (String name : DramParts.names()) {
      DramTiming timing = DramParts.get(name);
      for (long bytes = 32_000_000; bytes < 16_000_000_000L; bytes *= 3) {
        assertThat(events(timing, bytes)).as("%d bytes from %s", bytes, name).isLessThan(8_000);
      }
    }
  }

  @Test
  void aRowReadThroughAThousandRefreshesCostsAFewEvents() {
    DramTiming timing =
        TestPart.with(
            part -> {
              part.burstBytes = 1;
              part.rowBytes = 1 << 20;
              part.tRefi = 4_000;
            });
    assertThat(timing.geometry().burstsPerRow() * 4L / 4_000).isGreaterThan(1_000);
    assertThat(events(timing, 1 << 20)).isLessThan(10);
  }

  private static long events(DramTiming timing, long bytes) {
    Dram dram = new Dram(timing, timing.clockHz());
    dram.access(0, 0, bytes, false);
    return dram.runs();
  }

  private static long stream(DramTiming timing, long bytes, boolean write) {
    return new Dram(timing, timing.clockHz()).access(0, 0, bytes, write);
  }

  private static DramTiming withBanks(int banks, DramTiming timing) {
    DramTiming.Geometry geometry = timing.geometry();
    return new DramTiming(
        timing.clockHz(),
        new DramTiming.Geometry(
            geometry.channels(),
            banks,
            geometry.rowBytes(),
            geometry.burstBytes(),
            geometry.interleaveBytes()),
        timing.column(),
        timing.row(),
        timing.refresh());
  }
}
