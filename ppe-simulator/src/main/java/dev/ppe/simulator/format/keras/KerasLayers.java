package dev.ppe.simulator.format.keras;

import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What each operator becomes. */
record KerasLayers(KerasValues values) {

  /** Writes the statements of a node; throws {@link IllegalArgumentException} if there are none. */
  void write(Node node, Consumer<String> out) {
    switch (node.operator()) {
      case Operator.Conv2d conv -> step(node, out).conv(conv);
      case Operator.DepthwiseConv2d conv -> step(node, out).depthwise(conv);
      case Operator.TransposeConv2d conv -> step(node, out).transpose(conv);
      case Operator.FullyConnected fc -> step(node, out).dense(fc);
      case Operator.Pool2d pool -> step(node, out).pool(pool);
      case Operator.Binary binary -> step(node, out).binary(binary);
      case Operator.PRelu prelu -> step(node, out).prelu();
      case Operator.Concat concat -> step(node, out).concat(concat);
      case Operator.LayerNorm norm -> step(node, out).layerNorm(norm);
      case Operator.Gather gather -> step(node, out).gather(gather);
      case Operator.Split split -> split(node, split, out);
      default -> {
        String expression = new KerasFunctions(values).of(node);
        out.accept(values.define(node.outputs().getFirst()) + " = " + expression);
      }
    }
  }

  private KerasStep step(Node node, Consumer<String> out) {
    return new KerasStep(values, node, out);
  }

  private void split(Node node, Operator.Split split, Consumer<String> out) {
    List<Integer> ends = new ArrayList<>();
    int end = 0;
    for (int size : split.sizes().subList(0, split.sizes().size() - 1)) {
      end += size;
      ends.add(end);
    }
    String input = values.operand(node, 0);
    String parts = node.outputs().stream().map(values::define).collect(Collectors.joining(", "));
    out.accept(
        "%s%s = ops.split(%s, %s, axis=%d)"
            .formatted(
                parts,
                node.outputs().size() == 1 ? "," : "",
                input,
                ends.isEmpty() ? "1" : KerasValues.tuple(ends),
                split.axis()));
  }
}
