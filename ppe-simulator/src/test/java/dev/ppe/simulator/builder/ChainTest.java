package dev.ppe.simulator.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Shape;
import org.junit.jupiter.api.Test;

class ChainTest {
  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
  private final Chain image = net.chain(net.input("image", 1, 32, 32, 8));

  @Test
  void layersStandOneBehindTheOther() {
    Bottleneck bottleneck = new Bottleneck(32, 16, Kernel.of(3), Nonlinearity.RELU6);
    Graph graph =
        image
            .conv("stem", 16, Kernel.of(3).stride(2), Nonlinearity.RELU6)
            .block("b0", (scope, x) -> Blocks.fused(scope, x, bottleneck))
            .groupConv("gc", 32, 4, Kernel.of(3), Nonlinearity.RELU)
            .depthwise("dw", Kernel.of(5), Nonlinearity.RELU)
            .pointwise("wide", 64, Nonlinearity.RELU)
            .maxPool("max", Kernel.of(2).stride(2))
            .averagePool("average", Kernel.of(2).stride(2))
            .globalAveragePool("pool")
            .reshape("flatten", 1, -1)
            .fullyConnected("logits", 10, Activation.NONE)
            .softmax("softmax")
            .build();
    assertThat(graph.nodes())
        .extracting(Node::name)
        .containsExactly(
            "stem",
            "b0/conv3x3",
            "b0/project",
            "b0/add",
            "gc",
            "dw",
            "wide",
            "max",
            "average",
            "pool",
            "flatten",
            "logits",
            "softmax");
    assertThat(graph.tensor(graph.outputs().getFirst()).shape()).isEqualTo(Shape.of(1, 10));
  }

  /** The network of docs/zoo.md, and the two mistakes shown there. */
  @Test
  void documentedNetworkIsOne() {
    Graph graph =
        documented(64)
            .globalAveragePool("pool")
            .fullyConnected("logits", 10, Activation.NONE)
            .build();
    assertThat(graph.tensor(graph.outputs().getFirst()).shape()).isEqualTo(Shape.of(1, 10));
    assertThatThrownBy(() -> documented(100))
        .hasMessage(
            "layer \"b1/gc3x3\": 256 expanded channels do not make two or more groups of 100");
    assertThatThrownBy(() -> documented(64).fullyConnected("logits", 10, Activation.NONE))
        .hasMessage(
            "layer \"logits\": input \"b1/add\" 1x112x112x64 has positions besides features: pool"
                + " or reshape it first");
  }

  private static Chain documented(int groupSize) {
    GraphBuilder net = GraphBuilder.named("tiny", Arithmetic.INT8);
    Bottleneck wide = new Bottleneck(256, 64, Kernel.of(3), Nonlinearity.RELU);
    return net.chain(net.input("image", 1, 224, 224, 3))
        .conv("stem", 64, Kernel.of(5).stride(2), Nonlinearity.RELU)
        .block("b0", (scope, x) -> Blocks.fused(scope, x, wide))
        .block("b1", (scope, x) -> Blocks.groupConv(scope, x, wide, groupSize));
  }

  @Test
  void chainsMayGoOnFromOne() {
    Chain stem = image.pointwise("stem", 16, Nonlinearity.RELU);
    Value left = stem.pointwise("left", 8, Nonlinearity.NONE).value();
    Value right = stem.pointwise("right", 8, Nonlinearity.NONE).value();
    assertThat(net.build(left, right).nodes()).hasSize(3);
  }

  @Test
  void mistakeNamesTheLayer() {
    assertThatThrownBy(() -> image.groupConv("gc", 9, 3, Kernel.of(3), Nonlinearity.RELU))
        .hasMessage("layer \"gc\": 8 input channels do not divide into 3 groups");
  }
}
