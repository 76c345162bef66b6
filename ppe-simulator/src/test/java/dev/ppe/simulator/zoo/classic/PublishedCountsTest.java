package dev.ppe.simulator.zoo.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.zoo.ZooModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Parameters to the last one, and multiply-accumulates to one percent, of published networks.
 *
 * <p>Published parameters are mostly those of training, where a batch normalisation has two (scale
 * and offset) for each channel, or four with its moving averages; here it is folded into a bias,
 * one.
 */
class PublishedCountsTest {
  /** MACs: torchvision and timm, which count convolutions and dense layers alone. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "resnet18, 1.82e9",
    "resnet50_v1.5, 4.11e9",
    "resnet101_v1.5, 7.80e9",
    "resnet152_v1.5, 11.51e9",
    "vgg16, 15.47e9",
    "vgg19, 19.63e9",
    "inception_v1, 1.50e9",
    "inception_v3, 5.73e9",
    "inception_v4, 12.28e9",
    "inception_resnet_v2, 13.18e9",
    "densenet121, 2.83e9",
    "squeezenet, 0.82e9",
  })
  void macsAreThePublishedOnes(String name, double published) {
    assertThat(Workload.macs(graph(name))).isCloseTo((long) published, withinPercentage(1));
  }

  /** The paper's table 1 calls them FLOPs and has two digits. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({"resnet18, 1.8e9", "resnet50, 3.8e9", "resnet101, 7.6e9", "resnet152, 11.3e9"})
  void macsOfResNetV1AreThoseOfThePaper(String name, double published) {
    assertThat(Workload.macs(graph(name))).isCloseTo((long) published, withinPercentage(2));
  }

  /** Torchvision's and timm's counts, auxiliary classifiers left out: trainable parameters. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "resnet18, 11689512",
    "resnet50, 25557032",
    "resnet50_v1.5, 25557032",
    "resnet101, 44549160",
    "resnet152, 60192808",
    "inception_v1, 6624904",
    "inception_v3, 23834568",
    "inception_v4, 42679816",
    "inception_resnet_v2, 55843464",
    "densenet121, 7978856",
  })
  void parametersWithScaleAndOffsetOfEachNormalisationAreThePublishedOnes(
      String name, long published) {
    Graph graph = graph(name);
    assertThat(Workload.parameters(graph) + foldedChannels(graph)).isEqualTo(published);
  }

  /** Convolutions with biases and without normalisation: torchvision's counts as they are. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({"vgg16, 138357544", "vgg19, 143667240", "squeezenet, 1248424"})
  void parametersWithoutNormalisationAreThePublishedOnes(String name, long published) {
    assertThat(Workload.parameters(graph(name))).isEqualTo(published);
  }

  /** MXNet Gluon's counts: with moving averages, and four for each colour of a normalised image. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "resnet18_v2, 11695796",
    "resnet50_v2, 25595060",
    "resnet101_v2, 44639412",
    "resnet152_v2, 60329140",
  })
  void parametersOfResNetV2WithMovingAveragesAreThePublishedOnes(String name, long published) {
    Graph graph = graph(name);
    long folded = foldedChannels(graph);
    long averages = 2 * (folded + unfoldedChannels(graph));
    assertThat(Workload.parameters(graph) + folded + averages + 4 * 3).isEqualTo(published);
  }

  /** As the tutorial prints it: with moving averages. The last layer has a bias of its own. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({"unet_mobilenet_v2_128, 6504227"})
  void parametersOfTheUNetAreThoseOfTheTutorial(String name, long published) {
    Graph graph = graph(name);
    assertThat(Workload.parameters(graph) + 3 * (foldedChannels(graph) - 3)).isEqualTo(published);
  }

  /** Channels of convolutions whose bias stands for a normalisation. */
  private static long foldedChannels(Graph graph) {
    return graph.nodes().stream()
        .filter(PublishedCountsTest::isNormalisedConvolution)
        .mapToLong(node -> graph.input(node, 2).shape().elements())
        .sum();
  }

  private static boolean isNormalisedConvolution(Node node) {
    return switch (node.operator()) {
      case Operator.Conv2d conv -> node.hasInput(2) && !endsResidualTower(node);
      case Operator.DepthwiseConv2d conv -> node.hasInput(2);
      case Operator.TransposeConv2d conv -> node.hasInput(2);
      default -> false;
    };
  }

  /** Inception-ResNet's convolutions before its sums have a bias and no normalisation. */
  private static boolean endsResidualTower(Node node) {
    return node.name().matches("block.*/1-conv1x1");
  }

  private static long unfoldedChannels(Graph graph) {
    return graph.nodes().stream()
        .filter(node -> node.operator() instanceof Operator.Binary && node.name().endsWith("/mul"))
        .mapToLong(node -> graph.input(node, 1).shape().elements())
        .sum();
  }

  private static Graph graph(String name) {
    return Classics.models().stream()
        .filter(model -> model.name().equals(name))
        .map(ZooModel::graph)
        .findFirst()
        .orElseThrow();
  }
}
