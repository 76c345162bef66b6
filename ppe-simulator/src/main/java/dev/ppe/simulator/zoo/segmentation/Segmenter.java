package dev.ppe.simulator.zoo.segmentation;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A segmentation network up to its logits, of which there is a model for each {@link ClassMap}.
 *
 * @param name in the zoo, before what tells the class maps apart
 * @param aliases other names of the model with an exact argmax
 * @param family for people
 * @param backbone for people
 * @param options by default
 * @param layers writes the network
 */
record Segmenter(
    String name,
    List<String> aliases,
    String family,
    String backbone,
    ModelOptions options,
    Layers layers) {
  private static final int FUSED = 256;
  private static final int COARSELY_FUSED = 128;

  /** Writes the layers up to the logits [N, height, width, classes]. */
  interface Layers {
    Value write(GraphBuilder net, Value image, int classes);
  }

  Segmenter {
    aliases = List.copyOf(aliases);
  }

  /** The one with an exact argmax, and those that the Model Garden exports beside it. */
  List<ZooModel> models() {
    List<ZooModel> models = new ArrayList<>();
    models.add(model(name, aliases, "", new ClassMap.ArgMax()));
    for (int resolution : List.of(FUSED, COARSELY_FUSED)) {
      String suffix = "_fused_argmax";
      boolean usual = resolution == FUSED;
      models.add(
          model(
              usual ? name + suffix : name + suffix + "_" + resolution,
              usual ? fusedNames(suffix) : List.of(),
              ", argmax fused at %1$d x %1$d".formatted(resolution),
              new ClassMap.Fused(resolution)));
    }
    return models;
  }

  private List<String> fusedNames(String suffix) {
    return Stream.concat(
            Stream.of(name + suffix + "_" + FUSED), aliases.stream().map(alias -> alias + suffix))
        .toList();
  }

  private ZooModel model(
      String fullName, List<String> otherNames, String remark, ClassMap classMap) {
    return new ZooModel(
        fullName,
        otherNames,
        family,
        "semantic segmentation on %s%s".formatted(backbone, remark),
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
