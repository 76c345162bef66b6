package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.format.onnx.file.Attribute;
import dev.ppe.simulator.format.onnx.file.DeclaredValue;
import dev.ppe.simulator.format.onnx.file.StoredNode;
import dev.ppe.simulator.format.onnx.file.WriterNotes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether an input is a feature map [N, C, H, W] or [N, C, L]: it is if an operator that only works
 * on maps reads it, directly or behind operators that work on anything. The caller then provides it
 * channels last. Behind a transposition to that layout it is channels last in the file already.
 */
final class InputLayouts {
  private static final Set<String> ON_MAPS =
      Set.of(
          "Conv",
          "ConvInteger",
          "ConvTranspose",
          "MaxPool",
          "AveragePool",
          "LpPool",
          "GlobalAveragePool",
          "GlobalMaxPool",
          "GlobalLpPool",
          "BatchNormalization",
          "InstanceNormalization",
          "GroupNormalization",
          "LRN",
          "Resize",
          "Upsample",
          "DepthToSpace",
          "SpaceToDepth");

  private static final Set<String> ON_ANYTHING =
      Set.of(
          "QuantizeLinear",
          "DequantizeLinear",
          "DynamicQuantizeLinear",
          "Cast",
          "Identity",
          "Dropout",
          "Add",
          "Sub",
          "Mul",
          "Div",
          "Max",
          "Min",
          "Pow",
          "Sum",
          "Relu",
          "Clip",
          "LeakyRelu",
          "PRelu",
          "Elu",
          "Sigmoid",
          "Tanh",
          "HardSwish",
          "HardSigmoid",
          "Swish",
          "Gelu",
          "Neg",
          "Abs",
          "Sqrt",
          "Exp",
          "Concat",
          "Split",
          "Slice",
          "Pad");

  private InputLayouts() {}

  static AxisOrder of(DeclaredValue input, int rank, Wiring wiring) {
    boolean map =
        (rank == 3 || rank == 4)
            && (input.note().isEmpty()
                ? isMap(input.name(), wiring)
                : input.note().equals(WriterNotes.MAP));
    return map ? AxisOrder.channelsLast(rank) : AxisOrder.identity(rank);
  }

  private static boolean isMap(String input, Wiring wiring) {
    Deque<String> open = new ArrayDeque<>(List.of(input));
    Set<String> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      for (StoredNode reader : wiring.readers(open.removeFirst())) {
        wiring.checkWanted();
        if (ON_MAPS.contains(reader.type())) {
          return true;
        }
        if (isLayoutChange(reader)) {
          return false;
        }
        if (ON_ANYTHING.contains(reader.type())) {
          reader.outputs().stream().filter(seen::add).forEach(open::addLast);
        }
      }
    }
    return false;
  }

  private static boolean isLayoutChange(StoredNode node) {
    return node.type().equals("Transpose")
        && node.attributes().get("perm") instanceof Attribute.Wholes perm
        && perm.values().equals(List.of(0L, 3L, 1L, 2L));
  }
}
