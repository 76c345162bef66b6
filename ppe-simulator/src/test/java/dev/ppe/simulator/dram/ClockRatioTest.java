package dev.ppe.simulator.dram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClockRatioTest {
  @Test
  void roundsToTheEdgesAround() {
    ClockRatio ratio = ClockRatio.of(500_000_000, 800_000_000);
    assertThat(ratio).isEqualTo(new ClockRatio(8, 5));
    assertThat(ratio.roundUp(0)).isZero();
    assertThat(ratio.roundUp(1)).isEqualTo(2);
    assertThat(ratio.roundDown(1)).isEqualTo(1);
    assertThat(ratio.roundUp(5)).isEqualTo(8);
    assertThat(ratio.roundDown(5)).isEqualTo(8);
  }

  @Test
  void isExactForClocksThatHaveNothingInCommon() {
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      long from = random.nextLong(1_000_000, 10_000_000_000L);
      long to = random.nextLong(1_000_000, 10_000_000_000L);
      long cycles = random.nextLong(1L << random.nextInt(1, 49));
      ClockRatio ratio = ClockRatio.of(from, to);
      BigInteger[] exact =
          BigInteger.valueOf(cycles)
              .multiply(BigInteger.valueOf(to))
              .divideAndRemainder(BigInteger.valueOf(from));

      assertThat(ratio.roundDown(cycles)).isEqualTo(exact[0].longValueExact());
      assertThat(ratio.roundUp(cycles)).isEqualTo(exact[0].longValueExact() + exact[1].signum());
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> ClockRatio.of(1_000_000, 10_000_000_000L).roundUp(1L << 60));
  }
}
