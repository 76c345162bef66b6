package dev.ppe.simulator.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ppe.simulator.activity.Cause;
import org.junit.jupiter.api.Test;

class MomentTest {
  private static final Moment FETCHED = Moment.START.after(100, Cause.PARAMETER_FETCH, 0);
  private static final Moment COMPUTED = FETCHED.after(50, Cause.COMPUTE, 1);

  @Test
  void cyclesAddUp() {
    assertThat(COMPUTED.cycle()).isEqualTo(150);
    assertThat(COMPUTED.cause()).isEqualTo(Cause.COMPUTE);
    assertThat(COMPUTED.layer()).isEqualTo(1);
    assertThat(COMPUTED.before()).isSameAs(FETCHED);
    assertThat(FETCHED.before()).isSameAs(Moment.START);
  }

  @Test
  void theLaterOfTwoComesWithItsOwnPast() {
    Moment stored = Moment.START.after(149, Cause.DMA, 2);

    assertThat(COMPUTED.or(stored)).isSameAs(COMPUTED);
    assertThat(stored.or(COMPUTED)).isSameAs(COMPUTED);
  }

  @Test
  void ofTwoAtOnceTheFirstCounts() {
    Moment other = Moment.START.after(150, Cause.DMA, 2);

    assertThat(COMPUTED.or(other)).isSameAs(COMPUTED);
    assertThat(other.or(COMPUTED)).isSameAs(other);
  }

  @Test
  void noTimeIsNoStep() {
    assertThat(COMPUTED.after(0, Cause.DMA, 5)).isSameAs(COMPUTED);
  }

  @Test
  void moreThanSixtyThreeBitsAreRefused() {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> COMPUTED.after(Long.MAX_VALUE, Cause.DMA, 0));
  }
}
