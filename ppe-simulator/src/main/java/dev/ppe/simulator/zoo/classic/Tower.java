package dev.ppe.simulator.zoo.classic;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Padding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A chain of layers in an Inception network, each step giving the tower one layer higher. Modules
 * are towers side by side on one input, whose tops are concatenated.
 *
 * <pre>{@code
 * tower.module("mixed0",
 *     t -> t.conv(96, 1),
 *     t -> t.conv(64, 1).conv(96, 3),
 *     t -> t.averagePool(3).conv(96, 1));
 * }</pre>
 *
 * @param net the view to write on
 * @param top the highest layer's result
 * @param height layers so far: numbers the next one
 */
record Tower(GraphBuilder net, Value top, int height) {

  static Tower on(GraphBuilder net, Value x) {
    return new Tower(net, x, 0);
  }

  /** A square SAME-padded convolution and ReLU. */
  Tower conv(int channels, int size) {
    return conv(channels, Kernel.of(size));
  }

  /** A convolution of any kernel and ReLU. */
  Tower conv(int channels, Kernel kernel) {
    return add(net.conv(name("conv" + kernel.size()), top, channels, kernel, Activation.RELU));
  }

  /** A 1 x 1 convolution without activation. */
  Tower linear(int channels) {
    return add(net.pointwise(name("conv1x1"), top, channels, Activation.NONE));
  }

  /** A 3 x 3 convolution without padding. */
  Tower validConv(int channels) {
    return conv(channels, Kernel.of(3).padding(Padding.VALID));
  }

  /** A 3 x 3 convolution of stride 2 without padding. */
  Tower shrink(int channels) {
    return conv(channels, halving());
  }

  /** A 3 x 3 maximum of stride 2 without padding. */
  Tower shrinkByPooling() {
    return maxPool(halving());
  }

  Tower maxPool(Kernel kernel) {
    return add(net.maxPool(name("max-pool"), top, kernel));
  }

  /** A SAME-padded average of stride 1. */
  Tower averagePool(int size) {
    return add(net.averagePool(name("average-pool"), top, Kernel.of(size)));
  }

  /** Towers side by side on this one, concatenated. */
  Tower module(String name, List<UnaryOperator<Tower>> towers) {
    GraphBuilder module = net.scope(name);
    List<Value> tops = new ArrayList<>(towers.size());
    for (int i = 0; i < towers.size(); i++) {
      tops.add(towers.get(i).apply(on(module.scope("t" + i), top)).top());
    }
    return add(module.concat("concat", -1, tops));
  }

  /** A module of two convolutions, along rows and along columns. */
  Tower fork(int channels, Kernel left, Kernel right) {
    return module(
        height + "-fork", List.of(t -> t.conv(channels, left), t -> t.conv(channels, right)));
  }

  /**
   * What the tower computes from this one, added to it: scaled in the paper, which weights take in.
   */
  Tower residual(String name, Activation activation, UnaryOperator<Tower> tower) {
    GraphBuilder unit = net.scope(name);
    Value change = tower.apply(on(unit, top)).linear(top.channels()).top();
    return add(unit.add("add", change, top, activation));
  }

  private static Kernel halving() {
    return Kernel.of(3).stride(2).padding(Padding.VALID);
  }

  private String name(String layer) {
    return height + "-" + layer;
  }

  private Tower add(Value layer) {
    return new Tower(net, layer, height + 1);
  }
}
