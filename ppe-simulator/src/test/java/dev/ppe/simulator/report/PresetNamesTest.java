package dev.ppe.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.compile.Networks;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorYaml;
import dev.ppe.simulator.hardware.Presets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulator knows figures and no chips: under another's name a preset has its own figures. */
class PresetNamesTest {
  static List<String> names() {
    return Presets.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void twoPresetsThatSwapTheirNamesKeepTheirFigures(String name) throws IOException {
    List<String> names = Presets.names();
    String other = names.get((names.indexOf(name) + 1) % names.size());
    Accelerator renamed =
        AcceleratorYaml.read(
            "renamed.yaml", yaml(name).replaceFirst("(?m)^name: .*$", "name: " + other));

    assertThat(renamed.name()).isEqualTo(other);
    for (Graph graph : Networks.some()) {
      Evaluation before = Evaluate.on(Presets.get(name), graph);
      Evaluation after = Evaluate.on(renamed, graph);
      assertThat(after).usingRecursiveComparison().ignoringFields("accelerator").isEqualTo(before);
      assertThat(after.accelerator()).isEqualTo(other);
    }
  }

  private static String yaml(String name) throws IOException {
    try (InputStream in = Presets.class.getResourceAsStream(name + ".yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
