package dev.ppe.simulator.zoo.classification;

import dev.ppe.simulator.builder.Blocks;
import dev.ppe.simulator.builder.Bottleneck;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.FeatureMaps;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * MobileNetEdgeTPU v2, the search results of Akin et al., "Searching for Efficient Neural
 * Architectures for On-Device ML on Edge TPUs" (2022), as released in the TensorFlow Model Garden
 * (official/projects/edgetpu/vision): image classification at 224 x 224 with 1001 classes.
 *
 * <p>Seven groups of blocks. The first block of a group strides, changes the channels and expands
 * eightfold; those after it expand fourfold and are residual. The first group is a lone projection.
 *
 * @param variant the size's name, for example {@code S}
 * @param stemKernel side of the first convolution's kernel
 * @param stemChannels channels after the first convolution
 * @param channels of each group's result
 * @param groupSize expanded channels in each group of a group convolution
 * @param topChannels channels before the classifier
 * @param plan the kind of each block, group by group
 */
public record MobileNetEdgeTpuV2(
    String variant,
    int stemKernel,
    int stemChannels,
    List<Integer> channels,
    int groupSize,
    int topChannels,
    List<List<Kind>> plan) {

  /** What a block is made of. */
  public enum Kind {
    PROJECTION,
    FUSED,
    GROUP_CONV,
    DEPTHWISE
  }

  private static final List<Kind> PROJECTION = List.of(Kind.PROJECTION);
  private static final List<Kind> FUSED_THEN_DEPTHWISE =
      List.of(Kind.FUSED, Kind.DEPTHWISE, Kind.DEPTHWISE, Kind.DEPTHWISE);
  private static final List<Kind> GROUP_CONV_THEN_DEPTHWISE =
      List.of(Kind.GROUP_CONV, Kind.DEPTHWISE, Kind.DEPTHWISE, Kind.DEPTHWISE);
  private static final List<Kind> ALL_DEPTHWISE = Collections.nCopies(4, Kind.DEPTHWISE);
  private static final List<Kind> ALL_GROUP_CONV = Collections.nCopies(4, Kind.GROUP_CONV);

  private static final List<List<Kind>> PLAN =
      List.of(
          PROJECTION,
          List.of(Kind.FUSED, Kind.GROUP_CONV),
          List.of(Kind.FUSED, Kind.GROUP_CONV, Kind.FUSED, Kind.GROUP_CONV),
          FUSED_THEN_DEPTHWISE,
          ALL_DEPTHWISE,
          ALL_DEPTHWISE,
          List.of(Kind.DEPTHWISE));

  private static final List<List<Kind>> TINY_PLAN =
      List.of(
          PROJECTION,
          List.of(Kind.FUSED, Kind.GROUP_CONV),
          ALL_GROUP_CONV,
          GROUP_CONV_THEN_DEPTHWISE,
          ALL_DEPTHWISE,
          ALL_DEPTHWISE,
          List.of(Kind.DEPTHWISE));

  private static final List<Integer> STRIDES = List.of(1, 2, 2, 2, 1, 2, 1);
  private static final int FIRST_EXPANSION = 8;
  private static final int EXPANSION = 4;

  public static final MobileNetEdgeTpuV2 TINY =
      new MobileNetEdgeTpuV2(
          "Tiny", 5, 32, List.of(16, 32, 48, 80, 112, 160, 192), 64, 1280, TINY_PLAN);
  public static final MobileNetEdgeTpuV2 XS =
      new MobileNetEdgeTpuV2("XS", 5, 32, List.of(16, 32, 48, 96, 144, 160, 192), 64, 1280, PLAN);
  public static final MobileNetEdgeTpuV2 S =
      new MobileNetEdgeTpuV2("S", 5, 64, List.of(24, 48, 64, 128, 160, 192, 256), 64, 1280, PLAN);
  public static final MobileNetEdgeTpuV2 M =
      new MobileNetEdgeTpuV2("M", 5, 64, List.of(32, 64, 80, 160, 192, 240, 320), 64, 1344, PLAN);
  public static final MobileNetEdgeTpuV2 L =
      new MobileNetEdgeTpuV2("L", 7, 64, List.of(32, 64, 96, 192, 240, 256, 384), 128, 1408, PLAN);

  /** The released variants, smallest first. */
  public static final List<MobileNetEdgeTpuV2> VARIANTS = List.of(TINY, XS, S, M, L);

  public MobileNetEdgeTpuV2 {
    channels = List.copyOf(channels);
    plan = plan.stream().map(List::copyOf).toList();
    if (channels.size() != STRIDES.size() || plan.size() != STRIDES.size()) {
      throw new IllegalArgumentException(
          "has channels for %d groups and a plan for %d, must be %d"
              .formatted(channels.size(), plan.size(), STRIDES.size()));
    }
  }

  static List<ZooModel> models() {
    return VARIANTS.stream().map(MobileNetEdgeTpuV2::model).toList();
  }

  /** The network as the zoo has it, for example {@code mobilenet_edgetpu_v2_s}. */
  public ZooModel model() {
    return ZooModel.classifier(
        name(), List.of(), "MobileNetEdgeTPUV2", ModelOptions.image(224, 1001), this::graph);
  }

  private String name() {
    return "mobilenet_edgetpu_v2_" + variant.toLowerCase(Locale.ROOT);
  }

  private Graph graph(ModelOptions options) {
    GraphBuilder net = GraphBuilder.named(name(), options.arithmetic());
    Value image = net.input("image", 1, options.resolution(), options.resolution(), 3);
    Value x = features(net, image).top();
    return net.build(new Head.Convolutional(topChannels).write(net, x, options.classes()));
  }

  /** The layers before the top, with maps of levels 1 to 5, for other heads. */
  public FeatureMaps features(GraphBuilder net, Value image) {
    return features(net, image, Integer.MAX_VALUE);
  }

  /**
   * The layers before the top with maps no smaller than an {@code outputStride}th of the image, as
   * {@link Backbone#features(GraphBuilder, Value, int)} has them.
   */
  public FeatureMaps features(GraphBuilder net, Value image, int outputStride) {
    Kernel stem = Kernel.of(stemKernel).stride(2);
    Value x =
        net.scope("stem").conv("conv" + stem.size(), image, stemChannels, stem, Nonlinearity.RELU);
    SortedMap<Integer, Value> levels = new TreeMap<>();
    int level = 1;
    int dilation = 1;
    for (int g = 0; g < plan.size(); g++) {
      int stride = STRIDES.get(g);
      boolean dilates = dilation * stride > 1 && (1 << level) >= outputStride;
      for (int b = 0; b < plan.get(g).size(); b++) {
        Kernel kernel = Kernel.of(3).dilation(dilates && b > 0 ? dilation * stride : dilation);
        GraphBuilder scope = net.scope("g" + g + "b" + b);
        x = block(scope, x, g, b, b == 0 && !dilates ? kernel.stride(stride) : kernel);
      }
      dilation *= dilates ? stride : 1;
      level += stride == 1 || dilates ? 0 : 1;
      levels.put(level, x);
    }
    return new FeatureMaps(levels);
  }

  private Value block(GraphBuilder net, Value x, int group, int index, Kernel kernel) {
    int expanded = (index == 0 ? FIRST_EXPANSION : EXPANSION) * x.channels();
    Bottleneck bottleneck =
        new Bottleneck(expanded, channels.get(group), kernel, Nonlinearity.RELU);
    return switch (plan.get(group).get(index)) {
      case PROJECTION -> Blocks.project(net, x, channels.get(group));
      case FUSED -> Blocks.fused(net, x, bottleneck);
      case GROUP_CONV -> Blocks.groupConv(net, x, bottleneck, groupSize);
      case DEPTHWISE -> Blocks.depthwise(net, x, bottleneck);
    };
  }
}
