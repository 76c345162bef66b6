package dev.ppe.simulator.zoo.classic;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;

/**
 * A unit of a residual network: two 3 x 3 convolutions, or a 3 x 3 convolution between two 1 x 1
 * ones (a bottleneck). Where it changes the shape, a strided 1 x 1 convolution is its shortcut.
 *
 * @param inner channels of all convolutions but a bottleneck's last
 * @param outer channels of the result
 * @param stride of the whole unit
 * @param version which order, and which convolution strides
 */
record ResidualUnit(int inner, int outer, int stride, ResNet.Version version) {

  private static final Kernel KERNEL = Kernel.of(3);

  Value write(GraphBuilder net, GraphBuilder shortcut, Value x) {
    return version == ResNet.Version.V2
        ? preActivated(net, shortcut, x)
        : postActivated(net, shortcut, x);
  }

  private Value postActivated(GraphBuilder net, GraphBuilder shortcut, Value x) {
    Value residual = convolutions(net, net, x);
    Value identity =
        changes(x) ? shortcut.conv("conv1x1", x, outer, strided(), Activation.NONE) : x;
    return net.add("add", residual, identity, Activation.RELU);
  }

  /** Normalised and activated before the convolutions; the sum is left as it is. */
  private Value preActivated(GraphBuilder net, GraphBuilder shortcut, Value x) {
    Value activated = net.scaleAndOffset("preactivation", x, Activation.RELU);
    Value residual = convolutions(net, net.withoutBias(), activated);
    Value identity =
        changes(x)
            ? shortcut.withoutBias().conv("conv1x1", activated, outer, strided(), Activation.NONE)
            : x;
    return net.add("add", residual, identity, Activation.NONE);
  }

  private Value convolutions(GraphBuilder net, GraphBuilder last, Value x) {
    if (inner == outer) {
      Value first = net.conv("conv3x3", x, inner, KERNEL.stride(stride), Activation.RELU);
      return last.conv("conv3x3-2", first, outer, KERNEL, Activation.NONE);
    }
    boolean early = version == ResNet.Version.V1;
    Kernel reducing = early ? strided() : Kernel.POINT;
    Kernel spatial = early ? KERNEL : KERNEL.stride(stride);
    Value reduced = net.conv("reduce", x, inner, reducing, Activation.RELU);
    Value mixed = net.conv("conv3x3", reduced, inner, spatial, Activation.RELU);
    return last.pointwise("restore", mixed, outer, Activation.NONE);
  }

  private Kernel strided() {
    return Kernel.POINT.stride(stride);
  }

  private boolean changes(Value x) {
    return stride != 1 || x.channels() != outer;
  }
}
