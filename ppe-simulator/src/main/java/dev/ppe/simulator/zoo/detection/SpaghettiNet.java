package dev.ppe.simulator.zoo.detection;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.PyramidBlocks;
import dev.ppe.simulator.builder.PyramidBlocks.Source;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * SpaghettiNet-EdgeTPU (Akin et al., "Searching for Efficient Neural Architectures for On-Device ML
 * on Edge TPUs", 2022), detectors whose backbone and pyramid were searched together, as released in
 * the TensorFlow Object Detection API (ssd_spaghettinet_feature_extractor.py).
 *
 * <p>A node takes the map of one earlier node as it is, or merges those of two. Its first layer
 * brings the map to the node's channels, those after it add their input.
 *
 * <p>The released box predictors are not public. The feature extractor is a model of its own
 * therefore, and in the detector SSDLite's predictors stand on the five maps.
 *
 * @param variant the size's name, for example {@code S}
 * @param nodes in the order they run
 */
public record SpaghettiNet(String variant, List<SpaghettiNode> nodes) {
  private static final String FAMILY = "SpaghettiNet-EdgeTPU";
  private static final String STEM = "s0";
  private static final int STEM_CHANNELS = 24;
  private static final int RESOLUTION = 320;
  private static final int CLASSES = 91;

  /** The nodes that predictors read, finest map first. */
  private static final List<String> OUTPUTS = List.of("c0n1", "c0n2", "c0n3", "c0n4", "c0n5");

  public SpaghettiNet {
    nodes = List.copyOf(nodes);
  }

  /** The name in the zoo, for example {@code spaghettinet_edgetpu_s}. */
  public String name() {
    return "spaghettinet_edgetpu_" + variant.toLowerCase(Locale.ROOT);
  }

  List<ZooModel> models() {
    return List.of(
        extractor(),
        new ZooModel(
            name() + "_ssdlite",
            List.of(),
            FAMILY,
            "object detection with SSDLite predictors",
            ModelOptions.image(RESOLUTION, CLASSES),
            options -> detector(name() + "_ssdlite", options)));
  }

  /** The feature extractor with its options. */
  public ZooModel extractor() {
    return new ZooModel(
        name(),
        List.of(),
        FAMILY,
        "the feature extractor of an object detector",
        ModelOptions.image(RESOLUTION, ModelOptions.NONE),
        options -> extractor(name(), options));
  }

  private Graph extractor(String name, ModelOptions options) {
    GraphBuilder net = GraphBuilder.named(name, options.arithmetic());
    Value image = net.input("image", 1, options.resolution(), options.resolution(), 3);
    return net.build(features(net, image).toArray(Value[]::new));
  }

  private Graph detector(String name, ModelOptions options) {
    GraphBuilder net = GraphBuilder.named(name, options.arithmetic());
    Value image = net.input("image", 1, options.resolution(), options.resolution(), 3);
    SsdHead head = new SsdHead(true, options.classes());
    return net.build(head.detections(net, features(net, image)));
  }

  /** The layers before the predictors, with a map of each level from 4 to 7 and one smaller. */
  public List<Value> features(GraphBuilder net, Value image) {
    List<Source> written = new ArrayList<>();
    Kernel kernel = Kernel.of(5).stride(2);
    Value stem = net.scope(STEM).conv("conv5x5", image, STEM_CHANNELS, kernel, Activation.RELU6);
    written.add(new Source(STEM, 1, stem));
    for (SpaghettiNode node : nodes) {
      List<Source> sources =
          node.sources().stream().map(source -> source(written, source)).toList();
      Value map =
          PyramidBlocks.spaghettiNode(
              net.scope(node.name()), sources, node.level(), node.channels(), node.layers());
      written.add(new Source(node.name(), node.level(), map));
    }
    return OUTPUTS.stream().map(output -> source(written, output).map()).toList();
  }

  private static Source source(List<Source> written, String node) {
    return written.stream()
        .filter(source -> source.name().equals(node))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("there is no node " + node + " before its reader"));
  }
}
