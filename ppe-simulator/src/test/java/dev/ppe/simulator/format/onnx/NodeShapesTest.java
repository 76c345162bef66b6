package dev.ppe.simulator.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime is the judge: the shape that an imported node gives is the one that it computes. */
class NodeShapesTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void shapesAreThoseOfTheRuntime(String name, OnnxFile file) throws OrtException {
    Graph graph = file.imported();

    Shape found = graph.tensor(graph.outputs().getFirst()).shape();
    List<Long> computed = OnnxRuntime.outputShapes(file.bytes()).getFirst();
    if (found.rank() > 2) { // maps come back as they are taken, with their channels last
      assertThat(computed).isIn(inFileOrder(found), dimensions(found));
    } else {
      assertThat(computed).isEqualTo(dimensions(found));
    }
  }

  private static Stream<Arguments> cases() {
    return Stream.of(WindowCases.all(), FunctionCases.all(), ShapeCases.all(), QuantizedCases.all())
        .flatMap(cases -> cases.files().entrySet().stream())
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  private static List<Long> dimensions(Shape shape) {
    return Arrays.stream(shape.toArray()).asLongStream().boxed().toList();
  }

  private static List<Long> inFileOrder(Shape shape) {
    return dimensions(AxisOrder.channelsLast(shape.rank()).toFile(shape));
  }
}
