package dev.ppe.simulator.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TimeBreakdownTest {
  @Test
  void partsAddUp() {
    TimeBreakdown time = new TimeBreakdown(Map.of(Cause.COMPUTE, 5L, Cause.HOST_LINK, 7L));

    assertThat(time.total()).isEqualTo(12);
    assertThat(time.of(Cause.HOST_LINK)).isEqualTo(7);
    assertThat(time.of(Cause.DMA)).isZero();
  }

  @Test
  void theLargestPartDominatesAndTheFirstAmongEquals() {
    assertThat(new TimeBreakdown(Map.of(Cause.HOST, 2L, Cause.DMA, 1L)).dominant())
        .isEqualTo(Cause.HOST);
    assertThat(new TimeBreakdown(Map.of(Cause.HOST, 2L, Cause.DMA, 2L)).dominant())
        .isEqualTo(Cause.DMA);
    assertThat(new TimeBreakdown(Map.of()).dominant()).isEqualTo(Cause.COMPUTE);
  }

  @Test
  void causesWithoutTimeAreLeftOutSoThatEqualTimesAreEqual() {
    assertThat(new TimeBreakdown(Map.of(Cause.OUTPUT, 0L))).isEqualTo(new TimeBreakdown(Map.of()));
  }

  @Test
  void timeIsNeverNegative() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TimeBreakdown(Map.of(Cause.OUTPUT, -1L)))
        .withMessage("OUTPUT has -1 cycles");
  }
}
