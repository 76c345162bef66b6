package dev.ppe.simulator.zoo.classification;

import dev.ppe.simulator.builder.Blocks;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * FBNet A, B and C of Wu et al., "FBNet: Hardware-Aware Efficient ConvNet Design via Differentiable
 * Neural Architecture Search" (2019), whose search chose a block for each place of a fixed frame;
 * definitions as released (facebookresearch/mobile-vision). The output is logits.
 *
 * <p>A block {@code k5e1g2} has a 5 x 5 depthwise convolution, expands onefold, and has its 1 x 1
 * convolutions in 2 groups with a channel shuffle after the first one.
 *
 * @param variant the network's name, for example {@code A}
 * @param blocks names of the blocks chosen, stages apart by slashes
 * @param headChannels before the pooling
 */
public record FbNet(String variant, String blocks, int headChannels) {
  private static final Pattern BLOCK = Pattern.compile("k(\\d+)e(\\d+)(?:g(\\d+))?");
  private static final int STEM = 16;

  /** What the frame fixes of a stage. */
  private record Frame(int channels, int stride) {}

  private static final List<Frame> FRAMES =
      List.of(
          new Frame(16, 1),
          new Frame(24, 2),
          new Frame(32, 2),
          new Frame(64, 2),
          new Frame(112, 1),
          new Frame(184, 2),
          new Frame(352, 1));

  public static final FbNet A =
      new FbNet(
          "A",
          "skip / k3e3 k3e1 skip skip / k5e6 k3e3 k5e1 k3e3 / k5e6 k5e3 k5e1g2 k5e6"
              + " / k3e6 k5e1g2 k5e3 k3e1g2 / k5e6 k5e6 k5e3 k5e6 / k5e6",
          1504);
  public static final FbNet B =
      new FbNet(
          "B",
          "k3e1 / k3e6 k5e1 k3e1 k3e1 / k5e6 k5e3 k3e6 k5e6 / k5e6 k5e6 skip k5e3"
              + " / k5e6 k3e1 k5e1 k5e3 / k5e6 k5e1 k5e6 k5e6 / k3e6",
          1984);
  public static final FbNet C =
      new FbNet(
          "C",
          "k3e1 / k3e6 skip k3e1 k3e1 / k5e6 k5e3 k5e6 k3e6 / k5e6 k5e3 k5e6 k5e6"
              + " / k5e6 k5e6 k5e6 k5e3 / k5e6 k5e6 k5e6 k5e6 / k3e6",
          1984);

  public FbNet {
    int stages = stages(blocks).size();
    if (stages != FRAMES.size()) {
      throw new IllegalArgumentException(
          "has blocks for %d stages, must be %d".formatted(stages, FRAMES.size()));
    }
  }

  private static List<String> stages(String blocks) {
    return List.of(blocks.split(" / ", -1));
  }

  static List<ZooModel> models() {
    return Stream.of(A, B, C).map(FbNet::model).toList();
  }

  /** The network as the zoo has it, for example {@code fbnet_a}. */
  public ZooModel model() {
    return ZooModel.classifier(
        name(), List.of(), "FBNet", ModelOptions.image(224, 1000), this::graph);
  }

  private String name() {
    return "fbnet_" + variant.toLowerCase(Locale.ROOT);
  }

  private Graph graph(ModelOptions options) {
    GraphBuilder net = GraphBuilder.named(name(), options.arithmetic());
    Value x = StagedNetwork.stem(net, options, 3, STEM, Nonlinearity.RELU);
    List<String> stages = stages(blocks);
    for (int s = 0; s < FRAMES.size(); s++) {
      List<String> chosen = List.of(stages.get(s).split(" ", -1));
      for (int b = 0; b < chosen.size(); b++) {
        int stride = b == 0 ? FRAMES.get(s).stride() : 1;
        GraphBuilder scope = net.scope("s" + s + "b" + b);
        x = block(scope, x, chosen.get(b), FRAMES.get(s).channels(), stride);
      }
    }
    Head head = new Head.Wide(headChannels, Nonlinearity.RELU);
    return net.build(head.write(net, x, options.classes()));
  }

  private static Value block(GraphBuilder net, Value x, String name, int channels, int stride) {
    if (name.equals("skip")) {
      return x;
    }
    Matcher matcher = BLOCK.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("block is \"" + name + "\", must be like k5e6 or k5e1g2");
    }
    Kernel kernel = Kernel.of(Integer.parseInt(matcher.group(1))).stride(stride);
    int expanded = Integer.parseInt(matcher.group(2)) * x.channels();
    int groups = matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3));
    return block(net, x, expanded, groups, kernel, channels);
  }

  private static Value block(
      GraphBuilder net, Value input, int expanded, int groups, Kernel kernel, int channels) {
    Value x = net.groupConv("expand", input, expanded, groups, Kernel.POINT, Nonlinearity.RELU);
    x = groups > 1 ? Blocks.channelShuffle(net, x, groups) : x;
    x = net.depthwise("dw" + kernel.size(), x, kernel, Nonlinearity.RELU);
    x = net.groupConv("project", x, channels, groups, Kernel.POINT, Nonlinearity.NONE);
    return Blocks.residual(net, input, x, kernel);
  }
}
