package dev.ppe.simulator.format.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.Zoo;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Networks that come back through a format, and what has to be the same then. */
public final class RoundTrip {
  private RoundTrip() {}

  /** Every network of the zoo with integers and with reals: name, graph. */
  public static Stream<Arguments> zoo() {
    return Zoo.models().stream()
        .flatMap(
            model ->
                Stream.of(Arithmetic.values())
                    .map(a -> Arguments.of(model.name() + " " + a, model.graph(a))));
  }

  /** Every operator, and what is hard to write, with integers and with reals: name, graph. */
  public static Stream<Arguments> samples() {
    return Stream.of(
            samples(SampleNetworks::operators),
            samples(RareNetworks::of),
            samples(a -> Map.of("blocks", SampleNetworks.blocks(a))),
            Stream.of(true, false)
                .map(time -> Arguments.of("lstm " + time, SampleNetworks.lstm(time))))
        .flatMap(Function.identity());
  }

  private static Stream<Arguments> samples(Function<Arithmetic, Map<String, Graph>> networks) {
    return Stream.of(Arithmetic.values())
        .flatMap(
            arithmetic ->
                networks.apply(arithmetic).entrySet().stream()
                    .map(e -> Arguments.of(arithmetic + " " + e.getKey(), e.getValue())));
  }

  /** Equal hashes; of unequal ones the message shows what went into them. */
  public static void assertKept(Graph again, Graph graph) {
    CanonicalGraph found = CanonicalGraph.of(again);
    CanonicalGraph expected = CanonicalGraph.of(graph);
    if (!found.hash().equals(expected.hash())) {
      assertThat(description(found.graph())).isEqualTo(description(expected.graph()));
    }
    assertThat(found.hash()).isEqualTo(expected.hash());
  }

  private static String description(Graph graph) {
    StringBuilder text = new StringBuilder();
    graph
        .nodes()
        .forEach(
            node ->
                text.append(node.operator())
                    .append(node.inputs())
                    .append(node.outputs())
                    .append('\n'));
    graph
        .tensors()
        .forEach(
            tensor ->
                text.append(tensor.role())
                    .append(' ')
                    .append(tensor.type())
                    .append(' ')
                    .append(tensor.shape())
                    .append('\n'));
    return text.toString();
  }
}
