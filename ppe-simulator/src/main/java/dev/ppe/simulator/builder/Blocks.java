package dev.ppe.simulator.builder;

import dev.ppe.simulator.graph.Activation;
import java.util.List;

/**
 * Building blocks that several networks share. Each writes its layers on the view it is given,
 * usually a scope of its own.
 *
 * <p>Bottlenecks end in a linear projection, and add their input to it where they are residual and
 * stride and channels allow.
 */
public final class Blocks {
  private Blocks() {}

  /** Depthwise and pointwise convolution with the same function after both: MobileNetV1's block. */
  public static Value depthwiseSeparable(
      GraphBuilder net, Value x, int channels, Kernel kernel, Nonlinearity nonlinearity) {
    Value spatial = net.depthwise("dw" + kernel.size(), x, kernel, nonlinearity);
    return net.pointwise("pointwise", spatial, channels, nonlinearity);
  }

  /**
   * Depthwise convolution and projection: an IBN without expansion, MobileNetV2's first block.
   *
   * @throws dev.ppe.simulator.graph.GraphException unless {@code bottleneck} is as wide as {@code
   *     x}
   */
  public static Value unexpanded(GraphBuilder net, Value x, Bottleneck bottleneck) {
    if (bottleneck.expanded() != x.channels()) {
      throw net.mistake(
          "dw" + bottleneck.kernel().size(),
          "%d channels inside, but nothing expands the %d of the input"
              .formatted(bottleneck.expanded(), x.channels()));
    }
    return finish(net, x, slide(net, x, bottleneck), bottleneck);
  }

  /** Depthwise IBN: 1 x 1 expansion, depthwise convolution, projection. */
  public static Value depthwise(GraphBuilder net, Value x, Bottleneck bottleneck) {
    Value wide = net.pointwise("expand", x, bottleneck.expanded(), bottleneck.nonlinearity());
    return finish(net, x, slide(net, wide, bottleneck), bottleneck);
  }

  private static Value slide(GraphBuilder net, Value x, Bottleneck bottleneck) {
    Kernel kernel = bottleneck.kernel();
    return net.depthwise("dw" + kernel.size(), x, kernel, bottleneck.nonlinearity());
  }

  /** Fused IBN: expansion and spatial convolution are one full convolution; then the projection. */
  public static Value fused(GraphBuilder net, Value x, Bottleneck bottleneck) {
    Kernel kernel = bottleneck.kernel();
    Value spatial =
        net.conv(
            "conv" + kernel.size(), x, bottleneck.expanded(), kernel, bottleneck.nonlinearity());
    return finish(net, x, spatial, bottleneck);
  }

  /**
   * Group-convolution IBN (GC-IBN; Akin et al., "Searching for Efficient Neural Architectures for
   * On-Device ML on Edge TPUs", 2022): as {@link #fused}, with the full convolution in groups of
   * {@code groupSize} expanded channels each.
   *
   * @throws dev.ppe.simulator.graph.GraphException unless that makes two or more whole groups
   */
  public static Value groupConv(GraphBuilder net, Value x, Bottleneck bottleneck, int groupSize) {
    return groupConv(net, x, bottleneck, groupSize, GroupForm.NATIVE);
  }

  /** GC-IBN with its group convolution in the given form; errors as without. */
  public static Value groupConv(
      GraphBuilder net, Value x, Bottleneck bottleneck, int groupSize, GroupForm form) {
    return finish(net, x, slideInGroups(net, x, bottleneck, groupSize, form), bottleneck);
  }

  /**
   * Grouped IBN: 1 x 1 expansion, then a convolution of the expanded channels in groups of {@code
   * groupSize}, then the projection. Between {@link #depthwise}, whose groups are single channels,
   * and a full convolution.
   *
   * @throws dev.ppe.simulator.graph.GraphException unless that makes two or more whole groups
   */
  public static Value grouped(
      GraphBuilder net, Value x, Bottleneck bottleneck, int groupSize, GroupForm form) {
    Value wide = net.pointwise("expand", x, bottleneck.expanded(), bottleneck.nonlinearity());
    return finish(net, x, slideInGroups(net, wide, bottleneck, groupSize, form), bottleneck);
  }

  private static Value slideInGroups(
      GraphBuilder net, Value x, Bottleneck bottleneck, int groupSize, GroupForm form) {
    Kernel kernel = bottleneck.kernel();
    String name = "gc" + kernel.size();
    int expanded = bottleneck.expanded();
    if (groupSize < 1 || expanded % groupSize != 0 || expanded == groupSize) {
      throw net.mistake(
          name,
          "%d expanded channels do not make two or more groups of %d"
              .formatted(expanded, groupSize));
    }
    return form.write(
        net, name, x, expanded, expanded / groupSize, kernel, bottleneck.nonlinearity());
  }

  private static Value finish(GraphBuilder net, Value input, Value wide, Bottleneck bottleneck) {
    Value weighed =
        bottleneck.squeezeExcite().map(squeeze -> squeeze.apply(net, wide)).orElse(wide);
    Value result = project(net, weighed, bottleneck.channels());
    return bottleneck.residual() ? residual(net, input, result, bottleneck.kernel()) : result;
  }

  /**
   * Tucker block (Xiong et al., "MobileDets", 2021): a full convolution from fewer channels than
   * the input has, to fewer than the result has; then the projection.
   *
   * @param compressed channels that the full convolution reads; those it gives are {@code
   *     bottleneck}'s expanded ones
   */
  public static Value tucker(GraphBuilder net, Value x, int compressed, Bottleneck bottleneck) {
    Kernel kernel = bottleneck.kernel();
    Value narrow = net.pointwise("compress", x, compressed, bottleneck.nonlinearity());
    Value core =
        net.conv(
            "conv" + kernel.size(),
            narrow,
            bottleneck.expanded(),
            kernel,
            bottleneck.nonlinearity());
    return finish(net, x, core, bottleneck);
  }

  /** The linear 1 x 1 convolution that ends a bottleneck. */
  public static Value project(GraphBuilder net, Value x, int channels) {
    return net.pointwise("project", x, channels, Nonlinearity.NONE);
  }

  /** {@code input} added to {@code result}, if that has its shape and {@code kernel} no stride. */
  public static Value residual(GraphBuilder net, Value input, Value result, Kernel kernel) {
    return kernel.isUnitStride() && input.shape().equals(result.shape())
        ? net.add("add", result, input, Activation.NONE)
        : result;
  }

  /**
   * Every group's channels dealt out over all groups (Zhang et al., "ShuffleNet", 2018): channel i
   * of group g becomes channel g of group i.
   */
  public static Value channelShuffle(GraphBuilder net, Value x, int groups) {
    if (groups < 1 || x.channels() % groups != 0) {
      throw net.mistake(
          "shuffle", "%d channels do not divide into %d groups".formatted(x.channels(), groups));
    }
    int batch = x.shape().dim(0);
    int size = x.channels() / groups;
    Value grouped = net.reshape("shuffle/group", x, batch, x.height(), x.width(), groups, size);
    Value dealt = net.transpose("shuffle/deal", grouped, List.of(0, 1, 2, 4, 3));
    return net.reshape("shuffle/ungroup", dealt, batch, x.height(), x.width(), x.channels());
  }

  /**
   * Channels times a width multiplier, rounded to a multiple of 8 that is no less than nine tenths
   * of it: the rule that the MobileNet and EfficientNet families share.
   */
  public static int scaleChannels(int channels, double width) {
    double scaled = channels * width;
    int rounded = Math.max(8, (int) (scaled + 4) / 8 * 8);
    return rounded < 0.9 * scaled ? rounded + 8 : rounded;
  }
}
