package dev.ppe.simulator.validation.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.validation.sensitivity.Effect.Change;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfAssumption;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class OfAssumptionTest {
  private static final Effect REFUSED = Effect.refused("0", "is 0, must be between 1 and 8");
  private static final Effect SAME = effect(0);
  private static final Effect OTHER = effect(0.1);

  private static Effect effect(double share) {
    return Effect.of("2", List.of(new Change("row", share)), OptionalDouble.empty());
  }

  private static OfAssumption varied(Effect... effects) {
    return new OfAssumption(new Assumption("core.lanes", "1", ""), List.of(effects));
  }

  @Test
  void anyValueThatChangesARowIsEnough() {
    assertThat(varied(SAME, OTHER).changes()).isTrue();
    assertThat(varied(SAME, OTHER).isUnchanging()).isFalse();
    assertThat(varied(REFUSED, OTHER).isUnchanging()).isFalse();
  }

  @Test
  void valuesThatArePossibleAndChangeNoRowLeaveAllUnchanged() {
    assertThat(varied(SAME, SAME).isUnchanging()).isTrue();
    assertThat(varied(REFUSED, SAME).isUnchanging()).isTrue();
  }

  /** Unless there is a machine with one of the other values, nobody knows what would change. */
  @Test
  void whatIsRefusedWithEveryOtherValueIsNotSaidToChangeNothing() {
    assertThat(varied(REFUSED, REFUSED).changes()).isFalse();
    assertThat(varied(REFUSED, REFUSED).isUnchanging()).isFalse();
  }
}
