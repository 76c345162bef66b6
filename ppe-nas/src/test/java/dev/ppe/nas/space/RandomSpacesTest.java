package dev.ppe.nas.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spaces of random conditions and constraints, against trying every assignment. */
class RandomSpacesTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void holdExactlyTheAssignmentsThatFulfilTheirRules(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SearchSpace.Builder builder = SearchSpace.builder();
    int count = 3 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      Parameter parameter = Parameter.integer("p" + i, 0, 1 + random.nextInt(3));
      builder.add(
          i > 0 && random.nextInt(3) == 0
              ? parameter.when("p%d >= %d".formatted(random.nextInt(i), random.nextInt(3)))
              : parameter);
    }
    for (int i = 0; i < random.nextInt(4); i++) {
      builder.constraint(
          "p%d + p%d != %d"
              .formatted(random.nextInt(count), random.nextInt(count), random.nextInt(5)));
    }
    SearchSpace space = builder.build();

    Set<List<Integer>> valid = new HashSet<>();
    collect(space, new ArrayList<>(), valid);
    Set<List<Integer>> listed = new HashSet<>();
    for (int rank = 0; rank < space.size().points().intValueExact(); rank++) {
      listed.add(space.point(BigInteger.valueOf(rank)).orElseThrow().encoding());
    }
    assertThat(space.size().exact()).isTrue();
    assertThat(listed).isEqualTo(valid).hasSize(space.size().points().intValueExact());
  }

  private static void collect(SearchSpace space, List<Integer> prefix, Set<List<Integer>> valid) {
    if (prefix.size() == space.parameters().size()) {
      try {
        valid.add(space.decode(prefix).encoding());
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageMatching(".*(not in use here|is missing|does not hold)");
      }
      return;
    }
    for (int c = -1; c < space.parameters().get(prefix.size()).size(); c++) {
      List<Integer> longer = new ArrayList<>(prefix);
      longer.add(c);
      collect(space, longer, valid);
    }
  }
}
