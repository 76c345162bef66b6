package dev.ppe.nas.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.space.SearchSpace;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.Blocks;
import dev.ppe.simulator.builder.Bottleneck;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import java.math.BigInteger;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpaceReaderTest {
  static final String TINY =
      """
      name: tiny
      description: a stage of bottlenecks
      image: 96
      body:
        - {parameter: channels, one_of: [16, 24, 32]}
        - {layer: conv, name: stem, kernel: 3, stride: 2, channels: 16, activation: relu}
        - repeat: b
          times: {from: 1, to: 2}
          body:
            - {let: inputs, be: "index == 0 ? 16 : channels"}
            - {parameter: kind, one_of: [fused, gc]}
            - {parameter: group_size, one_of: [32, 64], when: "kind == 'gc'"}
            - {constraint: "4 * inputs % group_size == 0 and 4 * inputs > group_size"}
            - {layer: bottleneck, kind: kind, expansion: 4, channels: channels,
               group_size: group_size, stride: "index == 0 ? 2 : 1"}
        - {layer: global_pool, name: pool}
        - {layer: dense, name: logits, units: 10}
      """;

  private static final ModelSpace SPACE = SpaceReader.read("tiny.yaml", TINY);

  @Test
  void yamlAndJavaSayTheSame() {
    SearchSpace space =
        SearchSpace.builder()
            .add(Parameter.discrete("channels", 16, 24, 32))
            .add(Parameter.integer("b.times", 1, 2))
            .add(Parameter.categorical("b0.kind", "fused", "gc"))
            .add(Parameter.discrete("b0.group_size", 32, 64).when("b0.kind == 'gc'"))
            .constraint("64 % b0.group_size == 0 and 64 > b0.group_size")
            .add(Parameter.categorical("b1.kind", "fused", "gc").when("b.times > 1"))
            .add(
                Parameter.discrete("b1.group_size", 32, 64).when("b.times > 1 and b1.kind == 'gc'"))
            .constraint("4 * channels % b1.group_size == 0 and 4 * channels > b1.group_size")
            .build();
    assertThat(SPACE.space().size()).isEqualTo(space.size());
    assertThat(SPACE.space().parameters())
        .extracting(Parameter::name)
        .containsExactlyElementsOf(space.parameters().stream().map(Parameter::name).toList());
    for (int rank = 0; rank < space.size().points().intValueExact(); rank++) {
      BigInteger place = BigInteger.valueOf(rank);
      assertThat(SPACE.space().point(place).orElseThrow().assignment())
          .isEqualTo(space.point(place).orElseThrow().assignment());
    }
  }

  @Test
  void layersAreThoseOfTheBuilder() {
    Graph graph =
        SPACE.graph(
            SPACE
                .space()
                .point(
                    Map.of(
                        "channels", "24",
                        "b.times", "2",
                        "b0.kind", "fused",
                        "b1.kind", "gc",
                        "b1.group_size", "32")));
    GraphBuilder net = GraphBuilder.named("tiny", Arithmetic.INT8);
    Value x = net.input("image", 1, 96, 96, 3);
    x = net.conv("stem", x, 16, Kernel.of(3).stride(2), Nonlinearity.RELU);
    x =
        Blocks.fused(
            net.scope("b0"), x, new Bottleneck(64, 24, Kernel.of(3).stride(2), Nonlinearity.RELU));
    x =
        Blocks.groupConv(
            net.scope("b1"), x, new Bottleneck(96, 24, Kernel.of(3), Nonlinearity.RELU), 32);
    x = net.globalAveragePool("pool", x);
    x = net.fullyConnected("logits", x, 10, Activation.NONE);
    assertThat(CanonicalGraph.of(graph).hash()).isEqualTo(CanonicalGraph.of(net.build(x)).hash());
  }

  @Test
  void layersAreNamedAfterTheirBlocks() {
    Graph graph = SPACE.graph(SPACE.space().point(BigInteger.ZERO).orElseThrow());
    assertThat(graph.nodes())
        .extracting(node -> node.name())
        .contains("stem/conv3x3", "b0/bottleneck/conv3x3", "pool/pool");
  }

  /** The same stage, with its block defined before and used with what differs. */
  static final String DEFINED =
      """
      name: tiny
      description: a stage of bottlenecks
      image: 96
      body:
        - define: grouped
          body:
            - {parameter: kind, one_of: [fused, gc]}
            - {parameter: group_size, one_of: [32, 64], when: "kind == 'gc'"}
            - {constraint: "4 * inputs % group_size == 0 and 4 * inputs > group_size"}
        - define: block
          body:
            - {use: grouped, with: {inputs: "index == 0 ? before : channels"}}
            - {layer: bottleneck, kind: kind, expansion: 4, channels: channels,
               group_size: group_size, stride: "index == 0 ? stride : 1"}
        - {parameter: channels, one_of: [16, 24, 32]}
        - {layer: conv, name: stem, kernel: 3, stride: 2, channels: 16, activation: relu}
        - repeat: b
          times: {from: 1, to: 2}
          body: [{use: block, with: {before: 16, stride: 2}}]
        - {layer: global_pool, name: pool}
        - {layer: dense, name: logits, units: 10}
      """;

  @Test
  void whatIsDefinedAndUsedIsAsIfItStoodThere() {
    ModelSpace defined = SpaceReader.read("defined.yaml", DEFINED);
    assertThat(defined.space().parameters()).isEqualTo(SPACE.space().parameters());
    assertThat(defined.space().constraints()).isEqualTo(SPACE.space().constraints());
    assertThat(defined.space().size()).isEqualTo(SPACE.space().size());
    for (int rank = 0; rank < SPACE.space().size().points().intValueExact(); rank++) {
      BigInteger place = BigInteger.valueOf(rank);
      assertThat(defined.graph(defined.space().point(place).orElseThrow()))
          .isEqualTo(SPACE.graph(SPACE.space().point(place).orElseThrow()));
    }
  }
}
