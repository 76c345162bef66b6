package dev.ppe.simulator.format.keras;

import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphException;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes a graph as a Python source file with one function, {@code build_model()}, in Keras 3's
 * functional style (keras.io/guides/functional_api).
 *
 * <p>It is meant to be read, changed and trained: layers keep their names, blocks are set apart by
 * comments, and every convolution has a batch normalisation of its own, which a deployed network
 * has folded into weights and bias. Numbers are floats; quantisation comes after training.
 */
public final class KerasWriter {
  /** Operators that Python's default of 1,000 nested calls is surely enough for. */
  private static final int DEEP = 200;

  private final Graph graph;
  private final KerasValues values;
  private final KerasLayers layers;
  private final StringBuilder out = new StringBuilder();

  private KerasWriter(Graph graph) {
    this.graph = graph;
    this.values = new KerasValues(graph);
    this.layers = new KerasLayers(values);
  }

  /**
   * The source.
   *
   * @param graph a verified graph; nodes that no output needs are left out, and so is a detector's
   *     selection of boxes, which is not trained
   * @throws ModelFormatException if Keras has nothing for an operator: names the node
   */
  public static String write(Graph graph) {
    return new KerasWriter(Training.part(CanonicalGraph.of(graph).graph())).write();
  }

  private String write() {
    line("\"\"\"%s, written by ppe export.".formatted(text(graph.name())));
    line("");
    line(
        "Convolutions have a batch normalisation, which training needs and deployment folds away;");
    line("all numbers are floats, to be quantised after training.");
    line("\"\"\"");
    line("");
    boolean deep = graph.nodes().size() > DEEP;
    if (deep) {
      line("import sys");
      line("");
    }
    line("import keras");
    line("from keras import layers, ops");
    if (deep) {
      line("");
      line("sys.setrecursionlimit(20_000)  # Keras follows the network from its end, call in call");
    }
    line("");
    line("");
    line("def build_model():");
    line("  \"\"\"The network, not trained.\"\"\"");
    List<String> inputs = new ArrayList<>();
    for (int input : graph.inputs()) {
      inputs.add(input(input));
    }
    String block = "";
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      String next = block(node);
      if (!next.equals(block)) {
        line("");
        line("  # " + next);
        block = next;
      }
      write(i, node);
    }
    String outputs = graph.outputs().stream().map(values::value).collect(Collectors.joining(", "));
    line("");
    line(
        "  return keras.Model([%s], [%s], name=%s)"
            .formatted(String.join(", ", inputs), outputs, new KerasNames().layer(graph.name())));
    line("");
    line("");
    line("if __name__ == \"__main__\":");
    line("  build_model().summary()");
    return out.toString();
  }

  private String input(int index) {
    Tensor tensor = graph.tensor(index);
    List<Integer> dimensions = tensor.shape().toList();
    String shape =
        KerasValues.tuple(dimensions.subList(Math.min(1, dimensions.size()), dimensions.size()));
    boolean indices = tensor.type() == DataType.INT32 || tensor.type() == DataType.INT64;
    String variable = values.define(index);
    line(
        "  %s = keras.Input(%s, batch_size=%s, %sname=%s)"
            .formatted(
                variable,
                shape,
                tensor.shape().rank() == 0 ? 1 : tensor.shape().dim(0),
                indices ? "dtype=\"int32\", " : "",
                values.names().layer(tensor.name())));
    return variable;
  }

  private void write(int index, Node node) {
    try {
      layers.write(node, this::statement);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(
          GraphException.nodeAt(index, node), "cannot be written for Keras: " + e.getMessage());
    }
  }

  private void statement(String statement) {
    line("  " + statement);
  }

  /** Layers of one block begin alike, up to the last slash. */
  private static String block(Node node) {
    int slash = node.name().lastIndexOf('/');
    return text(slash > 0 ? node.name().substring(0, slash) : node.name());
  }

  /** Names come from anywhere: nothing in them may end a comment or a text. */
  private static String text(String name) {
    return name.replaceAll("[^\\w ./:+-]", "_");
  }

  private void line(String line) {
    out.append(line).append('\n');
  }
}
