package dev.ppe.nas.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.nas.objective.Outcome;
import dev.ppe.nas.objective.Outcome.Failed;
import dev.ppe.nas.objective.Outcome.Scored;
import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.space.SearchSpace;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which outcomes are better than which. */
class OrderTest {
  private static Outcome scored(double violation, Double... scores) {
    return new Scored(List.of(scores), violation);
  }

  @Test
  void ofOneScoreFeasibleOnesComeFirstThenSmallViolationsThenFailures() {
    List<Outcome> worstToBest =
        List.of(new Failed("x"), scored(2, 9.0), scored(0.5, 1.0), scored(0, -3.0), scored(0, 4.0));
    for (int i = 0; i < worstToBest.size(); i++) {
      for (int j = 0; j < worstToBest.size(); j++) {
        assertThat(Integer.signum(Fitness.ORDER.compare(worstToBest.get(i), worstToBest.get(j))))
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  @Test
  void ofSeveralScoresOneDominatesIfItIsNowhereWorse() {
    assertThat(Dominance.ORDER.compare(scored(0, 2.0, 2.0), scored(0, 2.0, 1.0))).isPositive();
    assertThat(Dominance.ORDER.compare(scored(0, 1.0, 2.0), scored(0, 2.0, 1.0))).isZero();
    assertThat(Dominance.ORDER.compare(scored(0, 1.0, 1.0), scored(0, 1.0, 1.0))).isZero();
    assertThat(Dominance.ORDER.compare(scored(0.1, 9.0, 9.0), scored(0, 1.0, 1.0))).isNegative();
    assertThat(Dominance.ORDER.compare(scored(0.1, 0.0, 0.0), scored(0.2, 9.0, 9.0))).isPositive();
    assertThat(Dominance.ORDER.compare(new Failed("x"), scored(9, 0.0, 0.0))).isNegative();
    assertThat(Dominance.ORDER.compare(new Failed("x"), new Failed("y"))).isZero();
  }

  /** Two fronts: the corners of one, its middle, and what all of it dominates. */
  @Test
  void ranksByFrontAndKeepsTheEndsOfAFrontFirst() {
    SearchSpace space = SearchSpace.builder().add(Parameter.integer("a", 1, 9)).build();
    Point point = space.sample(new SplittableRandom(1));
    List<Ranked> ranked =
        Ranked.of(
            Stream.of(
                    scored(0, 1.0, 1.0),
                    scored(0, 5.0, 5.2),
                    scored(0, 5.1, 5.1),
                    scored(0, 9.0, 1.5),
                    scored(0, 1.5, 9.0),
                    new Failed("x"))
                .map(outcome -> new Observation(point, outcome))
                .toList());
    assertThat(ranked).extracting(Ranked::front).containsExactly(0, 0, 0, 0, 1, 2);
    assertThat(ranked.subList(0, 2))
        .extracting(each -> each.observation().outcome())
        .containsExactly(scored(0, 9.0, 1.5), scored(0, 1.5, 9.0));
    assertThat(ranked.subList(0, 2))
        .extracting(Ranked::crowding)
        .containsOnly(Double.POSITIVE_INFINITY);
  }
}
