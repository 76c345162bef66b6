package dev.ppe.simulator.zoo.detection;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.zoo.FeatureMaps;
import dev.ppe.simulator.zoo.detection.MobileDetBlock.Fused;
import dev.ppe.simulator.zoo.detection.MobileDetBlock.Ibn;
import dev.ppe.simulator.zoo.detection.MobileDetBlock.Style;
import dev.ppe.simulator.zoo.detection.MobileDetBlock.Tucker;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * MobileDet backbones (Xiong et al., "MobileDets: Searching for Object Detection Architectures for
 * Mobile Accelerators", 2021), each searched for one kind of hardware, as released in the
 * TensorFlow Object Detection API (ssd_mobiledet_feature_extractor.py).
 *
 * @param stem channels after the first convolution
 * @param style what all blocks share
 * @param groups of blocks; a group that strides begins a level
 */
public record MobileDet(int stem, Style style, List<Group> groups) {

  /**
   * Blocks of one width: the first strides or changes the channels, the others are residual.
   *
   * @param stride of the first block
   */
  public record Group(int stride, int channels, List<MobileDetBlock> blocks) {
    public Group {
      blocks = List.copyOf(blocks);
    }
  }

  private static final MobileDetBlock NARROW = new Ibn(1, 3);
  private static final MobileDetBlock IBN_4 = new Ibn(4, 3);
  private static final MobileDetBlock IBN_8 = new Ibn(8, 3);
  private static final MobileDetBlock IBN_4_5X5 = new Ibn(4, 5);
  private static final MobileDetBlock IBN_8_5X5 = new Ibn(8, 5);
  private static final MobileDetBlock FUSED_4 = new Fused(4, 3);
  private static final MobileDetBlock FUSED_8 = new Fused(8, 3);
  private static final MobileDetBlock FUSED_8_5X5 = new Fused(8, 5);
  private static final MobileDetBlock TUCKER = new Tucker(0.25, 0.75, 3);
  private static final MobileDetBlock WIDE_TUCKER = new Tucker(0.75, 0.75, 3);

  /** For the Edge TPU: full convolutions up to stride 16. */
  public static final MobileDet EDGE_TPU =
      new MobileDet(
          32,
          new Style(Nonlinearity.RELU6, false),
          List.of(
              group(1, 16, TUCKER),
              group(2, 16, FUSED_8, FUSED_4, FUSED_8, FUSED_4),
              group(2, 40, FUSED_8_5X5, FUSED_4, FUSED_4, FUSED_4),
              group(2, 72, IBN_8, IBN_8, FUSED_4, FUSED_4),
              group(1, 96, IBN_8_5X5, IBN_8_5X5, IBN_8, IBN_8),
              group(2, 120, IBN_8_5X5, IBN_8, IBN_4_5X5, IBN_8),
              group(1, 384, IBN_8_5X5)));

  /** For the Hexagon DSP. */
  public static final MobileDet DSP =
      new MobileDet(
          32,
          new Style(Nonlinearity.RELU6, false),
          List.of(
              group(1, 24, NARROW),
              group(2, 32, FUSED_4, FUSED_4, IBN_4, TUCKER),
              group(2, 64, FUSED_8, IBN_4, FUSED_4, FUSED_4),
              group(2, 120, FUSED_8, IBN_4, IBN_8, IBN_8),
              group(1, 144, FUSED_8, IBN_8, IBN_8, IBN_8),
              group(2, 160, IBN_4, IBN_4, FUSED_4, WIDE_TUCKER),
              group(1, 240, IBN_8)));

  /** For phone CPUs: depthwise convolutions with squeeze-and-excitation only. */
  public static final MobileDet CPU =
      new MobileDet(
          16,
          new Style(Nonlinearity.HARD_SWISH, true),
          List.of(
              group(1, 8, NARROW),
              group(2, 16, IBN_4),
              group(2, 32, IBN_8, IBN_4, IBN_4, IBN_4),
              group(2, 72, IBN_8_5X5, IBN_8, IBN_4_5X5, IBN_4),
              group(1, 72, IBN_8, IBN_8, IBN_8, IBN_8),
              group(2, 104, IBN_8_5X5, IBN_4_5X5, IBN_4_5X5, IBN_4),
              group(1, 144, IBN_8)));

  public MobileDet {
    groups = List.copyOf(groups);
  }

  private static Group group(int stride, int channels, MobileDetBlock... blocks) {
    return new Group(stride, channels, Arrays.asList(blocks));
  }

  /** The layers before the head, with maps of levels 1 to 5. */
  public FeatureMaps features(GraphBuilder net, Value image) {
    SortedMap<Integer, Value> levels = new TreeMap<>();
    int level = 1;
    Kernel kernel = Kernel.of(3).stride(2);
    Value x = net.scope("stem").conv("conv3x3", image, stem, kernel, style.nonlinearity());
    for (int g = 0; g < groups.size(); g++) {
      Group group = groups.get(g);
      level += group.stride() == 1 ? 0 : 1;
      for (int b = 0; b < group.blocks().size(); b++) {
        boolean first = b == 0;
        GraphBuilder view = net.scope("g" + g + "b" + b);
        int stride = first ? group.stride() : 1;
        x = group.blocks().get(b).write(view, x, group.channels(), stride, !first, style);
      }
      levels.put(level, x);
    }
    return new FeatureMaps(levels);
  }
}
