package dev.ppe.simulator.dram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing that is done early delays anything: {@code docs/dram.md} has the proof, and these are
 * attempts to refute it.
 */
class LaterStartTest {
  static IntStream seeds() {
    return IntStream.range(0, 10);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void accessesThatStartNoEarlierEndNoEarlier(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      DramTiming timing = RandomDrams.timing(random);
      List<Access> accesses = RandomDrams.accesses(timing, random);
      List<Access> later = delayed(accesses, random);
      long hertz = RandomDrams.acceleratorHz(random);

      List<Long> ends = ends(timing, hertz, accesses);
      List<Long> laterEnds = ends(timing, hertz, later);

      for (int k = 0; k < ends.size(); k++) {
        assertThat(laterEnds.get(k))
            .as("%s and %s on %s", accesses, later, timing)
            .isGreaterThanOrEqualTo(ends.get(k));
      }
    }
  }

  /** Each waits a little longer, now and then a lot. */
  private static List<Access> delayed(List<Access> accesses, Random random) {
    List<Access> result = new ArrayList<>();
    long delay = 0;
    long start = 0;
    for (Access access : accesses) {
      if (random.nextBoolean()) {
        delay = random.nextInt(random.nextInt(4) == 0 ? 500 : 20);
      }
      start = Math.max(start, access.start() + delay);
      result.add(new Access(start, access.address(), access.bytes(), access.write()));
    }
    return result;
  }

  private static List<Long> ends(DramTiming timing, long hertz, List<Access> accesses) {
    Dram dram = new Dram(timing, hertz);
    return accesses.stream()
        .map(a -> dram.access(a.start(), a.address(), a.bytes(), a.write()))
        .toList();
  }
}
