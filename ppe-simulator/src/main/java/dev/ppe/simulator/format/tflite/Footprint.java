package dev.ppe.simulator.format.tflite;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.graph.GraphLimits;
import java.nio.ByteBuffer;

/** The heap that a file's network takes at the most, while it is read and then. */
final class Footprint {
  /** Bytes for a tensor: as it is stored, as one of the graph, its shape and name. */
  private static final long TENSOR = 384;

  /** Bytes for an operator: as it is stored, mapped, put together, its label and a note on it. */
  private static final long OPERATOR = 1_280;

  /** Bytes for an operand or result: boxed, in the lists of three graphs. */
  private static final long OPERAND = 96;

  /** Bytes for one of a name, which may be a character of two. */
  private static final long NAME_BYTE = 2;

  private final FlatBuffer file;
  private final GraphLimits limits;
  private final long most;
  private long bytes;
  private long operands;

  private Footprint(ByteBuffer file, GraphLimits limits, long most, Interruption interruption) {
    this.file = new FlatBuffer(file, interruption);
    this.limits = limits;
    this.most = most;
  }

  static long of(ByteBuffer file, GraphLimits limits, long most, Interruption interruption) {
    Footprint footprint = new Footprint(file, limits, most, interruption);
    try {
      footprint.add();
    } catch (ModelFormatException damaged) {
      // reading ends there as well
    }
    long copied = FlatBuffer.MAX_COPIED_BYTES / Integer.BYTES; // lists may stand for many
    return footprint.bytes + OPERAND * Math.min(footprint.operands, copied);
  }

  private void add() {
    FlatVector subgraphs = file.root().vector(2);
    if (subgraphs.count() == 0) {
      return;
    }
    FlatTable subgraph = subgraphs.table(0);
    FlatVector tensors = subgraph.vector(0);
    FlatVector operators = subgraph.vector(3);
    limits.checkCounts(operators.count(), tensors.count());
    bytes += TENSOR * tensors.count() + OPERATOR * operators.count();
    long ofGraph = (long) subgraph.vector(1).count() + subgraph.vector(2).count();
    operands += ofGraph;
    for (int i = 0; i < tensors.count() && bytes <= most; i++) {
      file.checkAt(i);
      int name = tensors.table(i).vector(3, 1).count();
      bytes += NAME_BYTE * Math.min(name, TensorReader.MAX_NAME_BYTES);
    }
    for (int i = 0; i < operators.count() && bytes <= most; i++) {
      file.checkAt(i);
      FlatTable operator = operators.table(i);
      operands += operator.vector(1).count() + operator.vector(2).count();
      limits.checkOperands(operands - ofGraph);
    }
  }
}
