package dev.ppe.simulator.zoo.segmentation;

import dev.ppe.simulator.builder.Blocks;
import dev.ppe.simulator.builder.Bottleneck;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.zoo.FeatureMaps;
import dev.ppe.simulator.zoo.ModelOptions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * AutoSeg-EdgeTPU (Akin et al., "Searching for Efficient Neural Architectures for On-Device ML on
 * Edge TPUs", 2022), as released in the TensorFlow Model Garden (official/projects/edgetpu/vision):
 * a searched backbone under a {@link BiFpnHead}, for 32 classes of ADE20K.
 *
 * @param variant the size's name, for example {@code XS}
 */
public record AutoSeg(String variant, List<Block> blocks) {
  private static final int STEM = 32;
  private static final BiFpnHead HEAD = new BiFpnHead(96, 4, 3, 8);

  /** A block of the backbone, which ends in a linear projection to {@code channels}. */
  public sealed interface Block {
    int channels();

    int stride();

    /** The projection alone. */
    record Projection(int channels) implements Block {
      @Override
      public int stride() {
        return 1;
      }
    }

    /** Depthwise IBN, residual where stride and channels allow. */
    record Depthwise(int kernel, int expansion, int stride, int channels) implements Block {}

    /** Fused IBN, residual where stride and channels allow. */
    record Fused(int kernel, int expansion, int stride, int channels) implements Block {}

    /** The spatial half of a split stage: a depthwise convolution. */
    record Spatial(int kernel, int stride, int channels) implements Block {}

    /** The other half: a 1 x 1 expansion. */
    record Pointwise(int expansion, int channels) implements Block {
      @Override
      public int stride() {
        return 1;
      }
    }
  }

  public AutoSeg {
    blocks = List.copyOf(blocks);
  }

  /** The name in the zoo, for example {@code autoseg_edgetpu_xs}. */
  public String name() {
    return "autoseg_edgetpu_" + variant.toLowerCase(Locale.ROOT);
  }

  Segmenter segmenter() {
    return new Segmenter(
        name(),
        List.of("autoseg_" + variant.toLowerCase(Locale.ROOT)),
        "AutoSeg-EdgeTPU",
        "searched blocks and BiFPN",
        ModelOptions.image(512, 32),
        (net, image, classes) -> HEAD.logits(net, features(net, image), classes));
  }

  /** The layers before the head, with maps of levels 1 to 5. */
  public FeatureMaps features(GraphBuilder net, Value image) {
    SortedMap<Integer, Value> levels = new TreeMap<>();
    int level = 1;
    Kernel kernel = Kernel.of(3).stride(2);
    Value x = net.scope("stem").conv("conv3x3", image, STEM, kernel, Nonlinearity.RELU);
    for (int b = 0; b < blocks.size(); b++) {
      Block block = blocks.get(b);
      level += block.stride() == 1 ? 0 : 1;
      x = write(net.scope("b" + b), x, block);
      levels.put(level, x);
    }
    return new FeatureMaps(levels);
  }

  private static Value write(GraphBuilder net, Value x, Block block) {
    int channels = block.channels();
    return switch (block) {
      case Block.Projection projection -> Blocks.project(net, x, channels);
      case Block.Depthwise(int size, int expansion, int stride, int c) ->
          Blocks.depthwise(net, x, bottleneck(x, expansion, channels, size, stride, true));
      case Block.Fused(int size, int expansion, int stride, int c) ->
          Blocks.fused(net, x, bottleneck(x, expansion, channels, size, stride, true));
      case Block.Spatial(int size, int stride, int c) ->
          Blocks.unexpanded(net, x, bottleneck(x, 1, channels, size, stride, false));
      case Block.Pointwise(int expansion, int c) ->
          Blocks.fused(net, x, bottleneck(x, expansion, channels, 1, 1, false));
    };
  }

  private static Bottleneck bottleneck(
      Value x, int expansion, int channels, int size, int stride, boolean residual) {
    return new Bottleneck(
        expansion * x.channels(),
        channels,
        Kernel.of(size).stride(stride),
        Nonlinearity.RELU,
        Optional.empty(),
        residual);
  }
}
