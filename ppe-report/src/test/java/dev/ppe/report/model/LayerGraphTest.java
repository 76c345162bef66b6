package dev.ppe.report.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.report.model.LayerGraph.Edge;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerGraphTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mobilenet_v3_large",
        "inception_v3",
        "densenet121",
        "ssd_mobilenet_v2_mnasfpn",
        "unet_mobilenet_v2_128",
        "mobilebert_edgetpu_xs"
      })
  void edgesGoForwardAndEveryLayerAfterTheFirstReadsSomething(String network) {
    ModelReport report = Answers.report(network, "coral-usb");
    LayerGraph graph = report.graph();

    assertThat(graph.known()).isTrue();
    assertThat(graph.edges()).isSorted().doesNotHaveDuplicates();
    assertThat(graph.edges()).allMatch(edge -> edge.from() < edge.to());
    List<String> unread =
        IntStream.range(0, graph.details().size())
            .filter(i -> graph.edges().stream().noneMatch(edge -> edge.from() == i))
            .mapToObj(i -> report.response().getLayers(i).getName())
            .toList();
    assertThat(unread).as("layers that nobody reads").hasSizeLessThan(14); // outputs of detectors
  }

  @Test
  void anAdditionThatWasFusedIsAnEdgeToTheLayerThatMakesIt() {
    ModelReport report = Answers.report("mobilenet_v2", "coral-usb");
    List<String> names =
        report.response().getLayersList().stream().map(layer -> layer.getName()).toList();
    List<Edge> skipping =
        report.graph().edges().stream().filter(edge -> edge.to() - edge.from() > 1).toList();

    assertThat(skipping).hasSize(10); // MobileNetV2 has ten residual connections
    assertThat(skipping).allSatisfy(edge -> assertThat(edge.to()).isLessThan(names.size()));
  }

  @Test
  void layersHaveTheShapesAndWindowsOfTheirNodes() {
    ModelReport report = Answers.report("mobilenet_v2", "coral-usb");

    LayerDetail stem = report.graph().details().getFirst();
    assertThat(stem.input()).isEqualTo("1x224x224x3");
    assertThat(stem.output()).isEqualTo("1x112x112x32");
    assertThat(stem.window()).isEqualTo("3x3, stride 2");
  }
}
