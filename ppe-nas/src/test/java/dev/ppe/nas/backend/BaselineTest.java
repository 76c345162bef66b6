package dev.ppe.nas.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.nas.objective.Outcome;
import dev.ppe.nas.objective.Outcome.Failed;
import dev.ppe.nas.objective.Outcome.Scored;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What outcomes are worth to a policy, whatever the sign of the scores. */
class BaselineTest {
  private static final Outcome FAILED = new Failed("for a test");

  private static Outcome exceeding(double violation) {
    return new Scored(List.of(1e9), violation); // its score must not count
  }

  private static double advantage(Baseline baseline, Outcome outcome) {
    double reward = baseline.rewards(List.of(outcome)).getFirst();
    double advantage = baseline.advantage(reward);
    baseline.observe(reward);
    return advantage;
  }

  @ParameterizedTest
  @ValueSource(doubles = {-5_000, -1, 0, 8, 5_000})
  void keepingTheLimitsIsWorthMoreThanExceedingThemAndThatMoreThanFailing(double score) {
    List<Outcome> outcomes =
        List.of(
            exceeding(0.01),
            FAILED,
            exceeding(7),
            Scored.of(score),
            Scored.of(score - 3),
            Scored.of(score + 2));
    List<Double> rewards = new Baseline(0.9).rewards(outcomes);
    assertThat(rewards.subList(3, 6)).containsExactly(score, score - 3, score + 2);
    assertThat(rewards.get(0)).isLessThan(score - 3).isGreaterThan(rewards.get(2));
    assertThat(rewards.get(2)).isGreaterThan(rewards.get(1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-5_000, -1, 0, 8, 5_000})
  void theFirstThatKeepsTheLimitsIsBetterThanUsualAndWhatExceedsThemIsNotAfterIt(double score) {
    Baseline baseline = new Baseline(0.9);
    for (int i = 0; i < 30; i++) {
      advantage(baseline, exceeding(1 + i % 3));
    }
    assertThat(advantage(baseline, Scored.of(score))).isPositive();
    for (int i = 0; i < 30; i++) {
      assertThat(advantage(baseline, Scored.of(score + i % 2))).isGreaterThan(-2);
    }
    assertThat(advantage(baseline, exceeding(2))).isNegative();
    assertThat(advantage(baseline, FAILED)).isNegative();
  }

  @Test
  void hugeScoresOfBothSignsAreComparedAllTheSame() {
    Baseline baseline = new Baseline(0.9);
    for (int i = 0; i < 30; i++) {
      assertThat(advantage(baseline, Scored.of(-1.7e308))).isBetween(-3.0, 0.0);
      assertThat(advantage(baseline, Scored.of(1.7e308))).isPositive();
    }
    assertThat(advantage(baseline, exceeding(1.7e308))).isNegative();
    List<Double> rewards =
        baseline.rewards(List.of(Scored.of(-1.7e308), exceeding(1), exceeding(1.7e308)));
    assertThat(rewards.get(0)).isGreaterThan(rewards.get(1));
    assertThat(rewards.get(1)).isGreaterThan(rewards.get(2));
  }

  @Test
  void failuresThatComeFirstAreNoGain() {
    Baseline baseline = new Baseline(0.9);
    assertThat(advantage(baseline, FAILED)).isZero();
    assertThat(advantage(baseline, Scored.of(-500))).isZero();
    assertThat(advantage(baseline, FAILED)).isNegative();
    assertThat(advantage(baseline, Scored.of(-400))).isPositive();
  }

  @Test
  void theLessALimitIsExceededTheBetterWhileNothingKeepsIt() {
    Baseline baseline = new Baseline(0.9);
    advantage(baseline, exceeding(2));
    assertThat(advantage(baseline, exceeding(1))).isPositive();
    assertThat(advantage(baseline, exceeding(3))).isNegative();
  }
}
