package dev.ppe.simulator.format.onnx.export;

import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.List;

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
            file.node(
                "Concat",
                node.name(),
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
            file.node(
                "Split",
                node.name(),
                List.of(x, sizes),
                results,
                Attribute.whole("axis", layout.file(split.axis()))));
  }

  void slice(Node node, Operator.Slice slice) {
    List<Integer> end = new ArrayList<>();
    List<Integer> strides = new ArrayList<>();
    for (int i = 0; i < slice.begin().size(); i++) {
      end.add(slice.begin().get(i) + slice.size().get(i));
      strides.add(1);
    }
    int input = node.inputs().getFirst();
    values.result(
        node, values.layout(input), result -> slice(node, slice.begin(), end, strides, result));
  }

  /** Dimensions are taken one by one, so that any order will do. */
  private void slice(
      Node node, List<Integer> begin, List<Integer> end, List<Integer> strides, String result) {
    int input = node.inputs().getFirst();
    Layout layout = values.layout(input);
    Shape shape = values.shape(input);
    List<Integer> cut = new ArrayList<>();
    for (int i = 0; i < begin.size(); i++) {
      if (begin.get(i) != 0 || end.get(i) != shape.dim(i) || strides.get(i) != 1) {
        cut.add(i);
      }
    }
    List<Integer> axes = cut.isEmpty() ? List.of(0) : cut;
    String name = node.name();
    file.node(
        "Slice",
        name,
        List.of(
            values.real(input),
            file.integers(name + "/begin", axes.stream().map(begin::get).toList()),
            file.integers(name + "/end", axes.stream().map(end::get).toList()),
            file.integers(name + "/axes", axes.stream().map(layout::file).toList()),
            file.integers(name + "/strides", axes.stream().map(strides::get).toList())),
        List.of(result));
  }

  /** A slice, and dimensions dropped and added after it. */
  void stridedSlice(Node node, Operator.StridedSlice slice) {
    int input = node.inputs().getFirst();
    Entries entries = Entries.of(slice, values.shape(input));
    if (entries.shrunk().isEmpty() && entries.added().isEmpty()) {
      values.result(
          node,
          values.layout(input),
          result -> slice(node, entries.begin(), entries.end(), entries.strides(), result));
      return;
    }
    Layout kept = values.layout(input).without(entries.shrunk());
    if (!kept.isPlain()) {
      throw new IllegalArgumentException(
          "drops or adds dimensions of a feature map, whose axes are in another order in ONNX");
    }
    Layout layout = Layout.plain(values.shape(node.outputs().getFirst()).rank());
    List<Integer> dropped =
        entries.shrunk().stream().map(values.layout(input)::file).sorted().toList();
    values.result(
        node,
        layout,
        result -> {
          String sliced = file.unique(result + "/sliced");
          slice(node, entries.begin(), entries.end(), entries.strides(), sliced);
          String squeezed = entries.added().isEmpty() ? result : file.unique(result + "/kept");
          String axes = file.integers(node.name() + "/dropped", dropped);
          file.node("Squeeze", squeezed, List.of(sliced, axes), List.of(squeezed));
          if (!entries.added().isEmpty()) {
            String added = file.integers(node.name() + "/added", entries.added());
            file.node("Unsqueeze", result, List.of(squeezed, added), List.of(result));
          }
        });
  }

  /**
   * The entries of a strided slice for every dimension of its operand.
   *
   * @param shrunk dimensions of the operand that go
   * @param added dimensions of the result that were not there
   */
  private record Entries(
      List<Integer> begin,
      List<Integer> end,
      List<Integer> strides,
      List<Integer> shrunk,
      List<Integer> added) {

    static Entries of(Operator.StridedSlice slice, Shape shape) {
      Entries entries =
          new Entries(
              new ArrayList<>(),
              new ArrayList<>(),
              new ArrayList<>(),
              new ArrayList<>(),
              new ArrayList<>());
      int count = slice.begin().size();
      int named = count - Integer.bitCount(slice.ellipsisMask() | slice.newAxisMask());
      int result = 0;
      for (int i = 0; i < count; i++) {
        if (bit(slice.ellipsisMask(), i)) {
          for (int skipped = shape.rank() - named; skipped > 0; skipped--) {
            entries.whole(shape);
            result++;
          }
        } else if (bit(slice.newAxisMask(), i)) {
          entries.added.add(result++);
        } else {
          result += entries.entry(slice, i, shape.dim(entries.begin.size()));
        }
      }
      while (entries.begin.size() < shape.rank()) {
        entries.whole(shape);
      }
      return entries;
    }

    private static boolean bit(int mask, int i) {
      return (mask >> i & 1) != 0;
    }

    private void whole(Shape shape) {
      end.add(shape.dim(begin.size()));
      begin.add(0);
      strides.add(1);
    }

    /** Returns how many dimensions of the result it gives. */
    private int entry(Operator.StridedSlice slice, int i, int size) {
      int stride = slice.strides().get(i);
      boolean forward = stride > 0;
      int first = slice.begin().get(i);
      if (bit(slice.shrinkAxisMask(), i)) {
        int index = first < 0 ? first + size : first;
        shrunk.add(begin.size());
        begin.add(index);
        end.add(index + 1);
        strides.add(1);
        return 0;
      }
      begin.add(bit(slice.beginMask(), i) ? (forward ? 0 : size - 1) : first);
      end.add(bit(slice.endMask(), i) ? (forward ? size : Integer.MIN_VALUE) : slice.end().get(i));
      strides.add(stride);
      return 1;
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
          case SYMMETRIC -> throw new IllegalArgumentException("ONNX has no symmetric padding");
        };
    List<Integer> amounts = new ArrayList<>(layout.arrange(pad.before()));
    amounts.addAll(layout.arrange(pad.after()));
    String operand = file.integers(node.name() + "/padding", amounts);
    values.result(
        node,
        layout,
        result ->
            file.node(
                "Pad",
                node.name(),
                List.of(x, operand),
                List.of(result),
                Attribute.text("mode", mode)));
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
        result -> file.node("Reshape", node.name(), List.of(x, operand), List.of(result)));
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
        result -> file.node("Squeeze", node.name(), List.of(x, operand), List.of(result)));
  }

  void expandDims(Node node, Operator.ExpandDims expand) {
    int input = node.inputs().getFirst();
    int rank = values.shape(input).rank();
    String x = values.operand(input, Layout.plain(rank));
    String axes = file.integers(node.name() + "/axes", List.of(expand.axis()));
    values.result(
        node,
        Layout.plain(rank + 1),
        result -> file.node("Unsqueeze", node.name(), List.of(x, axes), List.of(result)));
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
            file.node(
                "Transpose",
                node.name(),
                List.of(x),
                List.of(result),
                Attribute.wholes("perm", permutation)));
  }

  void gather(Node node, Operator.Gather gather) {
    if (gather.batchDimensions() != 0) {
      throw new IllegalArgumentException("ONNX gathers without batch dimensions");
    }
    int table = node.inputs().getFirst();
    int indices = node.inputs().get(1);
    Message axis = Attribute.whole("axis", gather.axis());
    Layout plain = Layout.plain(values.shape(node.outputs().getFirst()).rank());
    String positions = values.operand(indices, Layout.plain(values.shape(indices).rank()));
    if (values.isQuantized(table) && values.layout(table).isPlain()) { // picked as they are stored
      List<String> operands = List.of(values.name(table), positions);
      values.storedResults(
          node, plain, names -> file.node("Gather", node.name(), operands, names, axis));
      return;
    }
    String rows = values.operand(table, Layout.plain(values.shape(table).rank()));
    values.result(
        node,
        plain,
        result ->
            file.node("Gather", node.name(), List.of(rows, positions), List.of(result), axis));
  }
}
