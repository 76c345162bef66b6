package dev.ppe.simulator.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Workload;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlocksTest {
  private static final Nonlinearity RELU = Nonlinearity.RELU;

  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
  private final Value image = net.input("image", 1, 14, 14, 32);
  private final Bottleneck bottleneck = new Bottleneck(128, 32, Kernel.of(5), RELU);

  @Test
  void depthwiseIbnExpandsSlidesAndProjects() {
    Graph graph = net.build(Blocks.depthwise(net, image, bottleneck));
    assertThat(names(graph)).containsExactly("expand", "dw5x5", "project", "add");
    assertThat(Workload.macs(graph)).isEqualTo(14 * 14 * 128 * (32 + 5 * 5 + 32));
  }

  @Test
  void fusedIbnExpandsWhileSliding() {
    Graph graph = net.build(Blocks.fused(net, image, bottleneck));
    assertThat(names(graph)).containsExactly("conv5x5", "project", "add");
    assertThat(Workload.macs(graph)).isEqualTo(14 * 14 * 128 * (32 * 5 * 5 + 32));
  }

  @Test
  void groupConvIbnExpandsInGroups() {
    Graph graph = net.build(Blocks.groupConv(net, image, bottleneck, 32));
    assertThat(names(graph)).containsExactly("gc5x5", "project", "add");
    assertThat(Workload.macs(graph)).isEqualTo(14 * 14 * 128 * (32 / 4 * 5 * 5 + 32));
  }

  @Test
  void groupedIbnExpandsBeforeItsGroups() {
    Graph graph = net.build(Blocks.grouped(net, image, bottleneck, 32, GroupForm.NATIVE));
    assertThat(names(graph)).containsExactly("expand", "gc5x5", "project", "add");
    assertThat(Workload.macs(graph)).isEqualTo(14 * 14 * 128 * (32 + 128 / 4 * 5 * 5 + 32));
  }

  @Test
  void groupConvIbnMayBeWrittenInThePortableForm() {
    Graph graph = net.build(Blocks.groupConv(net, image, bottleneck, 64, GroupForm.PORTABLE));
    assertThat(names(graph))
        .containsExactly(
            "gc5x5/split", "gc5x5/group/0", "gc5x5/group/1", "gc5x5", "project", "add");
  }

  @Test
  void groupsOfGroupedIbnAreWhole() {
    assertThatThrownBy(() -> Blocks.grouped(net, image, bottleneck, 48, GroupForm.NATIVE))
        .hasMessage("layer \"gc5x5\": 128 expanded channels do not make two or more groups of 48");
  }

  @Test
  void tuckerCompressesSlidesAndProjects() {
    Graph graph =
        net.build(Blocks.tucker(net, image, 8, new Bottleneck(24, 32, Kernel.of(3), RELU)));
    assertThat(names(graph)).containsExactly("compress", "conv3x3", "project", "add");
    assertThat(Workload.macs(graph)).isEqualTo(14 * 14 * (32 * 8 + 8 * 3 * 3 * 24 + 24 * 32));
  }

  @Test
  void depthwiseSeparableHasItsFunctionTwice() {
    Graph graph = net.build(Blocks.depthwiseSeparable(net, image, 16, Kernel.of(3), RELU));
    assertThat(names(graph)).containsExactly("dw3x3", "pointwise");
    assertThat(graph.nodes()).allSatisfy(node -> assertThat(node.toString()).contains("=RELU"));
    assertThat(Workload.macs(graph)).isEqualTo(14 * 14 * 32 * (3 * 3 + 16));
  }

  @Test
  void unexpandedBottleneckSlidesAndProjects() {
    Graph graph =
        net.build(Blocks.unexpanded(net, image, new Bottleneck(32, 16, Kernel.of(3), RELU)));
    assertThat(names(graph)).containsExactly("dw3x3", "project");
    assertThat(Workload.macs(graph)).isEqualTo(14 * 14 * 32 * (3 * 3 + 16));
  }

  @Test
  void unexpandedBottleneckIsAsWideAsItsInput() {
    assertThatThrownBy(() -> Blocks.unexpanded(net, image, bottleneck))
        .hasMessage(
            "layer \"dw5x5\": 128 channels inside, but nothing expands the 32 of the input");
  }

  @Test
  void squeezeAndExcitationStandsBeforeTheProjection() {
    SqueezeExcite squeeze = new SqueezeExcite(8, RELU, Nonlinearity.LOGISTIC);
    Bottleneck weighed = new Bottleneck(128, 32, Kernel.of(3), RELU, Optional.of(squeeze), true);
    Graph graph = net.build(Blocks.depthwise(net, image, weighed));
    assertThat(names(graph))
        .containsExactly(
            "expand",
            "dw3x3",
            "squeeze",
            "reduce",
            "excite",
            "excite/logistic",
            "scale",
            "project",
            "add");
  }

  @Test
  void bottleneckNeedNotBeResidual() {
    Bottleneck plain = new Bottleneck(128, 32, Kernel.of(3), RELU, Optional.empty(), false);
    assertThat(names(net.build(Blocks.depthwise(net, image, plain))))
        .containsExactly("expand", "dw3x3", "project");
  }

  @Test
  void channelShuffleDealsTheGroupsOut() {
    Graph graph = net.build(Blocks.channelShuffle(net, image, 4));
    assertThat(graph.nodes())
        .extracting(node -> graph.output(node, 0).shape())
        .containsExactly(
            Shape.of(1, 14, 14, 4, 8), Shape.of(1, 14, 14, 8, 4), Shape.of(1, 14, 14, 32));
  }

  @Test
  void channelsThatDoNotDivideCannotBeShuffled() {
    assertThatThrownBy(() -> Blocks.channelShuffle(net, image, 5))
        .hasMessage("layer \"shuffle\": 32 channels do not divide into 5 groups");
  }

  @Test
  void projectionIsLinearAndTheAddToo() {
    Value x = Blocks.fused(net.scope("a"), image, bottleneck);
    assertThat(net.build(x).nodes())
        .extracting(node -> node.operator().toString())
        .satisfiesExactly(
            conv -> assertThat(conv).contains("activation=RELU"),
            project -> assertThat(project).contains("activation=NONE"),
            add -> assertThat(add).contains("activation=NONE"));
  }

  @Test
  void blockIsNotResidualIfItStridesOrChangesChannels() {
    Kernel strided = Kernel.of(3).stride(2);
    Graph graph =
        net.build(
            Blocks.fused(net.scope("a"), image, new Bottleneck(64, 32, strided, RELU)),
            Blocks.fused(net.scope("b"), image, new Bottleneck(64, 40, Kernel.of(3), RELU)));
    assertThat(names(graph)).noneMatch(name -> name.endsWith("/add"));
  }

  @Test
  void strideOverASinglePositionIsStillAStride() {
    Value pixel = net.globalAveragePool("pool", image);
    Kernel strided = Kernel.of(3).stride(2);
    Graph graph = net.build(Blocks.fused(net, pixel, new Bottleneck(64, 32, strided, RELU)));
    assertThat(names(graph)).containsExactly("pool", "conv3x3", "project");
  }

  /** 1.4 x 16 = 22.4 rounds to 24; 0.35 x 24 = 8.4 to 8; 0.5 x 24 = 12 up to 16. */
  @ParameterizedTest
  @CsvSource({
    "16, 1.4, 24",
    "24, 0.35, 8",
    "24, 0.5, 16",
    "8, 0.1, 8",
    "96, 1.0, 96",
    "320, 0.75, 240",
    "1280, 1.4, 1792",
    // 0.75 x 15 = 11.25 would lose more than a tenth at 8.
    "15, 0.75, 16",
  })
  void channelsScaleInStepsOfEight(int channels, double width, int scaled) {
    assertThat(Blocks.scaleChannels(channels, width)).isEqualTo(scaled);
  }

  @Test
  void bottleneckHasChannels() {
    assertThatThrownBy(() -> new Bottleneck(0, 32, Kernel.of(3), RELU))
        .hasMessage("expanded channels is 0, must be 1 or more");
  }

  @Test
  void gateHasChannels() {
    assertThatThrownBy(() -> new SqueezeExcite(0, RELU, Nonlinearity.LOGISTIC))
        .hasMessage("reduced channels are 0, must be 1 or more");
  }

  private static List<String> names(Graph graph) {
    return graph.nodes().stream().map(Node::name).toList();
  }
}
