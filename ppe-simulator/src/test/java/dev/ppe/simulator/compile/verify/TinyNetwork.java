package dev.ppe.simulator.compile.verify;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator.UnaryFunction;

/**
 * Three layers on the accelerator (a convolution with its activation function behind it, a
 * depthwise one, their sum), then a sine on the host.
 */
final class TinyNetwork {
  private TinyNetwork() {}

  static Graph graph() {
    GraphBuilder net = GraphBuilder.named("tiny", Arithmetic.INT8);
    Value x = net.input("image", 1, 8, 8, 16);
    Value conv = net.conv("conv", x, 16, Kernel.of(3), Activation.NONE);
    Value relu = net.unary("relu", UnaryFunction.RELU, conv);
    Value depthwise = net.depthwise("depthwise", relu, Kernel.of(3), Activation.NONE);
    Value sum = net.add("sum", depthwise, relu, Activation.NONE);
    return net.build(net.unary("sine", UnaryFunction.SIN, sum));
  }
}
