package dev.ppe.nas.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.space.SearchSpace;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(Parameter.categorical("kind", "a", "b", "c"))
          .add(Parameter.integer("size", 0, 3).when("kind == 'b'"))
          .constraint("size != 2")
          .build();

  private static double share(Policy policy, String kind) {
    SplittableRandom random = new SplittableRandom(1);
    int count = 0;
    for (int i = 0; i < 20_000; i++) {
      count += policy.draw(random).text("kind").equals(kind) ? 1 : 0;
    }
    return count / 20_000.0;
  }

  @Test
  void beginsUniformInEachDecision() {
    Policy policy = new Policy(SPACE, 0.1);
    assertThat(share(policy, "a")).isCloseTo(1 / 3.0, within(0.015));
    assertThat(share(policy, "b")).isCloseTo(1 / 3.0, within(0.015));
  }

  @Test
  void aStepOfAdamMovesLogitsByTheLearningRate() {
    Policy policy = new Policy(SPACE, 0.5);
    policy.reinforce(SPACE.point(Map.of("kind", "a")), 1, 0);
    policy.step();
    // The first step is lr * g / |g|: +0.5 for the chosen one, -0.5 for the two others.
    double weight = Math.exp(1);
    assertThat(share(policy, "a")).isCloseTo(weight / (weight + 2), within(0.015));
  }

  @Test
  void goodPointsBecomeLikelyAndBadOnesRare() {
    Policy policy = new Policy(SPACE, 0.1);
    Point good = SPACE.point(Map.of("kind", "b", "size", "3"));
    Point bad = SPACE.point(Map.of("kind", "c"));
    for (int i = 0; i < 50; i++) {
      policy.reinforce(good, 1, 0);
      policy.reinforce(bad, -1, 0);
      policy.step();
    }
    assertThat(share(policy, "b")).isGreaterThan(0.95);
    assertThat(share(policy, "c")).isLessThan(0.01);
  }

  @Test
  void entropyBringsTheChoicesTogetherAgain() {
    Policy policy = new Policy(SPACE, 0.1);
    Point point = SPACE.point(Map.of("kind", "a"));
    for (int i = 0; i < 10; i++) {
      policy.reinforce(point, 1, 0);
      policy.step();
    }
    double before = share(policy, "a");
    for (int i = 0; i < 200; i++) {
      policy.reinforce(point, 0, 1);
      policy.step();
    }
    assertThat(share(policy, "a")).isLessThan(before - 0.2);
  }
}
