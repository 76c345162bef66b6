package dev.ppe.simulator.zoo;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.graph.Graph;
import java.util.List;
import java.util.function.Function;

/**
 * A network of the zoo.
 *
 * @param name lower case, unique in the zoo
 * @param aliases other names it answers to
 * @param family the networks it is listed with, as papers call them
 * @param description what it does, for people
 * @param defaults the options that the name stands for, int8 as it is deployed on an accelerator
 * @param source builds the network; the same graph every time for the same options
 */
public record ZooModel(
    String name,
    List<String> aliases,
    String family,
    String description,
    ModelOptions defaults,
    Function<ModelOptions, Graph> source) {

  public ZooModel {
    aliases = List.copyOf(aliases);
  }

  /** A network that tells apart what is on an image. */
  public static ZooModel classifier(
      String name,
      List<String> aliases,
      String family,
      ModelOptions defaults,
      Function<ModelOptions, Graph> source) {
    return new ZooModel(name, aliases, family, "image classification", defaults, source);
  }

  /** The network as it was published. */
  public Graph graph() {
    return graph(defaults);
  }

  /** The network as it was published, in the given arithmetic. */
  public Graph graph(Arithmetic arithmetic) {
    return graph(defaults.withArithmetic(arithmetic));
  }

  /**
   * The network with these options, which derive from its {@link #defaults}.
   *
   * @throws IllegalArgumentException if they have a size it has not, or lack one
   * @throws dev.ppe.simulator.graph.GraphException if some layer does not fit the sizes
   */
  public Graph graph(ModelOptions options) {
    if (!options.sameKindAs(defaults)) {
      throw new IllegalArgumentException(
          "options of %s are like %s, not %s".formatted(name, defaults, options));
    }
    return source.apply(options);
  }

  /** Whether it is called so. */
  public boolean answersTo(String candidate) {
    return name.equals(candidate) || aliases.contains(candidate);
  }
}
