package dev.ppe.simulator.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.zoo.classification.MobileNetEdgeTpuV2;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Every line of the table of published figures: parameters within 0.5 % and MACs within 1 % of what
 * the layer tables add up to, and of what was published within a tolerance that says how far the
 * sources are known to differ.
 */
class PublishedChecksTest {
  private static final double REBUILT_PARAMETERS = 0.5;
  private static final double REBUILT_MACS = 1;

  /** What counts as a parameter. */
  private enum Convention {
    /** What training adjusts: two figures for each channel that is normalised. */
    TRAINABLE,
    /** The averages that normalisation keeps, too: four. */
    WITH_STATISTICS,
    /** Embedding and encoder of a text network, with all its positions and without a head. */
    ENCODER
  }

  /**
   * What a line is about, and how far publications may be off, in percent.
   *
   * @param network in the zoo
   */
  record Line(String row, String network, Convention convention, double parameters, double macs) {
    @Override
    public String toString() {
      return row;
    }
  }

  static final List<Line> LINES =
      List.of(
          // Equal to the last digit; timm's counter of MACs is about 1 % higher than ours.
          line("mobilenet_edgetpu_v2_tiny", "mobilenet_edgetpu_v2_tiny", 0.2, 2),
          line("mobilenet_edgetpu_v2_xs", "mobilenet_edgetpu_v2_xs", 0.2, 2),
          line("mobilenet_edgetpu_v2_s", "mobilenet_edgetpu_v2_s", 0.2, 2),
          line("mobilenet_edgetpu_v2_m", "mobilenet_edgetpu_v2_m", 0.2, 2),
          line("mobilenet_edgetpu_v2_l", "mobilenet_edgetpu_v2_l", 0.2, 2),
          // TensorFlow Slim publishes two digits, cut off rather than rounded.
          line("mobilenet_edgetpu_v1_dm1", "mobilenet_edgetpu", 3.5, 1),
          line("mobilenet_edgetpu_v1_dm0p75_top1280", "mobilenet_edgetpu_0.75_top1280", 3.5, 1),
          line("mobilenet_edgetpu_v1_dm1p25", "mobilenet_edgetpu_1.25", 1, 1),
          line("mobilenet_edgetpu_v1_dm1p5", "mobilenet_edgetpu_1.5", 1, 1),
          line("mobilenet_edgetpu_v1_dm1p75", "mobilenet_edgetpu_1.75", 1, 1),
          // The Model Garden's count may well be the file's size: a soft check.
          line(
              "deeplabv3plus_mobilenet_edgetpuv2_xs",
              "deeplabv3plus_mobilenet_edgetpuv2_xs",
              25,
              1),
          line("deeplabv3plus_mobilenet_edgetpuv2_s", "deeplabv3plus_mobilenet_edgetpuv2_s", 25, 1),
          line("deeplabv3plus_mobilenet_edgetpuv2_m", "deeplabv3plus_mobilenet_edgetpuv2_m", 25, 1),
          line("autoseg_edgetpu_xs", "autoseg_edgetpu_xs", 25, 1),
          line("autoseg_edgetpu_s", "autoseg_edgetpu_s", 25, 1),
          line(
              "deeplab_xs_fused_argmax",
              "deeplabv3plus_mobilenet_edgetpuv2_xs_fused_argmax",
              25,
              1),
          line("deeplab_s_fused_argmax", "deeplabv3plus_mobilenet_edgetpuv2_s_fused_argmax", 25, 1),
          line("deeplab_m_fused_argmax", "deeplabv3plus_mobilenet_edgetpuv2_m_fused_argmax", 25, 1),
          line("autoseg_xs_fused_argmax", "autoseg_edgetpu_xs_fused_argmax", 25, 1),
          line("autoseg_s_fused_argmax", "autoseg_edgetpu_s_fused_argmax", 25, 1),
          new Line(
              "ssdlite_mobiledet_edgetpu",
              "ssdlite_mobiledet_edgetpu",
              Convention.WITH_STATISTICS,
              0.2,
              1),
          new Line(
              "ssdlite_mobiledet_dsp", "ssdlite_mobiledet_dsp", Convention.WITH_STATISTICS, 0.2, 1),
          line("spaghettinet_edgetpu_s", "spaghettinet_edgetpu_s", 1, 1),
          line("spaghettinet_edgetpu_m", "spaghettinet_edgetpu_m", 1, 1),
          line("spaghettinet_edgetpu_l", "spaghettinet_edgetpu_l", 1, 1),
          new Line("mobilebert_baseline", "mobilebert", Convention.ENCODER, 0.5, 1),
          new Line("mobilebert_edgetpu_xs", "mobilebert_edgetpu_xs", Convention.ENCODER, 0.5, 1),
          new Line("mobilebert_edgetpu_s", "mobilebert_edgetpu_s", Convention.ENCODER, 0.5, 1),
          new Line("mobilebert_edgetpu_m", "mobilebert_edgetpu_m", Convention.ENCODER, 0.5, 1),
          line("mnasnet_a1", "mnasnet_a1", 0.5, 1),
          line("efficientnet_edgetpu_s", "efficientnet_edgetpu_s", 0.2, 2),
          line("efficientnet_edgetpu_m", "efficientnet_edgetpu_m", 0.2, 2),
          line("efficientnet_edgetpu_l", "efficientnet_edgetpu_l", 0.2, 2),
          // Published multiply-adds run 1 to 5 % above, rounded to a whole percent.
          line("efficientnet_lite0", "efficientnet_lite0", 1.1, 5.5),
          line("efficientnet_lite1", "efficientnet_lite1", 1.1, 5.5),
          line("efficientnet_lite2", "efficientnet_lite2", 1.1, 5.5),
          line("efficientnet_lite3", "efficientnet_lite3", 1.1, 5.5),
          line("efficientnet_lite4", "efficientnet_lite4", 1.1, 5.5),
          line("mobilenet_v2_1.0", "mobilenet_v2", 0.2, 1),
          line("mobilenet_v1_1.0", "mobilenet_v1", 0.2, 1),
          line("mobilenet_v3_large", "mobilenet_v3_large", 0.2, 1),
          line("mobilenet_v3_large_minimalistic", "mobilenet_v3_large_minimalistic", 0.2, 1),
          line("resnet50_v1p5", "resnet50_v1.5", 0.2, 1),
          line("fbnet_a", "fbnet_a", 0.5, 1),
          // The paper has 375 million MACs and timm 400.
          line("fbnet_c", "fbnet_c", 0.2, 4),
          line("deeplabv3_mobilenet_v2_os16", "deeplabv3_mobilenet_v2", 0.5, 1),
          line("nasbench201_idx0_cifar10", "nasbench201/0", 0.2, 1),
          line("nasbench201_idx1_cifar10", "nasbench201/1", 0.2, 1),
          line("nasbench201_idx2_cifar10", "nasbench201/2", 0.2, 1));

  static final List<Line> WITHOUT_FIGURES =
      LINES.stream().filter(line -> line.network().contains("_fused_argmax")).toList();

  private static Line line(String row, String network, double parameters, double macs) {
    return new Line(row, network, Convention.TRAINABLE, parameters, macs);
  }

  @Test
  void noLineIsForgotten() {
    assertThat(LINES)
        .extracting(Line::row)
        .containsExactlyInAnyOrderElementsOf(
            PublishedCheck.all().stream().map(PublishedCheck::row).toList());
  }

  @ParameterizedTest
  @FieldSource("LINES")
  void networkIsTheOneRebuilt(Line line) {
    PublishedCheck check = PublishedCheck.of(line.row());
    assertClose(parameters(line, check), check.rebuiltParameters(), REBUILT_PARAMETERS);
    assertClose(macs(line, check), check.rebuiltMacs(), REBUILT_MACS);
  }

  @ParameterizedTest
  @FieldSource("LINES")
  void networkIsTheOnePublished(Line line) {
    PublishedCheck check = PublishedCheck.of(line.row());
    assertClose(parameters(line, check), check.publishedParameters(), line.parameters());
    assertClose(macs(line, check), check.publishedMacs(), line.macs());
  }

  /** They are the same networks with other layers behind the last convolution. */
  @ParameterizedTest
  @FieldSource("WITHOUT_FIGURES")
  void fusedArgmaxChangesNoConvolution(Line line) {
    String exact = line.network().replace("_fused_argmax", "");
    assertThat(Workload.macs(model(line).graph()))
        .isEqualTo(Workload.macs(Zoo.find(exact).orElseThrow().graph()));
  }

  /** The baseline is in the text beside the table alone: 2.34 million, as soft a check. */
  @Test
  void baselineOfDeepLabV3PlusIsTheOnePublished() {
    Graph graph = Zoo.find("deeplabv3plus_mobilenet_v2").orElseThrow().graph();
    assertThat((double) Workload.parameters(graph) + normalizedChannels(graph))
        .isCloseTo(2.34e6, withinPercentage(25));
  }

  private static void assertClose(double count, OptionalDouble millions, double percent) {
    millions.ifPresent(
        expected -> assertThat(count / 1e6).isCloseTo(expected, withinPercentage(percent)));
  }

  private static double macs(Line line, PublishedCheck check) {
    return Workload.macs(graph(line, check));
  }

  private static double parameters(Line line, PublishedCheck check) {
    Graph graph = graph(line, check);
    return switch (line.convention()) {
      case TRAINABLE -> Workload.parameters(graph) + normalizedChannels(graph);
      case WITH_STATISTICS -> Workload.parameters(graph) + 3 * normalizedChannels(graph);
      case ENCODER -> {
        // At the default length the last 128 of 512 positions are cut off.
        long positions = (512L - 384) * 512;
        long head = 2 * (512 + 1) + 2;
        yield Workload.parameters(graph) + positions - head;
      }
    };
  }

  private static Graph graph(Line line, PublishedCheck check) {
    ZooModel model = model(line);
    ModelOptions options = model.defaults();
    return model.graph(
        check.classes().isPresent() ? options.withClasses(check.classes().getAsInt()) : options);
  }

  private static ZooModel model(Line line) {
    if (line.row().equals("mobilenet_edgetpu_v2_xs")) {
      return withSmallStem(MobileNetEdgeTpuV2.XS);
    }
    return Zoo.find(line.network()).orElseThrow();
  }

  /** That line is of timm's network, whose first convolution is 3 x 3. */
  private static ZooModel withSmallStem(MobileNetEdgeTpuV2 network) {
    return new MobileNetEdgeTpuV2(
            network.variant(),
            3,
            network.stemChannels(),
            network.channels(),
            network.groupSize(),
            network.topChannels(),
            network.plan())
        .model();
  }

  /** Channels whose normalisation is folded into a bias. */
  private static long normalizedChannels(Graph graph) {
    return graph.nodes().stream()
        .filter(node -> isNormalized(graph, node))
        .mapToLong(node -> graph.input(node, 2).shape().elements())
        .sum();
  }

  private static boolean isNormalized(Graph graph, Node node) {
    boolean biased =
        switch (node.operator()) {
          case Operator.Conv2d conv -> node.hasInput(2);
          case Operator.DepthwiseConv2d conv -> node.hasInput(2);
          default -> false;
        };
    return biased
        && !node.name().matches("predict.*/conv1x1|.*logits.*|classes/.*|.*/excite")
        // The first layer of a gate reads the averages.
        && !graph.input(node, 0).name().endsWith("/squeeze");
  }
}
