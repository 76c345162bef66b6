package dev.ppe.simulator.validation.subject;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.PadMode;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Window;
import dev.ppe.simulator.zoo.classification.MobileNetV2;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Networks that the vendor's compiler was given and whose names say what they are. Those called
 * {@code model_...} are uint8 networks of one author: {@code model_conv} is published as a file,
 * and the others are made of the same parts, which their sizes confirm.
 */
final class CompiledNetworks {
  private static final int CLASSES = 1000;

  private record Form(Pattern name, Function<MatchResult, Optional<Graph>> network) {
    static Form of(String name, Function<int[], Graph> network) {
      return new Form(Pattern.compile(name), match -> Optional.of(network.apply(numbers(match))));
    }
  }

  private static final List<Form> FORMS =
      List.of(
          Form.of(
              "conv2d_(\\d{1,5})x(\\d{1,5})x(\\d{1,5})_to_(\\d{1,5})_k(\\d{1,2})_s(\\d{1,2})_same_quant",
              n -> convolution(n[0], n[1], n[2], n[3], Kernel.of(n[4]).stride(n[5]))),
          Form.of("dense_(\\d{1,5})", n -> dense(n[0])),
          Form.of("model_padding_(\\d{1,5})x(\\d{1,5})x3", n -> padding(n[0], n[1])),
          Form.of("model_stride_(\\d{1,5})x(\\d{1,5})x3", n -> stride(n[0], n[1])),
          Form.of(
              "model_conv_(\\d{1,5})x(\\d{1,5})x3x(\\d{1,5})x(\\d{1,2})x(\\d{1,3})",
              n -> convolutions(n[0], n[1], n[2], n[3], n[4])),
          Form.of(
              "model_dense_(\\d{1,5})x(\\d{1,5})x3x(\\d{1,5})x(\\d{1,3})",
              n -> denseStack(n[0], n[1], n[2], n[3])),
          Form.of("model_mobilenet_v2_w_fc_(\\d{1,5})x\\1x3", n -> mobileNetV2(n[0], true)),
          Form.of("model_mobilenet_v2_wo_fc_(\\d{1,5})x\\1x3", n -> mobileNetV2(n[0], false)),
          new Form(
              Pattern.compile(
                  "ssd_mobilenet_v1_coco_quant_postprocess_segment_(\\d)_of_(\\d{1,2})"),
              match -> SsdSegments.of(numbers(match)[0], numbers(match)[1])));

  private CompiledNetworks() {}

  /**
   * The network of that name, if its structure is known.
   *
   * @throws IllegalArgumentException if its sizes fit no network
   */
  static Optional<Graph> find(String name) {
    for (Form form : FORMS) {
      Matcher match = form.name().matcher(name);
      if (match.matches()) {
        return form.network().apply(match.toMatchResult()).map(graph -> graph.withName(name));
      }
    }
    return Optional.empty();
  }

  private static int[] numbers(MatchResult match) {
    int[] numbers = new int[match.groupCount()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Integer.parseInt(match.group(i + 1));
    }
    return numbers;
  }

  private static Graph convolution(int height, int width, int inputs, int outputs, Kernel kernel) {
    GraphBuilder net = int8();
    Value x = net.input("image", 1, height, width, inputs);
    return net.build(net.conv("conv", x, outputs, kernel, Activation.NONE));
  }

  private static Graph dense(int units) {
    GraphBuilder net = int8();
    Value x = net.input("features", 1, units);
    return net.build(net.fullyConnected("dense", x, units, Activation.NONE));
  }

  /** 2 x 2 x 3 padded up. */
  private static Graph padding(int height, int width) {
    GraphBuilder net = int8();
    return PerTensorUint8.of(net.build(padded(net, height, width)));
  }

  private static Value padded(GraphBuilder net, int height, int width) {
    Operator pad =
        new Operator.Pad(
            List.of(0, 0, 0, 0), List.of(0, height - 2, width - 2, 0), PadMode.CONSTANT);
    return net.apply("pad", pad, net.input("image", 1, 2, 2, 3));
  }

  /** The last layer of {@code model_conv} by itself; it explains the 64 bytes of parameters. */
  private static Graph stride(int height, int width) {
    GraphBuilder net = int8();
    Value x = net.input("image", 1, height, width, 3);
    return PerTensorUint8.of(net.build(single(net, x)));
  }

  /** A 1 x 1 convolution whose stride is the whole map: one element. */
  private static Value single(GraphBuilder net, Value x) {
    Window window = new Window(1, 1, x.height(), x.width(), 1, 1, Padding.VALID);
    return net.conv("stride", x, 1, new Kernel(window), Activation.NONE);
  }

  private static Graph convolutions(int height, int width, int filters, int kernel, int layers) {
    GraphBuilder net = int8();
    Value x = padded(net, height, width);
    for (int i = 0; i < layers; i++) {
      x = net.conv("conv" + i, x, filters, Kernel.of(kernel), Activation.RELU);
    }
    return PerTensorUint8.of(net.build(single(net, x)));
  }

  /**
   * Flattened, the layers, and one unit at the end: 16 x 128 + 512, 99 times 100 x 128 + 512 and
   * 100 x 16 + 64 bytes of parameters, of which all but the last 22 layers are cached, are the
   * 1,040,896 and 281,216 bytes that the compiler reports of 100 layers of 100 units.
   */
  private static Graph denseStack(int height, int width, int units, int layers) {
    GraphBuilder net = int8();
    Value x = net.reshape("flatten", net.input("image", 1, height, width, 3), 1, -1);
    for (int i = 0; i < layers; i++) {
      x = net.fullyConnected("dense" + i, x, units, Activation.RELU);
    }
    return PerTensorUint8.of(net.build(net.fullyConnected("last", x, 1, Activation.NONE)));
  }

  /** Its parameters are those of the published uint8 model to the byte. */
  private static Graph mobileNetV2(int resolution, boolean classifier) {
    if (classifier) {
      return PerTensorUint8.of(
          MobileNetV2.DEFAULT
              .model()
              .graph(
                  MobileNetV2.DEFAULT
                      .model()
                      .defaults()
                      .withResolution(resolution)
                      .withClasses(CLASSES)));
    }
    GraphBuilder net = int8();
    Value image = net.input("image", 1, resolution, resolution, 3);
    Value top = MobileNetV2.DEFAULT.backbone().features(net, image).top();
    return PerTensorUint8.of(net.build(net.pointwise("head", top, 1280, Nonlinearity.RELU6)));
  }

  private static GraphBuilder int8() {
    return GraphBuilder.named("compiled", Arithmetic.INT8);
  }
}
