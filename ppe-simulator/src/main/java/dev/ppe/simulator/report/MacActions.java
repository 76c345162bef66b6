package dev.ppe.simulator.report;

import dev.ppe.simulator.activity.Action;
import dev.ppe.simulator.graph.DataType;

/** Which multiply-accumulate it is, by the types of its operands. */
final class MacActions {
  private MacActions() {}

  /** By the wider of the operands; floats are wider than integers. */
  static Action of(DataType activations, DataType weights) {
    Action one = of(activations);
    Action two = of(weights);
    return one.compareTo(two) >= 0 ? one : two;
  }

  private static Action of(DataType type) {
    return switch (type) {
      case INT4, INT8, UINT8, BOOL -> Action.MAC_INT8;
      case INT16, UINT16, INT32, UINT32, INT64, UINT64 -> Action.MAC_INT16;
      case BFLOAT16 -> Action.MAC_BFLOAT16;
      case FLOAT16 -> Action.MAC_FLOAT16;
      case FLOAT32, FLOAT64, OPAQUE -> Action.MAC_FLOAT32;
    };
  }
}
