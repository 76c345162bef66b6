package dev.ppe.simulator.zoo.classification;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.ModelOptions;
import java.util.List;

/**
 * A classifier as most papers have it: a 3 x 3 convolution over every second pixel, a table of
 * stages, a head.
 *
 * @param name of the graph
 * @param stem channels after the first convolution
 * @param nonlinearity after the first convolution
 */
record StagedNetwork(
    String name, int stem, Nonlinearity nonlinearity, List<Stage> stages, Head head) {
  StagedNetwork {
    stages = List.copyOf(stages);
  }

  Graph graph(ModelOptions options) {
    GraphBuilder net = GraphBuilder.named(name, options.arithmetic());
    Value image = net.input("image", 1, options.resolution(), options.resolution(), 3);
    Value x = new Backbone(stem, nonlinearity, stages).features(net, image).top();
    return net.build(head.write(net, x, options.classes()));
  }

  /** The image and the convolution over every second pixel of it. */
  static Value stem(
      GraphBuilder net, ModelOptions options, int kernel, int channels, Nonlinearity nonlinearity) {
    Value image = net.input("image", 1, options.resolution(), options.resolution(), 3);
    Kernel window = Kernel.of(kernel).stride(2);
    return net.scope("stem").conv("conv" + window.size(), image, channels, window, nonlinearity);
  }
}
