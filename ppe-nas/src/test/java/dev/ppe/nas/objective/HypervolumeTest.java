package dev.ppe.nas.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HypervolumeTest {
  private static final List<Double> ORIGIN = List.of(0.0, 0.0);

  @Test
  void ofStairsIsTheAreaUnderThem() {
    // 1 x 3 and 2 x 2 and 3 x 1: 3 + 2 + 1.
    List<List<Double>> stairs = List.of(List.of(2.0, 2.0), List.of(1.0, 3.0), List.of(3.0, 1.0));
    assertThat(Hypervolume.of(stairs, ORIGIN)).isEqualTo(6);
    assertThat(Hypervolume.of(stairs, List.of(1.0, 1.0))).isEqualTo(1);
    assertThat(Hypervolume.of(List.of(), ORIGIN)).isZero();
    assertThat(Hypervolume.of(List.of(List.of(4.0)), List.of(1.0))).isEqualTo(3);
  }

  @Test
  void whatIsDominatedOrNotAboveTheReferenceAddsNothing() {
    List<List<Double>> scores =
        List.of(List.of(2.0, 2.0), List.of(1.0, 1.0), List.of(2.0, 2.0), List.of(9.0, -1.0));
    assertThat(Hypervolume.of(scores, ORIGIN)).isEqualTo(4);
  }

  @Test
  void ofThreeGoalsIsTheShareOfRandomPlacesThatAreDominated() {
    SplittableRandom random = new SplittableRandom(5);
    List<List<Double>> scores = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      scores.add(List.of(random.nextDouble(), random.nextDouble(), random.nextDouble()));
    }
    int dominated = 0;
    for (int i = 0; i < 100_000; i++) {
      double x = random.nextDouble();
      double y = random.nextDouble();
      double z = random.nextDouble();
      dominated +=
          scores.stream().anyMatch(s -> s.get(0) > x && s.get(1) > y && s.get(2) > z) ? 1 : 0;
    }
    assertThat(Hypervolume.of(scores, List.of(0.0, 0.0, 0.0)))
        .isCloseTo(dominated / 100_000.0, within(0.006));
  }

  @Test
  void scoresMustBeAsManyAsTheReferences() {
    assertThatThrownBy(() -> Hypervolume.of(List.of(List.of(1.0)), ORIGIN))
        .hasMessage("a candidate has 1 scores, the reference 2");
  }
}
