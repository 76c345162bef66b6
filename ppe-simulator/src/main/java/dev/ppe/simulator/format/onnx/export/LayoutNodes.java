package dev.ppe.simulator.format.onnx.export;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Operators that move elements; their axes are those of the order that a tensor is in. */
final class LayoutNodes {
  private final Values values;
  private final OnnxFile file;

  LayoutNodes(Values values) {
    this.values = values;
    this.file = values.file();
  }

  void concat(Node node, Operator.Concat concat) {
    Layout layout = values.layout(node, values.shape(node.outputs().getFirst()).rank());
    List<String> operands =
        node.inputs().stream().map(input -> values.operand(input, layout)).toList();
    OperatorNodes.activated(
        values,
        node,
        concat.activation(),
        layout,
        result ->
            file.operator(
                node,
                "Concat",
                operands,
                List.of(result),
                Attribute.whole("axis", layout.file(concat.axis()))));
  }

  void split(Node node, Operator.Split split) {
    int input = node.inputs().getFirst();
    Layout layout = values.layout(input);
    String x = values.real(input);
    String sizes = file.integers(node.name() + "/sizes", split.sizes());
    values.results(
        node,
        layout,
        results ->
            file.operator(
                node,
                "Split",
                List.of(x, sizes),
                results,
                Attribute.whole("axis", layout.file(split.axis()))));
  }

  void slice(Node node, Operator.Slice slice) {
    int input = node.inputs().getFirst();
    Entries entries = Entries.of(slice);
    Layout layout = values.layout(input);
    String x = values.real(input);
    values.result(node, layout, result -> slice(node, x, layout, entries, result));
  }

  /** Dimensions are taken one by one, so that any order will do. */
  private void slice(Node node, String x, Layout layout, Entries entries, String result) {
    Shape shape = values.shape(node.inputs().getFirst());
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      if (entries.begin().get(i) != 0
          || entries.end().get(i) != shape.dim(i)
          || entries.strides().get(i) != 1) {
        axes.add(i);
      }
    }
    if (axes.isEmpty()) {
      axes.add(0);
    }
    String name = node.name();
    file.operator(
        node,
        "Slice",
        List.of(
            x,
            file.integers(name + "/begin", axes.stream().map(entries.begin()::get).toList()),
            file.integers(name + "/end", axes.stream().map(entries.end()::get).toList()),
            file.integers(name + "/axes", axes.stream().map(layout::file).toList()),
            file.integers(name + "/strides", axes.stream().map(entries.strides()::get).toList())),
        List.of(result));
  }

  /** A slice, and dimensions dropped and added after it: where those are, the order is plain. */
  void stridedSlice(Node node, Operator.StridedSlice slice) {
    int input = node.inputs().getFirst();
    Entries entries = Entries.of(slice, values.shape(input));
    boolean reshapes = !entries.shrunk().isEmpty() || !entries.added().isEmpty();
    Layout layout = values.layout(input);
    Layout order = reshapes ? Layout.plain(values.shape(input).rank()) : layout;
    String x = values.real(input, order);
    Layout resultOrder =
        reshapes ? Layout.plain(values.shape(node.outputs().getFirst()).rank()) : layout;
    values.result(
        node,
        resultOrder,
        result -> {
          String sliced = reshapes ? file.unique(result + "/sliced") : result;
          slice(node, x, order, entries, sliced);
          if (reshapes) {
            reshape(node, entries, sliced, result);
          }
        });
  }

  private void reshape(Node node, Entries entries, String sliced, String result) {
    boolean both = !entries.shrunk().isEmpty() && !entries.added().isEmpty();
    String kept = both ? file.unique(result + "/kept") : result;
    if (!entries.shrunk().isEmpty()) {
      String axes = file.integers(node.name() + "/dropped", entries.shrunk());
      file.node("Squeeze", kept, List.of(sliced, axes), List.of(kept));
    }
    if (!entries.added().isEmpty()) {
      String axes = file.integers(node.name() + "/added", entries.added());
      file.node("Unsqueeze", result, List.of(both ? kept : sliced, axes), List.of(result));
    }
  }

  void pad(Node node, Operator.Pad pad) {
    int input = node.inputs().getFirst();
    Layout layout = values.layout(input);
    String x = values.real(input);
    String mode =
        switch (pad.mode()) {
          case CONSTANT -> "constant";
          case REFLECT -> "reflect";
          case SYMMETRIC -> symmetric(pad);
        };
    List<Integer> amounts = new ArrayList<>(layout.arrange(pad.before()));
    amounts.addAll(layout.arrange(pad.after()));
    String operand = file.integers(node.name() + "/padding", amounts);
    values.result(
        node,
        layout,
        result ->
            file.operator(
                node, "Pad", List.of(x, operand), List.of(result), Attribute.text("mode", mode)));
  }

  /** One element that is mirrored with the edge is the edge again. */
  private static String symmetric(Operator.Pad pad) {
    if (Stream.concat(pad.before().stream(), pad.after().stream()).anyMatch(amount -> amount > 1)) {
      throw new IllegalArgumentException("ONNX mirrors one element with the edge, and no more");
    }
    return "edge";
  }

  /** Elements are read in the graph's order, which the file's may be as well. */
  void reshape(Node node, String what) {
    int input = node.inputs().getFirst();
    Shape shape = values.shape(input);
    Shape target = values.shape(node.outputs().getFirst());
    boolean sequence = !values.isStored(input) && values.layout(input).keepsSequence(shape);
    String x = sequence ? values.real(input) : values.operand(input, Layout.plain(shape.rank()));
    String operand = file.integers(node.name() + "/" + what, target.toList());
    values.result(
        node,
        Layout.plain(target.rank()),
        result -> file.operator(node, "Reshape", List.of(x, operand), List.of(result)));
  }

  void squeeze(Node node, Operator.Squeeze squeeze) {
    int input = node.inputs().getFirst();
    Layout layout = values.layout(input);
    String x = values.real(input);
    List<Integer> axes = squeeze.axes().stream().map(layout::file).sorted().toList();
    if (axes.isEmpty()) {
      reshape(node, "shape");
      return;
    }
    String operand = file.integers(node.name() + "/axes", axes);
    values.result(
        node,
        layout.without(squeeze.axes()),
        result -> file.operator(node, "Squeeze", List.of(x, operand), List.of(result)));
  }

  void expandDims(Node node, Operator.ExpandDims expand) {
    int input = node.inputs().getFirst();
    int rank = values.shape(input).rank();
    String x = values.operand(input, Layout.plain(rank));
    String axes = file.integers(node.name() + "/axes", List.of(expand.axis()));
    values.result(
        node,
        Layout.plain(rank + 1),
        result -> file.operator(node, "Unsqueeze", List.of(x, axes), List.of(result)));
  }

  void transpose(Node node, Operator.Transpose transpose) {
    int input = node.inputs().getFirst();
    Layout layout = values.layout(input);
    String x = values.real(input);
    List<Integer> permutation = transpose.permutation().stream().map(layout::file).toList();
    values.result(
        node,
        Layout.plain(permutation.size()),
        result ->
            file.operator(
                node,
                "Transpose",
                List.of(x),
                List.of(result),
                Attribute.wholes("perm", permutation)));
  }

  void gather(Node node, Operator.Gather gather) {
    int table = node.inputs().getFirst();
    int indices = node.inputs().get(1);
    Layout plain = Layout.plain(values.shape(node.outputs().getFirst()).rank());
    String positions = values.operand(indices, Layout.plain(values.shape(indices).rank()));
    boolean asStored = values.isQuantized(table) && values.layout(table).isPlain();
    String rows =
        asStored
            ? values.name(table)
            : values.operand(table, Layout.plain(values.shape(table).rank()));
    Consumer<List<String>> body =
        gather.batchDimensions() == 0
            ? results ->
                file.operator(
                    node,
                    "Gather",
                    List.of(rows, positions),
                    results,
                    Attribute.whole("axis", gather.axis()))
            : results -> gatherInBatches(node, gather, rows, positions, results);
    if (asStored) {
      values.storedResults(node, plain, body);
    } else {
      values.results(node, plain, body);
    }
  }

  private void gatherInBatches(
      Node node, Operator.Gather gather, String rows, String positions, List<String> results) {
    if (gather.axis() != gather.batchDimensions()) {
      throw new IllegalArgumentException("ONNX gathers along the axis behind the batch dimensions");
    }
    String wide = file.unique(node.name() + "/wide");
    Message to = Attribute.whole("to", ElementCodes.of(DataType.INT64));
    file.node("Cast", wide, List.of(positions), List.of(wide), to);
    String index = file.unique(node.name() + "/index");
    String innermost = file.integers(node.name() + "/innermost", List.of(-1));
    file.node("Unsqueeze", index, List.of(wide, innermost), List.of(index));
    file.operator(
        node,
        "GatherND",
        List.of(rows, index),
        results,
        Attribute.whole("batch_dims", gather.batchDimensions()));
  }
}
