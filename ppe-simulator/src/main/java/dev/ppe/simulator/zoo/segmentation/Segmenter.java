package dev.ppe.simulator.zoo.segmentation;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.ArrayList;
import java.util.List;

/**
 * A segmentation network up to its logits, of which there is a model for each {@link ClassMap}.
 *
 * @param name in the zoo, before what tells the class maps apart
 * @param aliases other names of the model with an exact argmax
 * @param description one line for people, without the size of the image
 * @param options by default
 * @param layers writes the network
 */
record Segmenter(
    String name, List<String> aliases, String description, ModelOptions options, Layers layers) {
  private static final int FUSED = 256;
  private static final int COARSELY_FUSED = 128;

  /** Writes the layers up to the logits [N, height, width, classes]. */
  interface Layers {
    Value write(GraphBuilder net, Value image, int classes);
  }

  Segmenter {
    aliases = List.copyOf(aliases);
  }

  /** The exact one only. */
  ZooModel model() {
    return model(name, aliases, description, new ClassMap.ArgMax());
  }

  /** The exact one, and those that the Model Garden exports beside it. */
  List<ZooModel> models() {
    List<ZooModel> models = new ArrayList<>(List.of(model()));
    for (int resolution : List.of(FUSED, COARSELY_FUSED)) {
      String suffix = resolution == FUSED ? "_fused_argmax" : "_fused_argmax_" + resolution;
      models.add(
          model(
              name + suffix,
              resolution == FUSED ? List.of(name + "_fused_argmax_" + FUSED) : List.of(),
              "%s and argmax fused at %2$d x %2$d".formatted(description, resolution),
              new ClassMap.Fused(resolution)));
    }
    return models;
  }

  private ZooModel model(
      String fullName, List<String> otherNames, String title, ClassMap classMap) {
    return new ZooModel(
        fullName,
        otherNames,
        "%s, semantic segmentation at %2$d x %2$d".formatted(title, options.resolution()),
        options,
        chosen -> graph(fullName, classMap, chosen));
  }

  private Graph graph(String fullName, ClassMap classMap, ModelOptions chosen) {
    GraphBuilder net = GraphBuilder.named(fullName, chosen.arithmetic());
    Value image = net.input("image", 1, chosen.resolution(), chosen.resolution(), 3);
    Value logits = layers.write(net, image, chosen.classes());
    return net.build(classMap.write(net.scope("finalize"), logits, chosen.resolution()));
  }
}
