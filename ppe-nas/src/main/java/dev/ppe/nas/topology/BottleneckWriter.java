package dev.ppe.nas.topology;

import dev.ppe.simulator.builder.Blocks;
import dev.ppe.simulator.builder.Bottleneck;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.GroupForm;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.Value;
import java.util.Optional;

/** Writes a block of a {@link Chain}. */
final class BottleneckWriter {
  private final GraphBuilder net;
  private final Value input;
  private final LayerFields fields;
  private final Kernel kernel;
  private final int stride;
  private final int channels;
  private final Nonlinearity nonlinearity;
  private final boolean residual;

  private BottleneckWriter(GraphBuilder net, Value input, LayerFields fields) {
    this.net = net;
    this.input = input;
    this.fields = fields;
    stride = fields.integer("stride", 1);
    kernel = Kernel.of(fields.integer("kernel", 3)).stride(stride);
    channels = fields.integer("channels");
    nonlinearity = fields.word("activation", Nonlinearity.class, Nonlinearity.RELU);
    residual = fields.truth("residual", true);
  }

  static Value write(GraphBuilder net, Value input, LayerFields fields) {
    BottleneckWriter writer = new BottleneckWriter(net, input, fields);
    return writer.write(fields.word("kind", BottleneckKind.class));
  }

  private Value write(BottleneckKind kind) {
    return switch (kind) {
      case SKIP -> skip();
      case PROJECTION -> Blocks.project(net, input, channels);
      case UNEXPANDED -> Blocks.unexpanded(net, input, bottleneck(input.channels()));
      case DEPTHWISE -> Blocks.depthwise(net, input, bottleneck(expanded()));
      case FUSED -> Blocks.fused(net, input, bottleneck(expanded()));
      case GC -> Blocks.groupConv(net, input, bottleneck(expanded()), fields.integer("group_size"));
      case GROUPED ->
          Blocks.grouped(
              net, input, bottleneck(expanded()), fields.integer("group_size"), GroupForm.NATIVE);
      case TUCKER ->
          Blocks.tucker(
              net,
              input,
              Shares.of(input.channels(), fields.number("input_ratio")),
              bottleneck(Shares.of(channels, fields.number("output_ratio"))));
      case SPLIT -> split();
      case SHUFFLED -> shuffled();
    };
  }

  private int expanded() {
    return fields.has("expanded")
        ? fields.integer("expanded")
        : fields.integer("expansion", 1) * input.channels();
  }

  private Bottleneck bottleneck(int expanded) {
    Gate gate = fields.word("squeeze", Gate.class, Gate.NONE);
    return new Bottleneck(
        expanded,
        channels,
        kernel,
        nonlinearity,
        gate.of(input.channels(), expanded, nonlinearity),
        residual);
  }

  private Value skip() {
    boolean keepsShape = stride == 1 && input.channels() == channels;
    return keepsShape
        ? input
        : net.conv("conv1x1", input, channels, Kernel.POINT.stride(stride), nonlinearity);
  }

  private Value split() {
    Bottleneck spatial =
        new Bottleneck(
            input.channels(), input.channels(), kernel, nonlinearity, Optional.empty(), false);
    Value x = Blocks.unexpanded(net.scope("spatial"), input, spatial);
    Bottleneck pointwise =
        new Bottleneck(expanded(), channels, Kernel.POINT, nonlinearity, Optional.empty(), false);
    return Blocks.fused(net.scope("pointwise"), x, pointwise);
  }

  private Value shuffled() {
    int groups = fields.integer("pointwise_groups", 1);
    Value x = net.groupConv("expand", input, expanded(), groups, Kernel.POINT, nonlinearity);
    x = groups > 1 ? Blocks.channelShuffle(net, x, groups) : x;
    x = net.depthwise("dw" + kernel.size(), x, kernel, nonlinearity);
    x = net.groupConv("project", x, channels, groups, Kernel.POINT, Nonlinearity.NONE);
    return residual ? Blocks.residual(net, input, x, kernel) : x;
  }
}
