package dev.ppe.simulator.zoo.classic;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;
import java.util.function.Function;

/** What image classifiers have in common: an image, classes, logits. */
final class Classifier {
  /** Of ImageNet, without one for the background. */
  private static final int CLASSES = 1000;

  private Classifier() {}

  static ZooModel model(
      String name,
      List<String> aliases,
      String family,
      int resolution,
      Function<ModelOptions, Graph> source) {
    return ZooModel.classifier(
        name, aliases, family, ModelOptions.image(resolution, CLASSES), source);
  }

  static Value image(GraphBuilder net, ModelOptions options) {
    return net.input("image", 1, options.resolution(), options.resolution(), 3);
  }

  /** Mean over all positions and a dense layer: logits [1, classes]. */
  static Value pooledLogits(GraphBuilder net, Value x, ModelOptions options) {
    return logits(net, net.scope("head").globalAveragePool("pool", x), options);
  }

  static Value logits(GraphBuilder net, Value x, ModelOptions options) {
    return net.scope("logits")
        .fullyConnected("fully-connected", x, options.classes(), Activation.NONE);
  }
}
