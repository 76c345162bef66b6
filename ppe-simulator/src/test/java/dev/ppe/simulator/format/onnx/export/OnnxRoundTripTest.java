package dev.ppe.simulator.format.onnx.export;

import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.export.RoundTrip;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.format.onnx.OnnxReader;
import dev.ppe.simulator.graph.Graph;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxRoundTripTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.ppe.simulator.format.export.RoundTrip#zoo")
  void networksOfTheZooKeepTheirHash(String name, Graph graph) throws IOException {
    RoundTrip.assertKept(roundTrip(graph), graph);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.ppe.simulator.format.export.RoundTrip#samples")
  void everyOperatorKeepsItsHash(String name, Graph graph) throws IOException {
    RoundTrip.assertKept(roundTrip(graph), graph);
  }

  private static Graph roundTrip(Graph graph) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OnnxWriter.write(graph, Weights.ZERO, out);
    return OnnxReader.read(graph.name(), ByteBuffer.wrap(out.toByteArray()), ImportOptions.DEFAULT)
        .graph();
  }
}
