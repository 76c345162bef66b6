package dev.ppe.nas.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {
  /** Two kinds without groups; one whose groups must divide 4 * channels into two or more. */
  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(Parameter.discrete("channels", 16, 24, 32))
          .add(Parameter.categorical("kind", "depthwise", "fused", "gc"))
          .add(Parameter.discrete("group_size", 32, 64, 96).when("kind == 'gc'"))
          .add(Parameter.integer("blocks", 1, 3))
          .constraint("4 * channels % group_size == 0 and 4 * channels > group_size")
          .build();

  private static List<Point> all(SearchSpace space) {
    return IntStream.range(0, space.size().points().intValueExact())
        .mapToObj(rank -> space.point(BigInteger.valueOf(rank)).orElseThrow())
        .toList();
  }

  @Test
  void countsValidPointsExactly() {
    // 16: 64 in 32s; 24: 96 in 32s; 32: 128 in 32s and 64s. With two other kinds: 3 + 3 + 4.
    assertThat(SPACE.size()).isEqualTo(new Size(BigInteger.valueOf(10 * 3), true));
  }

  @Test
  void everyRankIsAPointOfItsOwnAndKnowsItsRank() {
    List<Point> points = all(SPACE);
    assertThat(new HashSet<>(points)).hasSize(30);
    for (int i = 0; i < points.size(); i++) {
      assertThat(SPACE.rank(points.get(i))).isEqualTo(i);
    }
    assertThatThrownBy(() -> SPACE.point(BigInteger.valueOf(30))).hasMessageContaining("below 30");
    assertThatThrownBy(() -> SPACE.point(BigInteger.ONE.negate())).hasMessageContaining("rank");
  }

  @Test
  void encodingsAndAssignmentsLeadBackToThePoint() {
    for (Point point : all(SPACE)) {
      assertThat(SPACE.decode(point.encoding())).isEqualTo(point);
      assertThat(SPACE.point(point.assignment())).isEqualTo(point);
    }
  }

  @Test
  void samplesAreUniform() {
    SplittableRandom random = new SplittableRandom(7);
    Map<Point, Integer> counts = new HashMap<>();
    for (int i = 0; i < 30_000; i++) {
      counts.merge(SPACE.sample(random), 1, Integer::sum);
    }
    double chiSquare =
        counts.values().stream().mapToDouble(n -> (n - 1000.0) * (n - 1000.0) / 1000).sum();
    assertThat(counts).hasSize(30);
    // 29 degrees of freedom: one in a thousand seeds gives more than 58.3.
    assertThat(chiSquare).isLessThan(58.3);
  }

  @Test
  void samplesOfASeedAreTheSame() {
    assertThat(SPACE.sample(new SplittableRandom(3)))
        .isEqualTo(SPACE.sample(new SplittableRandom(3)));
  }

  @Test
  void mutantsDifferInOneParameterAndWhatFollowsFromIt() {
    SplittableRandom random = new SplittableRandom(5);
    for (Point point : all(SPACE)) {
      Set<Point> neighbours = new HashSet<>(SPACE.neighbours(point));
      for (int i = 0; i < 20; i++) {
        Point mutant = SPACE.mutate(point, random);
        assertThat(mutant).isNotEqualTo(point);
        assertThat(SPACE.decode(mutant.encoding())).isEqualTo(mutant);
      }
      assertThat(neighbours).isNotEmpty().doesNotContain(point);
    }
  }

  @Test
  void everyPointCanBeReachedByMutations() {
    Set<Point> reached = new HashSet<>(List.of(all(SPACE).getFirst()));
    SplittableRandom random = new SplittableRandom(11);
    Point at = all(SPACE).getFirst();
    for (int i = 0; i < 5_000; i++) {
      at = SPACE.mutate(at, random);
      reached.add(at);
    }
    assertThat(reached).hasSize(30);
  }

  @Test
  void childrenTakeTheirChoicesFromEitherParent() {
    SplittableRandom random = new SplittableRandom(9);
    Point first = SPACE.point(Map.of("channels", "16", "kind", "fused", "blocks", "1"));
    Point second = SPACE.point(Map.of("channels", "32", "kind", "depthwise", "blocks", "3"));
    Set<Point> children = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      children.add(SPACE.crossOver(first, second, random));
    }
    assertThat(children).hasSize(8).contains(first, second);
  }

  @Test
  void aPointTellsItsValues() {
    Point point =
        SPACE.point(Map.of("channels", "24", "kind", "gc", "group_size", "32", "blocks", "2"));
    assertThat(point.integer("channels")).isEqualTo(24);
    assertThat(point.text("kind")).isEqualTo("gc");
    assertThat(point.uses("group_size")).isTrue();
    assertThat(point).hasToString("channels=24, kind=gc, group_size=32, blocks=2");
    assertThatThrownBy(() -> point.number("kind")).hasMessage("kind is no number");
    assertThatThrownBy(() -> point.text("size")).hasMessage("there is no parameter size");
    Point fused = SPACE.point(Map.of("channels", "24", "kind", "fused", "blocks", "2"));
    assertThatThrownBy(() -> fused.text("group_size")).hasMessage("group_size is not in use here");
  }

  @Test
  void whatIsNoPointIsRefusedWithTheReason() {
    Map<String, String> valid = Map.of("channels", "24", "kind", "fused", "blocks", "2");
    assertInvalid(valid, Map.of("kind", "dense"), "kind has no choice \"dense\"");
    assertInvalid(valid, Map.of("width", "1"), "the space has no parameter \"width\"");
    assertInvalid(valid, Map.of("group_size", "32"), "group_size is not in use here");
    assertInvalid(valid, Map.of("kind", "gc"), "group_size is missing");
    assertInvalid(valid, Map.of("kind", "gc", "group_size", "64"), "does not hold");
    assertThatThrownBy(() -> SPACE.decode(List.of(0, 0, 0))).hasMessageContaining("must have 4");
    assertThatThrownBy(() -> SPACE.decode(List.of(0, 9, 0, 0)))
        .hasMessage("kind has no choice 9, only 0 to 2");
  }

  private static void assertInvalid(
      Map<String, String> valid, Map<String, String> change, String message) {
    Map<String, String> assignment = new HashMap<>(valid);
    assignment.putAll(change);
    assertThatThrownBy(() -> SPACE.point(assignment))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void pointsOfAnotherSpaceAreRefused() {
    SearchSpace other = SearchSpace.builder().add(Parameter.discrete("channels", 1, 2)).build();
    Point stranger = other.sample(new SplittableRandom(1));
    assertThatThrownBy(() -> SPACE.rank(stranger)).hasMessage("the point is of another space");
    assertThatThrownBy(() -> SPACE.neighbours(stranger)).hasMessageContaining("another space");
  }

  @Test
  void spacesThatCannotBeAreRefusedWithTheReason() {
    assertRefused(
        SearchSpace.builder().add(Parameter.discrete("a", 1, 2)).constraint("a > 2"),
        "no valid point");
    assertRefused(
        SearchSpace.builder().add(Parameter.discrete("a", 1)).add(Parameter.discrete("a", 1)),
        "two parameters a");
    assertRefused(
        SearchSpace.builder().add(Parameter.discrete("a", 1)).constraint("b > 2"),
        "the constraint \"b > 2\" reads \"b\", which is no parameter");
    assertRefused(
        SearchSpace.builder()
            .add(Parameter.discrete("a", 1).when("b == 1"))
            .add(Parameter.discrete("b", 1)),
        "the condition of a reads b, which is not chosen before it");
    assertRefused(
        SearchSpace.builder().add(Parameter.discrete("a", 1)).constraint("a + 1"),
        "takes a number (2) for a condition");
    assertRefused(
        SearchSpace.builder().add(Parameter.discrete("a", 1)).constraint("1 == 1"),
        "the constraint \"1 == 1\" reads no parameter");
    assertRefused(SearchSpace.builder(), "0 parameters");
    assertThatThrownBy(() -> Parameter.discrete("a")).hasMessageContaining("a has 0 choices");
    assertThatThrownBy(() -> Parameter.discrete("a", 1, 1)).hasMessageContaining("twice");
    assertThatThrownBy(() -> Parameter.integer("a", 3, 2)).hasMessageContaining("must go up");
    assertThatThrownBy(() -> Parameter.categorical("a b", "x")).hasMessageContaining("a b");
  }

  private static void assertRefused(SearchSpace.Builder space, String message) {
    assertThatThrownBy(space::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void blocksRepeatUnderNamesOfTheirOwn() {
    SearchSpace space =
        SearchSpace.builder()
            .repeat("b", 3, (builder, prefix) -> builder.add(Parameter.integer(prefix + "k", 1, 2)))
            .build();
    assertThat(space.parameters())
        .extracting(Parameter::name)
        .containsExactly("b0.k", "b1.k", "b2.k");
    assertThat(space.size().points()).isEqualTo(8);
  }

  @Test
  void entangledConstraintsAreKeptByDrawingAgain() {
    SearchSpace.Builder builder = SearchSpace.builder();
    StringBuilder sum = new StringBuilder("0");
    for (int i = 0; i < 20; i++) {
      builder.add(Parameter.discrete("p" + i, Math.pow(2, i), 0.1 * i, 3 * i + 0.5));
      sum.append(" + p").append(i);
    }
    SearchSpace space = builder.constraint(sum + " > 10000").build();
    assertThat(space.size().exact()).isFalse();
    assertThat(space.size().points()).isEqualTo(BigInteger.valueOf(3).pow(20));
    assertThat(space.size()).hasToString("at most 3486784401");
    SplittableRandom random = new SplittableRandom(2);
    Point point = space.sample(random);
    for (int i = 0; i < 200; i++) {
      point = space.mutate(point, random);
      assertThat(space.point(point.assignment())).isEqualTo(point);
    }
  }

  @Test
  void restrictionsKeepOnlyTheChoicesNamed() {
    SearchSpace without = SPACE.restricted(Map.of("kind", List.of("depthwise", "fused")));
    assertThat(without.size().points()).isEqualTo(18);
    assertThatThrownBy(() -> SPACE.restricted(Map.of("kind", List.of("dense"))))
        .hasMessageContaining("kind has no choice \"dense\"");
    assertThatThrownBy(() -> SPACE.restricted(Map.of("size", List.of("1"))))
        .hasMessageContaining("no parameter \"size\"");
  }
}
