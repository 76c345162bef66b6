package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import dev.ppe.wire.GraphCodec;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonRoundTripTest {

  @ParameterizedTest
  @MethodSource("names")
  void networksOfTheZooKeepTheirHash(String name) throws Exception {
    ZooModel model = Zoo.find(name).orElseThrow();
    for (Arithmetic arithmetic : Arithmetic.values()) {
      Graph graph = model.graph(arithmetic);
      dev.ppe.v1.Graph.Builder message = dev.ppe.v1.Graph.newBuilder();
      JsonFormat.parser().merge(ExportFormat.JSON.text(graph), message);
      Graph again = GraphCodec.decode(message.build(), GraphLimits.DEFAULT);
      assertThat(CanonicalGraph.of(again)).isEqualTo(CanonicalGraph.of(graph));
    }
  }

  private static Stream<String> names() {
    return Zoo.models().stream().map(ZooModel::name);
  }
}
