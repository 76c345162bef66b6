package dev.ppe.wire;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.GraphVerifier;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.graph.Tensor.Role;
import dev.ppe.simulator.graph.Window;
import java.util.List;

/** Graphs built by hand. */
final class SampleGraphs {
  private SampleGraphs() {}

  /** A convolution without a bias, its result added to itself, and a custom operator. */
  static Graph convolution() {
    Shape map = Shape.of(1, 8, 8, 16);
    return GraphVerifier.verify(
        new Graph(
            "sample",
            List.of(
                new Tensor(
                    "in",
                    Shape.of(1, 16, 16, 3),
                    DataType.INT8,
                    new Quantization.PerTensor(0.5f, -128),
                    Role.ACTIVATION),
                new Tensor(
                    "weights",
                    Shape.of(16, 3, 3, 3),
                    DataType.INT8,
                    new Quantization.PerChannel(0),
                    Role.PARAMETER),
                Tensor.activation("conv", map, DataType.INT8),
                Tensor.activation("sum", map, DataType.INT8),
                Tensor.activation("out", Shape.of(), DataType.OPAQUE)),
            List.of(
                new Node(
                    "conv_1",
                    new Operator.Conv2d(Window.square(3, 2, Padding.SAME), 1, Activation.RELU6),
                    List.of(0, 1, Node.ABSENT),
                    List.of(2)),
                new Node(
                    "add_1",
                    new Operator.Binary(Operator.BinaryFunction.ADD, Activation.NONE),
                    List.of(2, 2),
                    List.of(3)),
                new Node("custom_1", new Operator.Custom("Decode"), List.of(3), List.of(4))),
            List.of(0),
            List.of(4)),
        GraphLimits.DEFAULT);
  }
}
