package dev.ppe.simulator.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CyclesTest {
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void areExactlyTheQuotientRoundedUpForRandomRates(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      long amount = random.nextLong() >>> (1 + random.nextInt(63));
      long rate = Math.max(1, random.nextLong() >>> (1 + random.nextInt(63)));
      long clock = Math.max(1, random.nextLong() >>> (1 + random.nextInt(63)));
      BigInteger exact = exact(amount, rate, clock);

      if (exact.compareTo(MAX) <= 0) {
        assertThat(Cycles.atRate(amount, rate, clock))
            .as("%d at %d per second and %d Hz", amount, rate, clock)
            .isEqualTo(exact.longValueExact());
      } else {
        assertThatExceptionOfType(ArithmeticException.class)
            .as("%d at %d per second and %d Hz", amount, rate, clock)
            .isThrownBy(() -> Cycles.atRate(amount, rate, clock));
      }
    }
  }

  private static BigInteger exact(long amount, long rate, long clock) {
    BigInteger[] quotient =
        BigInteger.valueOf(amount)
            .multiply(BigInteger.valueOf(clock))
            .divideAndRemainder(BigInteger.valueOf(rate));
    return quotient[0].add(BigInteger.valueOf(quotient[1].signum()));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 500000000, 0",
    "1, 500000000, 1", // half a cycle is a whole one
    "2, 500000000, 1",
    "3, 500000000, 2",
    "30000, 500000000, 15000",
    "100, 1066000000, 107", // 106.6
    "1000000000, 10000000000, 10000000000",
  })
  void nanosecondsTakeWholeCyclesRoundedUp(long nanos, long clockHz, long cycles) {
    assertThat(Cycles.ofNanos(nanos, clockHz)).isEqualTo(cycles);
  }

  @Test
  void microsecondsAreCyclesOverTheClock() {
    assertThat(Cycles.toMicros(500, 500_000_000)).isEqualTo(1.0);
    assertThat(Cycles.toMicros(0, 1)).isZero();
  }
}
