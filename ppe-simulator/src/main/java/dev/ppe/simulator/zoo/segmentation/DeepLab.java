package dev.ppe.simulator.zoo.segmentation;

import static dev.ppe.simulator.builder.Nonlinearity.RELU;

import dev.ppe.simulator.builder.Blocks;
import dev.ppe.simulator.builder.Chain;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.PyramidBlocks;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.zoo.FeatureMaps;
import java.util.ArrayList;
import java.util.List;

/**
 * Heads on atrous spatial pyramid pooling: convolutions of several dilations and the average of the
 * whole map, side by side over the backbone's last map.
 *
 * @param channels of each branch and of the result
 * @param dilations of the separable convolutions beside the 1 x 1 one
 */
record DeepLab(int channels, List<Integer> dilations) {
  /** Channels of the decoder's convolutions. */
  private static final int DECODER_CHANNELS = 256;

  /**
   * DeepLabv3 for mobile devices (Chen et al., "Rethinking Atrous Convolution", 2017, as Sandler et
   * al., "MobileNetV2", 2018, reduced it).
   */
  static final DeepLab V3_MOBILE = new DeepLab(256, List.of());

  /** DeepLabv3+ of the TensorFlow Model Garden's EdgeTPU project. */
  static final DeepLab V3_PLUS = new DeepLab(128, List.of(5, 10, 15));

  DeepLab {
    dilations = List.copyOf(dilations);
  }

  /** Logits right on the pooled pyramid: DeepLabv3. */
  Value logits(GraphBuilder net, Value x, int classes) {
    return net.scope("logits").pointwise("conv1x1", pyramid(net, x), classes, Activation.NONE);
  }

  /**
   * Logits after a decoder that joins a finer map: DeepLabv3+ (Chen et al., "Encoder-Decoder with
   * Atrous Separable Convolution", 2018).
   *
   * @param fine the level of that map
   * @param fineChannels it is reduced to
   */
  Value decodedLogits(
      GraphBuilder net, FeatureMaps features, int fine, int fineChannels, int classes) {
    Value coarse = pyramid(net, features.top());
    GraphBuilder head = net.scope("head");
    Value low = head.pointwise("low-level", features.level(fine), fineChannels, RELU);
    Value enlarged = head.resizeBilinear("resize", coarse, low.height(), low.width());
    Chain x = head.chain(head.concat("concat", -1, List.of(enlarged, low)));
    for (int i = 0; i < 2; i++) {
      x = x.block("conv" + i, DeepLab::separable);
    }
    return x.pointwise("logits", classes, Nonlinearity.NONE).value();
  }

  private static Value separable(GraphBuilder net, Value x) {
    return Blocks.depthwiseSeparable(net, x, DECODER_CHANNELS, Kernel.of(3), RELU);
  }

  private Value pyramid(GraphBuilder net, Value x) {
    GraphBuilder aspp = net.scope("aspp");
    List<Value> branches = new ArrayList<>();
    branches.add(aspp.pointwise("conv1x1", x, channels, RELU));
    for (int dilation : dilations) {
      Kernel kernel = Kernel.of(3).dilation(dilation);
      branches.add(
          PyramidBlocks.separable(
              aspp.scope("dilation" + dilation), x, channels, kernel, Activation.RELU));
    }
    branches.add(average(aspp.scope("pool"), x));
    Value joined = aspp.concat("concat", -1, branches);
    return aspp.pointwise("project", joined, channels, RELU);
  }

  private Value average(GraphBuilder net, Value x) {
    Kernel whole = Kernel.of(x.height(), x.width()).stride(x.height()).padding(Padding.VALID);
    Value pooled = net.averagePool("average", x, whole);
    Value projected = net.pointwise("conv1x1", pooled, channels, RELU);
    return net.resizeBilinear("resize", projected, x.height(), x.width());
  }
}
