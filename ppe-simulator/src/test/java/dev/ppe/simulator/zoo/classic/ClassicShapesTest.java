package dev.ppe.simulator.zoo.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphException;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps as the papers give them, and what the options change. */
class ClassicShapesTest {
  @ParameterizedTest
  @CsvSource({"mixed2/concat, 35, 288", "mixed7/concat, 17, 768", "mixed10/concat, 8, 2048"})
  void inceptionV3HasThePapersMaps(String layer, int size, int channels) {
    assertThat(shape(InceptionV3.models(), layer)).isEqualTo(Shape.of(1, size, size, channels));
  }

  @ParameterizedTest
  @CsvSource({
    "stem2/concat, 35, 384",
    "reduction-a/concat, 17, 1024",
    "reduction-b/concat, 8, 1536"
  })
  void inceptionV4HasThePapersMaps(String layer, int size, int channels) {
    assertThat(shape(InceptionV4.models(), layer)).isEqualTo(Shape.of(1, size, size, channels));
  }

  @ParameterizedTest
  @CsvSource({"fire2/concat, 54, 128", "fire5/concat, 27, 256", "fire9/concat, 13, 512"})
  void squeezeNetCountsIncompleteWindows(String layer, int size, int channels) {
    assertThat(shape(SqueezeNet.models(), layer)).isEqualTo(Shape.of(1, size, size, channels));
  }

  @ParameterizedTest
  @CsvSource({"up0/skip, 8, 1088", "up1/skip, 16, 448", "up2/skip, 32, 272", "up3/skip, 64, 160"})
  void decoderMeetsTheWidestMapsOfItsSize(String layer, int size, int channels) {
    assertThat(shape(UNet.models(), layer)).isEqualTo(Shape.of(1, size, size, channels));
  }

  @Test
  void segmentationHasAClassForEachPixel() {
    ZooModel unet = UNet.models().getFirst();
    Graph graph = unet.graph(unet.defaults().withResolution(256).withClasses(21));
    assertThat(output(graph)).isEqualTo(Shape.of(1, 256, 256, 21));
  }

  @Test
  void sizesOfTheDecoderMustMeetThoseOfTheEncoder() {
    ZooModel unet = UNet.models().getFirst();
    assertThatThrownBy(() -> unet.graph(unet.defaults().withResolution(100)))
        .isInstanceOf(GraphException.class)
        .hasMessageStartingWith("layer \"image\": 100 rows are no multiple of 32");
  }

  @Test
  void stemsWithoutPaddingNeedARoomyImage() {
    ZooModel inception = InceptionV3.models().getFirst();
    assertThatThrownBy(() -> inception.graph(inception.defaults().withResolution(32)))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("kernel spans");
  }

  @Test
  void classesAreTheSizeOfTheLogits() {
    ZooModel squeezeNet = SqueezeNet.models().getFirst();
    assertThat(output(squeezeNet.graph(squeezeNet.defaults().withClasses(7))))
        .isEqualTo(Shape.of(1, 7));
  }

  @Test
  void versionsOfResNetDifferInWhereABottleneckStrides() {
    assertThat(shape(new ResNet(50, ResNet.Version.V1), "s1b0/reduce"))
        .isEqualTo(Shape.of(1, 28, 28, 128));
    assertThat(shape(new ResNet(50, ResNet.Version.V1_5), "s1b0/reduce"))
        .isEqualTo(Shape.of(1, 56, 56, 128));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 20, 1000})
  void depthMustBeAPublishedOne(int depth) {
    assertThatThrownBy(() -> new ResNet(depth, ResNet.Version.V1))
        .hasMessageContaining("depth is " + depth);
    assertThatThrownBy(() -> new Vgg(depth)).hasMessageContaining("depth is " + depth);
  }

  @Test
  void resNetsWithoutBottlenecksHaveNoVersionBetween() {
    assertThatThrownBy(() -> new ResNet(18, ResNet.Version.V1_5))
        .hasMessageContaining("no bottlenecks");
  }

  private static Shape shape(ResNet network, String layer) {
    return shape(List.of(network.model()), layer);
  }

  private static Shape shape(List<ZooModel> models, String layer) {
    Graph graph = models.getFirst().graph();
    Node node =
        graph.nodes().stream().filter(n -> n.name().equals(layer)).findFirst().orElseThrow();
    return graph.output(node, 0).shape();
  }

  private static Shape output(Graph graph) {
    return graph.tensor(graph.outputs().getFirst()).shape();
  }
}
