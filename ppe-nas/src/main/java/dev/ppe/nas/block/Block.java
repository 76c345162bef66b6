package dev.ppe.nas.block;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.Blocks;
import dev.ppe.simulator.builder.Bottleneck;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.GroupForm;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Graph;

/**
 * An inverted bottleneck with its residual addition, int8, stride 1.
 *
 * @param size height and width of its input and output
 * @param channels of its input and output
 * @param expansion how many times more channels are inside
 * @param kernel height and width of its spatial convolution
 * @param form which convolutions it is made of
 * @param groupSize expanded channels of a group, as the released networks count; 0 unless the form
 *     has groups
 */
public record Block(
    int size, int channels, int expansion, int kernel, BlockForm form, int groupSize) {

  /** Channels inside. */
  public int expanded() {
    return Math.multiplyExact(channels, expansion);
  }

  /** Groups of its spatial convolution; {@link #expanded} for a depthwise one. */
  public int groups() {
    return switch (form) {
      case DEPTHWISE -> expanded();
      case FUSED -> 1;
      case GC, GROUPED -> expanded() / groupSize;
    };
  }

  /** Whether its groups are two or more, and whole on both sides of the convolution. */
  public boolean isWhole() {
    if (!form.inGroups()) {
      return groupSize == 0;
    }
    int inside = form == BlockForm.GC ? channels : expanded();
    return expanded() % groupSize == 0 && groups() > 1 && inside % groups() == 0;
  }

  /** For people, without the shape: {@code gc e8 group 64}. */
  public String label() {
    return "%s e%d%s%s"
        .formatted(
            form.word(),
            expansion,
            groupSize == 0 ? "" : " group " + groupSize,
            kernel == 3 ? "" : " k" + kernel);
  }

  /** {@code 56x56x16}. */
  public String shape() {
    return "%1$dx%1$dx%2$d".formatted(size, channels);
  }

  /**
   * A network of nothing but this block.
   *
   * @param blocks how often it is repeated; the layers of the i-th one are called {@code bi/...}
   */
  public Graph network(int blocks) {
    GraphBuilder net = GraphBuilder.named(shape() + " " + label(), Arithmetic.INT8);
    Value x = net.input("input", 1, size, size, channels);
    for (int i = 0; i < blocks; i++) {
      x = write(net.scope("b" + i), x);
    }
    return net.build(x);
  }

  private Value write(GraphBuilder net, Value x) {
    Bottleneck figures = new Bottleneck(expanded(), channels, Kernel.of(kernel), Nonlinearity.RELU);
    return switch (form) {
      case DEPTHWISE -> Blocks.depthwise(net, x, figures);
      case FUSED -> Blocks.fused(net, x, figures);
      case GC -> Blocks.groupConv(net, x, figures, groupSize);
      case GROUPED -> Blocks.grouped(net, x, figures, groupSize, GroupForm.NATIVE);
    };
  }
}
