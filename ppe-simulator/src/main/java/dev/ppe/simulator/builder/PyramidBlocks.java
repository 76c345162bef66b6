package dev.ppe.simulator.builder;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.ResizeMethod;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Building blocks of feature pyramids: nodes that bring maps of several levels to one, add them up
 * and convolve the sum. Each writes its layers on the view it is given.
 */
public final class PyramidBlocks {
  private static final Kernel KERNEL = Kernel.of(3);

  private PyramidBlocks() {}

  /**
   * A map that a node reads.
   *
   * @param name of the node it comes from
   * @param level for which it has one position in 2^level x 2^level pixels
   */
  public record Source(String name, int level, Value map) {}

  /**
   * Separable convolution: depthwise without bias, then 1 x 1 with the bias and the activation. In
   * pyramids, other than in MobileNets, nothing stands between the two.
   */
  public static Value separable(
      GraphBuilder net, Value x, int channels, Kernel kernel, Activation activation) {
    Value spatial = net.withoutBias().depthwise("dw" + kernel.size(), x, kernel, Activation.NONE);
    return net.pointwise("pointwise", spatial, channels, activation);
  }

  /** Sum of two or more maps of one size, from left to right. */
  public static Value sum(GraphBuilder net, List<Value> maps, Activation activation) {
    Value sum = maps.getFirst();
    for (int i = 1; i < maps.size(); i++) {
      boolean last = i == maps.size() - 1;
      sum =
          net.add(last ? "add" : "add" + i, sum, maps.get(i), last ? activation : Activation.NONE);
    }
    return sum;
  }

  /**
   * BiFPN node with plain sums (Tan et al., "EfficientDet", 2020, as the TensorFlow Model Garden's
   * EdgeTPU segmentation has it): the sum of maps of one size, and a separable 3 x 3 convolution.
   */
  public static Value biFpnNode(GraphBuilder net, List<Value> maps) {
    Value sum = sum(net, maps, Activation.NONE);
    return separable(net, sum, sum.channels(), KERNEL, Activation.RELU6);
  }

  /**
   * SpaghettiNet node (ssd_spaghettinet_feature_extractor.py): one map as it is, or a {@linkplain
   * #spaghettiMerge merge} of several, through layers of one width. All layers but the first add
   * their input; the first strides if it reads one finer map.
   *
   * @param level of the result
   * @throws dev.ppe.simulator.graph.GraphException if there is nothing to read or to write, or the
   *     only map is coarser than the result
   */
  public static Value spaghettiNode(
      GraphBuilder net,
      List<Source> sources,
      int level,
      int channels,
      List<SpaghettiLayer> layers) {
    if (sources.isEmpty() || layers.isEmpty()) {
      throw net.mistake("layer0", "a node has one source or more, and one layer or more");
    }
    Source first = sources.getFirst();
    boolean merges = sources.size() > 1;
    if (!merges && first.level() > level) {
      throw net.mistake(
          "layer0", "goes up from level %d to %d: only merges do".formatted(first.level(), level));
    }
    Value x = merges ? spaghettiMerge(net, sources, level, channels) : first.map();
    int stride = merges ? 1 : 1 << (level - first.level());
    for (int i = 0; i < layers.size(); i++) {
      GraphBuilder view = net.scope("layer" + i);
      x = layers.get(i).write(view, x, channels, i == 0 ? stride : 1, i > 0);
    }
    return x;
  }

  /**
   * Merge of a SpaghettiNet node (ssd_spaghettinet_feature_extractor.py): every source brought to
   * {@code channels} and {@code level}, down by a max-pool as wide as its stride and one more.
   */
  public static Value spaghettiMerge(
      GraphBuilder net, List<Source> sources, int level, int channels) {
    return merge(net, sources, level, channels, stride -> Kernel.of(stride + 1));
  }

  /**
   * MnasFPN node (Chen et al., "MnasFPN", 2020): as SpaghettiNet's merge but for max-pools of 3 x 3
   * at any stride, then a separable convolution that brings the merged channels down again.
   *
   * @param merged channels of the sum
   * @param channels of the result
   */
  public static Value mnasFpnNode(
      GraphBuilder net, List<Source> sources, int level, int merged, Kernel kernel, int channels) {
    Value sum = merge(net, sources, level, merged, stride -> KERNEL);
    return separable(net, sum, channels, kernel, Activation.NONE);
  }

  /** The kernel of a max-pool by its stride. */
  private interface PoolKernel {
    Kernel of(int stride);
  }

  /** The work goes where the map is small: up after the projection, down before it. */
  private static Value merge(
      GraphBuilder net, List<Source> sources, int level, int channels, PoolKernel pool) {
    List<Value> edges = new ArrayList<>();
    for (Source source : sources) {
      edges.add(resample(net.scope(source.name()), source, level, channels, pool));
    }
    Source finest = Collections.min(sources, Comparator.comparingInt(Source::level));
    Value size = edges.get(sources.indexOf(finest));
    List<Value> cropped = new ArrayList<>();
    for (int i = 0; i < edges.size(); i++) {
      cropped.add(crop(net.scope(sources.get(i).name()), edges.get(i), size));
    }
    return sum(net, cropped, Activation.RELU6);
  }

  private static Value resample(
      GraphBuilder net, Source source, int level, int channels, PoolKernel pool) {
    Value x = source.map();
    if (source.level() < level) {
      int stride = 1 << (level - source.level());
      Value pooled = net.maxPool("max-pool", x, pool.of(stride).stride(stride));
      return Blocks.project(net, pooled, channels);
    }
    Value projected = Blocks.project(net, x, channels);
    int scale = 1 << (source.level() - level);
    return scale == 1
        ? projected
        : resizeNearest(net, projected, scale * x.height(), scale * x.width());
  }

  /** A feature map whose elements are repeated. */
  public static Value resizeNearest(GraphBuilder net, Value x, int height, int width) {
    return net.apply(
        "resize", new Operator.Resize(ResizeMethod.NEAREST, height, width, false, false), x);
  }

  /** Maps that were rounded up on the way down are too large when they come up again. */
  private static Value crop(GraphBuilder net, Value x, Value size) {
    if (x.shape().equals(size.shape())) {
      return x;
    }
    return net.apply(
        "crop",
        new Operator.Slice(
            List.of(0, 0, 0, 0), List.of(-1, size.height(), size.width(), size.channels())),
        x);
  }
}
