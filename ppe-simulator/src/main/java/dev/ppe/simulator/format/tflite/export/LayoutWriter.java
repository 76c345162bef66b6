package dev.ppe.simulator.format.tflite.export;

import dev.ppe.simulator.format.tflite.BuiltinOperator;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.PadMode;
import dev.ppe.simulator.graph.Operator.ResizeMethod;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.List;

/** Operators that move elements. What the graph has as attributes is operands in the file. */
final class LayoutWriter {
  private static final int REFLECT = 0;
  private static final int SYMMETRIC = 1;

  private final Emitter out;

  LayoutWriter(Emitter out) {
    this.out = out;
  }

  /** Kernels have a field for an activation, and refuse any. */
  void concat(Node node, Operator.Concat concat) {
    out.apart(
        node,
        concat.activation(),
        (activation, result) ->
            out.emit(
                BuiltinOperator.CONCATENATION,
                OptionsTable.of(10).int32(0, concat.axis()).int8(1, activation),
                node.inputs(),
                List.of(result)));
  }

  /** Equal parts: axis, input. Others: input, sizes, axis. */
  void split(Node node, Operator.Split split) {
    int input = node.inputs().getFirst();
    int axis = out.integer(node, "axis", split.axis());
    int parts = split.sizes().size();
    if (split.sizes().stream().distinct().count() == 1) {
      out.emit(
          BuiltinOperator.SPLIT,
          OptionsTable.of(35).int32(0, parts),
          List.of(axis, input),
          node.outputs());
    } else {
      int sizes = out.integers(node, "sizes", split.sizes());
      out.emit(
          BuiltinOperator.SPLIT_V,
          OptionsTable.of(79).int32(0, parts),
          List.of(input, sizes, axis),
          node.outputs());
    }
  }

  void slice(Node node, Operator.Slice slice) {
    unary(
        BuiltinOperator.SLICE,
        OptionsTable.of(48),
        node,
        out.integers(node, "begin", slice.begin()),
        out.integers(node, "size", slice.size()));
  }

  void stridedSlice(Node node, Operator.StridedSlice slice) {
    out.emit(
        BuiltinOperator.STRIDED_SLICE,
        slice.ellipsisMask() != 0 || slice.newAxisMask() != 0 ? 6 : 1,
        OptionsTable.of(32)
            .int32(0, slice.beginMask())
            .int32(1, slice.endMask())
            .int32(2, slice.ellipsisMask())
            .int32(3, slice.newAxisMask())
            .int32(4, slice.shrinkAxisMask())
            .bool(5, false),
        List.of(
            node.inputs().getFirst(),
            out.integers(node, "begin", slice.begin()),
            out.integers(node, "end", slice.end()),
            out.integers(node, "strides", slice.strides())),
        node.outputs());
  }

  void pad(Node node, Operator.Pad pad) {
    List<Integer> amounts = new ArrayList<>();
    for (int i = 0; i < pad.before().size(); i++) {
      amounts.add(pad.before().get(i));
      amounts.add(pad.after().get(i));
    }
    int operand = out.integers(node, "padding", Shape.of(pad.before().size(), 2), amounts);
    if (pad.mode() == PadMode.CONSTANT) {
      unary(BuiltinOperator.PAD, OptionsTable.of(22), node, operand);
    } else {
      int mode = pad.mode() == PadMode.REFLECT ? REFLECT : SYMMETRIC;
      unary(BuiltinOperator.MIRROR_PAD, OptionsTable.of(77).int8(0, mode), node, operand);
    }
  }

  void reshape(Node node, Operator.Reshape reshape) {
    unary(
        BuiltinOperator.RESHAPE,
        OptionsTable.of(17).ints(0, reshape.shape()),
        node,
        out.integers(node, "shape", reshape.shape()));
  }

  void squeeze(Node node, Operator.Squeeze squeeze) {
    unary(BuiltinOperator.SQUEEZE, OptionsTable.of(30).ints(0, squeeze.axes()), node);
  }

  void expandDims(Node node, Operator.ExpandDims expand) {
    unary(
        BuiltinOperator.EXPAND_DIMS,
        OptionsTable.of(52),
        node,
        out.integer(node, "axis", expand.axis()));
  }

  void transpose(Node node, Operator.Transpose transpose) {
    unary(
        BuiltinOperator.TRANSPOSE,
        OptionsTable.of(26),
        node,
        out.integers(node, "permutation", transpose.permutation()));
  }

  void resize(Node node, Operator.Resize resize) {
    int size = out.integers(node, "size", List.of(resize.height(), resize.width()));
    boolean bilinear = resize.method() == ResizeMethod.BILINEAR;
    int version = resize.halfPixelCenters() || (resize.alignCorners() && !bilinear) ? 3 : 1;
    OptionsTable options =
        bilinear
            ? OptionsTable.of(15).bool(2, resize.alignCorners()).bool(3, resize.halfPixelCenters())
            : OptionsTable.of(74).bool(0, resize.alignCorners()).bool(1, resize.halfPixelCenters());
    out.emit(
        bilinear ? BuiltinOperator.RESIZE_BILINEAR : BuiltinOperator.RESIZE_NEAREST_NEIGHBOR,
        version,
        options,
        List.of(node.inputs().getFirst(), size),
        node.outputs());
  }

  void depthToSpace(Node node, Operator.DepthToSpace depth) {
    unary(BuiltinOperator.DEPTH_TO_SPACE, OptionsTable.of(94).int32(0, depth.block()), node);
  }

  void spaceToDepth(Node node, Operator.SpaceToDepth space) {
    unary(BuiltinOperator.SPACE_TO_DEPTH, OptionsTable.of(19).int32(0, space.block()), node);
  }

  /** An operator of one input, with attributes behind it. */
  private void unary(BuiltinOperator operator, OptionsTable options, Node node, int... attributes) {
    List<Integer> operands = new ArrayList<>(List.of(node.inputs().getFirst()));
    for (int attribute : attributes) {
      operands.add(attribute);
    }
    out.emit(operator, options, operands, node.outputs());
  }
}
