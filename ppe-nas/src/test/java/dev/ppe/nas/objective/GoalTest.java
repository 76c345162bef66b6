package dev.ppe.nas.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ppe.nas.objective.Goal.MnasHard;
import dev.ppe.nas.objective.Goal.MnasSoft;
import dev.ppe.nas.objective.Goal.Target;
import dev.ppe.nas.objective.Goal.TunasAbsolute;
import dev.ppe.nas.objective.Outcome.Failed;
import dev.ppe.nas.objective.Outcome.Scored;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The papers' formulas, computed by hand for Q = 0.75 and costs of a half and twice the target. */
class GoalTest {
  private static final List<Target> MILLISECOND = List.of(new Target(Metric.LATENCY, 1000));

  private static Metrics at(double latency) {
    return new Metrics(
        Map.of(Metric.QUALITY, 0.75, Metric.LATENCY, latency, Metric.ENERGY, 3000.0));
  }

  @Test
  void mnasSoftRewardsSpeedOnBothSidesOfTheTarget() {
    MnasSoft soft = new MnasSoft(MILLISECOND, -0.07);
    assertThat(soft.score(at(1000))).isEqualTo(0.75);
    assertThat(soft.score(at(2000))).isCloseTo(0.75 * 0.95264, within(1e-5));
    assertThat(soft.score(at(500))).isCloseTo(0.75 * 1.04972, within(1e-5));
  }

  @Test
  void mnasHardDoesNotRewardBeingFasterThanTheTarget() {
    MnasHard hard = new MnasHard(MILLISECOND, -1);
    assertThat(hard.score(at(500))).isEqualTo(0.75);
    assertThat(hard.score(at(2000))).isCloseTo(0.375, within(1e-12));
  }

  @Test
  void tunasPullsToTheTargetFromBothSides() {
    TunasAbsolute absolute = new TunasAbsolute(MILLISECOND, -0.1);
    assertThat(absolute.score(at(1000))).isEqualTo(0.75);
    assertThat(absolute.score(at(500))).isCloseTo(0.70, within(1e-12));
    assertThat(absolute.score(at(2000))).isCloseTo(0.65, within(1e-12));
  }

  @Test
  void severalCostsAddTheirTerms() {
    List<Target> two = List.of(MILLISECOND.getFirst(), new Target(Metric.ENERGY, 2000));
    assertThat(new TunasAbsolute(two, -0.1).score(at(2000))).isCloseTo(0.60, within(1e-12));
    assertThat(new MnasHard(two, -1).score(at(2000))).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void costsAreScoredWithTheOtherSign() {
    assertThat(new Goal.Optimize(Metric.LATENCY).score(at(7))).isEqualTo(-7);
    assertThat(new Goal.Optimize(Metric.QUALITY).score(at(7))).isEqualTo(0.75);
  }

  @Test
  void limitsAddTheSharesByWhichTheyAreMissed() {
    Objective objective =
        Objective.of(
            new Goal.Optimize(Metric.QUALITY),
            new Limit(Metric.LATENCY, 1000),
            new Limit(Metric.ENERGY, 2000),
            new Limit(Metric.QUALITY, 1.5));
    // Latency is a half over, energy a half over, quality a half below.
    assertThat(objective.judge(at(1500))).isEqualTo(new Scored(List.of(0.75), 1.5));
    assertThat(objective.needs())
        .containsExactlyInAnyOrder(Metric.QUALITY, Metric.LATENCY, Metric.ENERGY);
  }

  @Test
  void rewardsThatMultiplyTheQualityFailWhereItIsNotAboveZero() {
    for (double quality : new double[] {0, -0.0, -0.75}) {
      Metrics metrics = new Metrics(Map.of(Metric.QUALITY, quality, Metric.LATENCY, 2000.0));
      for (Goal goal : List.of(new MnasSoft(MILLISECOND, -0.07), new MnasHard(MILLISECOND, -1))) {
        assertThat(Objective.of(goal).judge(metrics))
            .isEqualTo(
                new Failed(
                    "its quality is %s: mnas-soft and mnas-hard multiply it with costs, and need one above 0"
                        .formatted(quality)));
      }
      assertThat(Objective.of(new TunasAbsolute(MILLISECOND, -0.1)).judge(metrics))
          .isInstanceOf(Scored.class);
    }
  }

  @Test
  void whatIsNotKnownCannotBeJudged() {
    assertThatThrownBy(() -> new Goal.Optimize(Metric.MACS).score(at(1)))
        .hasMessage("the candidate's macs is not known");
    assertThatThrownBy(() -> new Metrics(Map.of(Metric.MACS, Double.NaN)))
        .hasMessage("macs is NaN");
    assertThatThrownBy(() -> new Target(Metric.QUALITY, 1)).hasMessageContaining("must be a cost");
    assertThatThrownBy(() -> new MnasSoft(MILLISECOND, 0.07)).hasMessageContaining("below 0");
    assertThatThrownBy(() -> new MnasSoft(List.of(), -0.07)).hasMessageContaining("a target");
  }
}
