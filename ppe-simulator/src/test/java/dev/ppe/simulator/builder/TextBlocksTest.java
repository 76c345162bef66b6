package dev.ppe.simulator.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Workload;
import org.junit.jupiter.api.Test;

class TextBlocksTest {
  private static final int TOKENS = 16;
  private static final int HIDDEN = 64;

  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
  private final Value text = net.input("text", 1, TOKENS, HIDDEN);
  private final Value mask = net.input("mask", 1, 1, 1, TOKENS);

  /** S (4 H B + 3 B^2 + 2 F B I) + 2 S^2 B, as for the released networks. */
  @Test
  void mobileBertBlockWorksInABottleneck() {
    Graph graph =
        net.build(TextBlocks.mobileBert(net, text, mask, new MobileBertFigures(32, 128, 3, 4)));
    assertThat(graph.tensor(graph.outputs().getFirst()).shape())
        .isEqualTo(Shape.of(1, TOKENS, HIDDEN));
    assertThat(Workload.macs(graph))
        .isEqualTo(
            TOKENS * (4 * HIDDEN * 32 + 3 * 32 * 32 + 2 * 3 * 32 * 128) + 2 * TOKENS * TOKENS * 32);
    assertThat(graph.nodes())
        .extracting(Node::name)
        .contains("key-query/dense", "attention/softmax", "ffn2/expand", "output/norm/add");
  }

  /** 2 (HB + B + 2B) + 2 (B^2 + B) + (HB + B) + (B^2 + B) + 2B + F (2BI + I + 3B) + BH + 3H. */
  @Test
  void mobileBertBlockStoresWhatTheReleasedOnesDo() {
    int b = 32;
    Graph graph =
        net.build(TextBlocks.mobileBert(net, text, mask, new MobileBertFigures(b, 128, 3, 4)));
    assertThat(Workload.parameters(graph))
        .isEqualTo(
            2 * (HIDDEN * b + 3 * b)
                + 3 * (b * b + b)
                + (HIDDEN * b + b)
                + 2 * b
                + 3 * (2 * b * 128 + 128 + 3 * b)
                + b * HIDDEN
                + 3 * HIDDEN);
  }

  @Test
  void transformerBlockHasFourProjectionsAndAWideLayer() {
    Graph graph = net.build(TextBlocks.transformer(net, text, mask, 4, 256));
    assertThat(Workload.macs(graph))
        .isEqualTo(
            TOKENS * (4 * HIDDEN * HIDDEN + 2 * HIDDEN * 256) + 2 * TOKENS * TOKENS * HIDDEN);
    assertThat(graph.nodes()).extracting(node -> node.operator().kind()).contains("gelu");
  }

  @Test
  void headsShareTheFeaturesEvenly() {
    assertThatThrownBy(
            () -> TextBlocks.mobileBert(net, text, mask, new MobileBertFigures(30, 128, 3, 4)))
        .hasMessage("layer \"attention/query/split\": 30 features do not divide into 4 heads");
    assertThatThrownBy(() -> TextBlocks.transformer(net, text, mask, 5, 128))
        .hasMessage("layer \"attention/query/split\": 64 features do not divide into 5 heads");
  }

  @Test
  void figuresArePositive() {
    assertThatThrownBy(() -> new MobileBertFigures(32, 128, 0, 4))
        .hasMessage("feed-forward networks are 0, must be 1 or more");
  }
}
