package dev.ppe.nas.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.nas.objective.Outcome.Scored;
import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GridSearchTest {
  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(Parameter.integer("a", 1, 3))
          .add(Parameter.integer("b", 1, 4).when("a >= 2"))
          .build();

  private static List<String> all(Map<String, String> settings) {
    Backend backend = BackendFactory.GRID.create(SPACE, 1, settings, 1);
    List<String> all = new ArrayList<>();
    for (List<Point> batch = backend.suggest(4); !batch.isEmpty(); batch = backend.suggest(4)) {
      batch.forEach(point -> all.add(point.toString()));
      backend.tell(batch.stream().map(point -> new Observation(point, Scored.of(0))).toList());
    }
    return all;
  }

  @Test
  void goesThroughAllPointsInOrderAndEnds() {
    assertThat(all(Map.of()))
        .containsExactly(
            "a=1",
            "a=2, b=1",
            "a=2, b=2",
            "a=2, b=3",
            "a=2, b=4",
            "a=3, b=1",
            "a=3, b=2",
            "a=3, b=3",
            "a=3, b=4");
  }

  @Test
  void spreadsFewerPointsEvenly() {
    assertThat(all(Map.of("points", "3"))).containsExactly("a=1", "a=2, b=3", "a=3, b=2");
    assertThat(all(Map.of("points", "1000"))).hasSize(9);
  }
}
