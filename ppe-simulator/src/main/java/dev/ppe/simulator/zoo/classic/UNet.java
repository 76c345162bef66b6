package dev.ppe.simulator.zoo.classic;

import dev.ppe.simulator.builder.Blocks;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The U-Net (Ronneberger et al., 2015) of TensorFlow's tutorial on image segmentation. Its encoder
 * is MobileNetV2 up to the last bottleneck; its decoder doubles the map with transposed
 * convolutions, as pix2pix does (Isola et al., 2016). The output is logits at full resolution.
 */
public final class UNet {
  private static final String NAME = "unet_mobilenet_v2_128";
  private static final int RESOLUTION = 128;

  /** The tutorial's: animal, border, background. */
  private static final int CLASSES = 3;

  /** Five layers halve the map. */
  private static final int HALVINGS = 32;

  private static final int STEM = 32;
  private static final int EXPANSION = 6;
  private static final Kernel KERNEL = Kernel.of(3);
  private static final List<Integer> DECODER = List.of(512, 256, 128, 64);

  /** A row of MobileNetV2's table; the first block strides. */
  private record Stage(int channels, int repeats, int stride) {}

  private static final List<Stage> ENCODER =
      List.of(
          new Stage(24, 2, 2),
          new Stage(32, 3, 2),
          new Stage(64, 4, 2),
          new Stage(96, 3, 1),
          new Stage(160, 3, 2));

  private static final int FIRST = 16;
  private static final int LAST = 320;

  private UNet() {}

  static List<ZooModel> models() {
    return List.of(
        new ZooModel(
            NAME,
            List.of(),
            "U-Net",
            "semantic segmentation, MobileNetV2 as the encoder",
            ModelOptions.image(RESOLUTION, CLASSES),
            UNet::graph));
  }

  private static Graph graph(ModelOptions options) {
    GraphBuilder net = GraphBuilder.named(NAME, options.arithmetic());
    if (options.resolution() % HALVINGS != 0) {
      throw net.mistake(
          "image",
          "%d rows are no multiple of %d: the decoder doubles what the encoder halves"
              .formatted(options.resolution(), HALVINGS));
    }
    Deque<Value> taps = new ArrayDeque<>();
    Value x = encode(net, Classifier.image(net, options), taps);
    for (int i = 0; i < DECODER.size(); i++) {
      GraphBuilder up = net.scope("up" + i);
      x = up.transposeConv("double", x, DECODER.get(i), KERNEL.stride(2), Activation.RELU);
      x = up.concat("skip", -1, List.of(x, taps.pop()));
    }
    return net.build(
        net.scope("logits")
            .transposeConv("double", x, options.classes(), KERNEL.stride(2), Activation.NONE));
  }

  /** Taps the maps that strided blocks are about to halve, where they are widest. */
  private static Value encode(GraphBuilder net, Value image, Deque<Value> taps) {
    Value x = net.scope("stem").conv("conv3x3", image, STEM, KERNEL.stride(2), Activation.RELU6);
    GraphBuilder first = net.scope("e0b0");
    x = Blocks.project(first, filter(first, x, 1), FIRST);
    for (int s = 0; s < ENCODER.size(); s++) {
      Stage stage = ENCODER.get(s);
      for (int b = 0; b < stage.repeats(); b++) {
        GraphBuilder block = net.scope("e" + (s + 1) + "b" + b);
        int stride = b == 0 ? stage.stride() : 1;
        Value wide = expand(block, x);
        if (stride == 2) {
          taps.push(wide);
        }
        Value narrow = Blocks.project(block, filter(block, wide, stride), stage.channels());
        x = b == 0 ? narrow : block.add("add", narrow, x, Activation.NONE);
      }
    }
    GraphBuilder last = net.scope("e6b0");
    // The tutorial takes this projection before its normalisation: there is no bias to fold.
    return Blocks.project(last.withoutBias(), filter(last, expand(last, x), 1), LAST);
  }

  private static Value expand(GraphBuilder block, Value x) {
    return block.pointwise("expand", x, EXPANSION * x.channels(), Activation.RELU6);
  }

  private static Value filter(GraphBuilder block, Value wide, int stride) {
    return block.depthwise("dw3x3", wide, KERNEL.stride(stride), Activation.RELU6);
  }
}
