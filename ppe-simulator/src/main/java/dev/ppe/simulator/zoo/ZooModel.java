package dev.ppe.simulator.zoo;

import dev.ppe.simulator.graph.Graph;
import java.util.List;
import java.util.function.Function;

/**
 * A network of the zoo.
 *
 * @param name lower case, unique in the zoo
 * @param aliases other names it answers to
 * @param description one line for people
 * @param source builds the network; the same graph every time
 */
public record ZooModel(
    String name, List<String> aliases, String description, Function<Arithmetic, Graph> source) {

  public ZooModel {
    aliases = List.copyOf(aliases);
  }

  /** The network as it is deployed on an accelerator: int8. */
  public Graph graph() {
    return graph(Arithmetic.INT8);
  }

  /** The network in the given arithmetic. */
  public Graph graph(Arithmetic arithmetic) {
    return source.apply(arithmetic);
  }

  boolean answersTo(String candidate) {
    return name.equals(candidate) || aliases.contains(candidate);
  }
}
