package dev.ppe.simulator.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FeatureMapsTest {
  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
  private final Value fine = net.input("fine", 1, 20, 20, 24);
  private final Value coarse = net.input("coarse", 1, 5, 5, 40);

  @Test
  void mapsAreAskedForByLevel() {
    FeatureMaps maps = new FeatureMaps(new TreeMap<>(Map.of(4, fine, 6, coarse)));
    assertThat(maps.level(4)).isSameAs(fine);
    assertThat(maps.top()).isSameAs(coarse);
    assertThatThrownBy(() -> maps.level(5)).hasMessage("has no map of level 5, only of [4, 6]");
  }

  @Test
  void backboneGivesAMap() {
    assertThatThrownBy(() -> new FeatureMaps(new TreeMap<>()))
        .hasMessage("a backbone gives one feature map or more");
  }
}
