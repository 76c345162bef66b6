package dev.ppe.simulator.validation.claim;

import dev.ppe.simulator.builder.Blocks;
import dev.ppe.simulator.builder.Bottleneck;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.GroupForm;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.Value;

/**
 * An inverted bottleneck with its residual addition.
 *
 * @param size height and width
 * @param channels outside
 * @param expansion how many times more channels are inside
 * @param form which convolutions it is made of
 * @param groups of its spatial convolution; 1 unless the form has groups
 * @param kernel height and width of the spatial convolution
 */
record Ibn(int size, int channels, int expansion, Form form, int groups, int kernel)
    implements Block {
  /** The paper's forms, section 4. */
  enum Form {
    /** 1 x 1, depthwise, 1 x 1. */
    DEPTHWISE("dw"),
    /** Full convolution that expands, 1 x 1. */
    FUSED("fused"),
    /** Group convolution that expands, 1 x 1: the paper's GC-IBN. */
    GROUPED("gc"),
    /** 1 x 1, group convolution, 1 x 1: the paper's figure 8. */
    GENERALIZED("1x1+gc"),
    /** 1 x 1, group convolution that projects. */
    DUAL("dual gc");

    private final String label;

    Form(String label) {
      this.label = label;
    }
  }

  static Ibn depthwise(int size, int channels, int expansion, int kernel) {
    return new Ibn(size, channels, expansion, Form.DEPTHWISE, 1, kernel);
  }

  static Ibn fused(int size, int channels, int expansion, int kernel) {
    return new Ibn(size, channels, expansion, Form.FUSED, 1, kernel);
  }

  static Ibn grouped(int size, int channels, int expansion, int groups, int kernel) {
    return new Ibn(size, channels, expansion, Form.GROUPED, groups, kernel);
  }

  /** Channels inside. */
  int expanded() {
    return channels * expansion;
  }

  /** Expanded channels of a group: what the released networks call its size. */
  int groupSize() {
    return expanded() / groups;
  }

  @Override
  public String label() {
    return form.label
        + " e"
        + expansion
        + (groups == 1 ? "" : " g" + groups)
        + (kernel == 3 ? "" : " k" + kernel);
  }

  @Override
  public Value write(GraphBuilder net, Value x) {
    Kernel window = Kernel.of(kernel);
    Bottleneck figures = new Bottleneck(expanded(), channels, window, Nonlinearity.RELU);
    return switch (form) {
      case DEPTHWISE -> Blocks.depthwise(net, x, figures);
      case FUSED -> Blocks.fused(net, x, figures);
      case GROUPED -> Blocks.groupConv(net, x, figures, groupSize());
      case GENERALIZED -> Blocks.grouped(net, x, figures, groupSize(), GroupForm.NATIVE);
      case DUAL -> {
        Value wide = net.pointwise("expand", x, expanded(), Nonlinearity.RELU);
        Value narrow =
            net.groupConv("gc" + kernel, wide, channels, groups, window, Nonlinearity.NONE);
        yield Blocks.residual(net, x, narrow, window);
      }
    };
  }
}
