package dev.ppe.simulator.dram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine against a DRAM that ticks every cycle and moves single bursts. */
class DramAgainstTickingTest {
  static IntStream seeds() {
    return IntStream.range(0, 24);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomAccessesEndAndCountExactlyAsWithTheTickingOne(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      DramTiming timing = RandomDrams.timing(random);
      assertAgree(timing, RandomDrams.acceleratorHz(random), RandomDrams.accesses(timing, random));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void longStreamsThatSkipWhatRepeatsEndExactlyAsWithTheTickingOne(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 25; i++) {
      DramTiming timing = RandomDrams.timing(random);
      long bytes = 4000L * timing.geometry().burstBytes() + random.nextInt(1000);
      List<Access> accesses = new ArrayList<>();
      accesses.add(new Access(0, random.nextInt(5000), bytes, random.nextBoolean()));
      accesses.addAll(RandomDrams.accesses(timing, random));
      accesses.replaceAll(
          access -> new Access(0, access.address(), access.bytes(), access.write()));
      assertAgree(timing, timing.clockHz(), accesses);
    }
  }

  @Test
  void realPartsEndExactlyAsWithTheTickingOne() {
    for (String name : DramParts.names()) {
      assertAgree(
          DramParts.get(name),
          1_066_000_000,
          List.of(
              Access.read(0, 12_345, 3_000_000),
              Access.write(1000, 0, 500_000),
              Access.read(1000, 600_000, 17),
              Access.read(400_000, 100, 200_000)));
    }
  }

  private static void assertAgree(DramTiming timing, long acceleratorHz, List<Access> accesses) {
    TickingDram ticking = new TickingDram(timing, acceleratorHz, accesses).run();
    Dram dram = new Dram(timing, acceleratorHz);
    long last = 0;
    for (int i = 0; i < accesses.size(); i++) {
      Access access = accesses.get(i);
      long finish = dram.access(access.start(), access.address(), access.bytes(), access.write());
      assertThat(finish)
          .as("access %d of %s at %d Hz on %s", i, accesses, acceleratorHz, timing)
          .isEqualTo(ticking.finish(i));
      last = Math.max(last, finish);
    }
    assertThat(dram.activity(last))
        .as("%s at %d Hz on %s", accesses, acceleratorHz, timing)
        .isEqualTo(ticking.runUntil(last).activity());
  }
}
