package dev.ppe.simulator.format.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.format.export.SampleNetworks;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KerasWriterTest {

  @Test
  void layersKeepTheirNamesAndBlocksTheirComments() {
    String source = KerasWriter.write(SampleNetworks.blocks(Arithmetic.INT8));

    assertThat(source)
        .contains("def build_model():", "  # stem\n", "  # b0\n", "  # b1\n")
        .containsSubsequence(
            "image = keras.Input((32, 32, 3), batch_size=1, name=\"image\")",
            "stem_conv3x3 = layers.Conv2D(16, 3, strides=2, padding=\"same\", use_bias=False,"
                + " name=\"stem_conv3x3\")(image)",
            "stem_conv3x3 = layers.BatchNormalization(name=\"stem_conv3x3_bn\")(stem_conv3x3)",
            "stem_conv3x3 = layers.ReLU(max_value=6.0, name=\"stem_conv3x3_act\")(stem_conv3x3)",
            "layers.DepthwiseConv2D(3, strides=1, padding=\"same\", use_bias=False,",
            "b0_add = layers.Add(name=\"b0_add\")([b0_project, stem_conv3x3])",
            "layers.Conv2D(64, 3, strides=2, padding=\"same\", groups=4, use_bias=False,",
            "layers.MaxPooling2D(2, strides=2, padding=\"same\", name=\"head_max\")",
            "layers.GlobalAveragePooling2D(keepdims=True, name=\"head_pool\")(head_max)",
            "layers.Dense(10, use_bias=True, name=\"logits\")",
            "return keras.Model([image], [probabilities], name=\"blocks\")");
  }

  @Test
  void namesCannotBreakOutOfTheSource() {
    Graph graph = SampleNetworks.blocks(Arithmetic.FLOAT32).withName("x\"\"\"\nimport os # \u00e9");

    String source = KerasWriter.write(graph);

    assertThat(source.lines().findFirst().orElseThrow())
        .isEqualTo("\"\"\"x____import os _ _, written by ppe export.");
  }

  @Test
  void whatKerasLacksIsRefusedByName() {
    assertThatThrownBy(() -> KerasWriter.write(SampleNetworks.custom("Decode")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("node 0 \"y\" (decode): cannot be written for Keras");
  }

  @Test
  void aDetectorIsTrainedUpToItsSelectionOfBoxes() {
    Graph detector = Zoo.find("ssd_mobilenet_v1_postprocess").orElseThrow().graph();

    assertThat(KerasWriter.write(detector))
        .contains("return keras.Model([image], [detections_boxes_concat, detections_scores_")
        .doesNotContain("select");
  }

  @Test
  void everythingCompiles(@TempDir Path folder) throws Exception {
    List<String> command = new ArrayList<>(List.of("python3", "-m", "py_compile"));
    int index = 0;
    for (Graph graph : graphs()) {
      Path file = folder.resolve("network" + index++ + ".py");
      Files.writeString(file, KerasWriter.write(graph), StandardCharsets.UTF_8);
      command.add(file.toString());
    }
    assumeTrue(runs("python3", "--version"), "python3 is not here");

    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("output"))).isZero();
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static List<Graph> graphs() {
    Stream<Graph> samples = SampleNetworks.operators(Arithmetic.FLOAT32).values().stream();
    Stream<Graph> others =
        Stream.of(
            SampleNetworks.explicitPadding(Arithmetic.FLOAT32, PoolFunction.AVERAGE),
            SampleNetworks.explicitPadding(Arithmetic.FLOAT32, PoolFunction.MAX));
    return Stream.of(samples, others, Zoo.models().stream().map(ZooModel::graph))
        .flatMap(graphs -> graphs)
        .toList();
  }
}
