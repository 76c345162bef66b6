package dev.ppe.nas.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.nas.space.Point;
import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.nas.yaml.SpaceReader;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NarrowedSpaceTest {
  private static final String NAME = "mobilenet-edgetpu-v2";
  private static final ModelSpace WHOLE = Spaces.find(NAME).orElseThrow();

  private static ModelSpace narrowed(String choices) {
    String text =
        NarrowedSpace.of(NAME, Spaces.text(NAME), WHOLE, ChoicesYaml.read("choices", choices));
    return SpaceReader.read(NAME, text);
  }

  @Test
  void everyPointKeepsToTheLists() {
    ModelSpace space =
        narrowed("stages: {g1: {kind: [fused, gc], kernel: [3]}, g5: {kind: [depthwise]}}");
    assertThat(space.space().size().toString()).isNotEqualTo(WHOLE.space().size().toString());
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200; i++) {
      Point point = space.space().sample(random);
      Map<String, String> assignment = point.assignment();
      assertThat(assignment.get("g1.b0.kind")).isIn("fused", "gc");
      assertThat(assignment.get("g1.b0.kernel")).isEqualTo("3");
      assertThat(assignment.get("g5.b0.kind")).isEqualTo("depthwise");
      assertThat(assignment)
          .allSatisfy(
              (name, value) -> {
                if (name.startsWith("g5.r.") && name.endsWith(".kind")) {
                  assertThat(value).isIn("skip", "depthwise");
                }
              });
      assertThat(space.graph(point).nodes()).isNotEmpty();
    }
  }

  @Test
  void listsThatKeepEverythingChangeNothing() {
    ModelSpace space = narrowed("stages: {g1: {kernel: [3, 5]}}");
    assertThat(space.space().size().toString()).isEqualTo(WHOLE.space().size().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1]|no choice lists",
        "stages: 3|no choice lists",
        "stages: {g1: 3}|stages.g1 has no fields",
        "stages: {g1: {kind: fused}}|stages.g1.kind is no list",
        "stages: {g9: {kind: [fused]}}|no parameter g9...kind",
        "stages: {g1: {kind: [other]}}|nothing is left of g1.b0.kind",
        "'{'|choices: ",
      })
  void mistakesAreNamed(String choices, String message) {
    assertThatThrownBy(() -> narrowed(choices))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aDescriptionThatDoesNotEndWithItsBodyIsRefused() {
    String text = Spaces.text(NAME).replace("image: 224\n", "") + "\nimage: 224\n";
    ModelSpace space = SpaceReader.read(NAME, text);
    Map<String, Map<String, List<String>>> lists = Map.of("g1", Map.of("kernel", List.of("3")));
    assertThatThrownBy(() -> NarrowedSpace.of(NAME, text, space, lists))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
