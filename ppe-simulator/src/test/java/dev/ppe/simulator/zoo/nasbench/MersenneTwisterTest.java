package dev.ppe.simulator.zoo.nasbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MersenneTwisterTest {
  /** {@code random.seed(88); [random.getrandbits(32) for _ in range(4)]} in Python 3. */
  @Test
  void drawsWhatPythonDraws() {
    MersenneTwister random = new MersenneTwister(88);
    assertThat(IntStream.range(0, 4).mapToLong(i -> Integer.toUnsignedLong(random.nextInt())))
        .containsExactly(1707201716L, 4182107318L, 813946014L, 1429399738L);
  }

  /** The thousandth number is past the first block of 624. */
  @Test
  void goesOnPastOneBlock() {
    MersenneTwister random = new MersenneTwister(1);
    IntStream.range(0, 999).forEach(i -> random.nextInt());
    assertThat(Integer.toUnsignedLong(random.nextInt())).isEqualTo(1877627338L);
  }

  @Test
  void shufflesAsPythonDoes() {
    int[] numbers = IntStream.range(0, 10).toArray();
    new MersenneTwister(88).shuffle(numbers);
    assertThat(numbers).containsExactly(8, 2, 9, 4, 0, 7, 1, 5, 3, 6);
  }

  @Test
  void staysBelowTheBound() {
    MersenneTwister random = new MersenneTwister(2);
    assertThat(IntStream.range(0, 1000).map(i -> random.below(5)))
        .contains(0, 1, 2, 3, 4)
        .allMatch(number -> 0 <= number && number < 5);
  }
}
