package dev.ppe.report.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlocksTest {
  /** The network as converters name it: every node on its own. */
  private static Graph withoutFolders(Graph graph) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      nodes.add(new Node("op" + nodes.size(), node.operator(), node.inputs(), node.outputs()));
    }
    return new Graph(graph.name(), graph.tensors(), nodes, graph.inputs(), graph.outputs());
  }

  private static List<String> kinds(ModelReport report) {
    return report.blocks().stream().map(Block::kind).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mobilenet_v3_large",
        "inception_resnet_v2",
        "densenet121",
        "ssd_mobilenet_v2_mnasfpn",
        "unet_mobilenet_v2_128",
        "mobilebert_edgetpu_xs"
      })
  void everyLayerIsInOneBlockInOrder(String network) {
    for (Graph graph :
        List.of(Answers.network(network), withoutFolders(Answers.network(network)))) {
      ModelReport report = Answers.report(graph, "tensor-g1");
      int next = 0;
      for (Block block : report.blocks()) {
        assertThat(block.first()).isEqualTo(next);
        next = block.end();
      }
      assertThat(next).isEqualTo(report.response().getLayersCount());
    }
  }

  @Test
  void foldersOfNamesAreBlocks() {
    ModelReport report = Answers.report("mobilenet_edgetpu_v2_s", "tensor-g1");

    assertThat(report.blocks().stream().map(Block::name)).contains("g1b0", "g4b0", "g6b0");
    Block bottleneck =
        report.blocks().stream().filter(b -> b.name().equals("g4b1")).findFirst().orElseThrow();
    assertThat(bottleneck.kind()).isEqualTo("inverted bottleneck");
    assertThat(bottleneck.residual()).isTrue();
  }

  @Test
  void withoutFoldersInvertedBottlenecksAreFoundByTheirStructure() {
    ModelReport report =
        Answers.report(withoutFolders(Answers.network("mobilenet_v2")), "coral-usb");

    // 17 blocks; the first has nothing to expand, and the stem's convolution stands in for that.
    assertThat(kinds(report).stream().filter("inverted bottleneck"::equals)).hasSize(17);
    assertThat(report.blocks().stream().filter(Block::residual)).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "resnet50"})
  void withoutFoldersResidualBlocksAreFoundByTheirStructure(String network) {
    ModelReport report = Answers.report(withoutFolders(Answers.network(network)), "coral-usb");

    int expected = network.equals("resnet18") ? 8 : 16;
    assertThat(kinds(report).stream().filter(kind -> kind.startsWith("residual block")))
        .hasSize(expected);
  }

  @Test
  void aNetworkThatOnlyTheServerKnowsIsARowOfLayers() {
    Graph network = Answers.network("mobilenet_v1");
    ModelReport known = Answers.report(network, "coral-usb");

    LayerGraph row = LayerGraph.row(known.response().getLayersCount());

    assertThat(row.known()).isFalse();
    assertThat(row.edges()).hasSize(known.response().getLayersCount() - 1);
    assertThat(Blocks.of(known.response().getLayersList(), row)).isNotEmpty();
  }
}
