package dev.ppe.simulator.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.zoo.classic.ResNet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The classic networks that have a layer table, against it. */
class ClassicLayerTableTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({"resnet50_v1, V1", "resnet50_v1p5, V1_5"})
  void networkEqualsItsTableLayerByLayer(String table, ResNet.Version version) {
    assertThat(GraphLayers.of(new ResNet(50, version).model().graph()))
        .containsExactlyElementsOf(LayerTable.read(table));
  }
}
