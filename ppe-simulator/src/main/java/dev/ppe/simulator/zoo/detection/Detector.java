package dev.ppe.simulator.zoo.detection;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;

/**
 * A detector that consists of a backbone and a single-shot head, with the 90 classes of COCO and
 * the background.
 *
 * @param name in the zoo
 * @param family for people
 * @param backbone for people
 * @param resolution rows and columns of the image by default
 * @param separable whether the head is SSDLite's
 * @param layers writes what the predictors stand on
 */
record Detector(
    String name, String family, String backbone, int resolution, boolean separable, Layers layers) {
  private static final int CLASSES = 91;

  /** Writes the layers before the predictors. */
  interface Layers {
    /** The maps that the predictors read, finest first. */
    List<Value> write(GraphBuilder net, Value image, SsdHead head);
  }

  ZooModel model() {
    return new ZooModel(
        name,
        List.of(name + "_" + resolution),
        family,
        "object detection on " + backbone,
        ModelOptions.image(resolution, CLASSES),
        this::graph);
  }

  private Graph graph(ModelOptions options) {
    GraphBuilder net = GraphBuilder.named(name, options.arithmetic());
    Value image = net.input("image", 1, options.resolution(), options.resolution(), 3);
    SsdHead head = new SsdHead(separable, options.classes());
    List<Value> maps = layers.write(net, image, head);
    return net.build(head.detections(net, maps));
  }
}
