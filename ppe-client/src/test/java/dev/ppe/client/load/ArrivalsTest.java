package dev.ppe.client.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static double[] gaps(Arrivals arrivals) {
    return DoubleStream.generate(arrivals::nextGap).limit(100_000).toArray();
  }

  @Test
  void constantOnesAreEquallyFarApart() {
    assertThat(gaps(Arrivals.constant(400))).containsOnly(2_500_000.0);
  }

  /** Of an exponential distribution mean and standard deviation are the same. */
  @Test
  void thoseOfIndependentUsersAreExponentiallyDistributed() {
    double[] gaps = gaps(Arrivals.poisson(400, 7));
    double mean = DoubleStream.of(gaps).average().orElseThrow();
    double variance =
        DoubleStream.of(gaps).map(g -> (g - mean) * (g - mean)).average().orElseThrow();
    assertThat(mean).isCloseTo(2_500_000, within(50_000.0));
    assertThat(Math.sqrt(variance)).isCloseTo(2_500_000, within(75_000.0));
  }

  @Test
  void aSeedGivesTheSameTimes() {
    assertThat(gaps(Arrivals.poisson(400, 7))).isEqualTo(gaps(Arrivals.poisson(400, 7)));
    assertThat(gaps(Arrivals.poisson(400, 7))).isNotEqualTo(gaps(Arrivals.poisson(400, 8)));
  }

  @Test
  void aRateIsPositive() {
    assertThatIllegalArgumentException().isThrownBy(() -> Arrivals.constant(0));
    assertThatIllegalArgumentException().isThrownBy(() -> Arrivals.poisson(Double.NaN, 1));
  }
}
