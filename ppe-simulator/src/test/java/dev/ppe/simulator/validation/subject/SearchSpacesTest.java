package dev.ppe.simulator.validation.subject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.GraphVerifier;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SearchSpacesTest {
  static Stream<IntFunction<Graph>> spaces() {
    return Stream.of(SearchSpaces::cell, SearchSpaces::bottlenecks);
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void networksAreValidAndMostlyDifferent(IntFunction<Graph> space) {
    long different =
        IntStream.range(0, 60)
            .mapToObj(space)
            .peek(graph -> GraphVerifier.verify(graph, GraphLimits.DEFAULT))
            .map(graph -> CanonicalGraph.of(graph).hash())
            .distinct()
            .count();

    assertThat(different).isGreaterThan(55);
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void theSameNumberGivesTheSameNetwork(IntFunction<Graph> space) {
    assertThat(space.apply(7)).isEqualTo(space.apply(7));
  }

  @Test
  void bottlenecksAreOfAllKinds() {
    assertThat(IntStream.range(0, 20).mapToObj(SearchSpaces::bottlenecks))
        .flatExtracting(Graph::nodes)
        .extracting(Node::operator)
        .anyMatch(operator -> operator instanceof Operator.DepthwiseConv2d)
        .anyMatch(operator -> operator instanceof Operator.Conv2d conv && conv.groups() > 1)
        .anyMatch(
            operator ->
                operator instanceof Operator.Conv2d conv
                    && conv.groups() == 1
                    && conv.window().area() == 49)
        .anyMatch(
            operator ->
                operator instanceof Operator.Conv2d conv && conv.window().strideHeight() == 2)
        .anyMatch(operator -> operator instanceof Operator.Binary);
  }
}
