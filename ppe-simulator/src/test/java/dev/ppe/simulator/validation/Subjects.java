package dev.ppe.simulator.validation;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ModelReader;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.PadMode;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import dev.ppe.simulator.zoo.classification.MobileNetV2;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The networks that rows are about: from the zoo, from a file, or written here layer by layer. */
final class Subjects {
  private static final Path MODELS = GroundTruth.SHARED.resolve("models");

  private static final Map<String, String> ZOO_NAMES =
      Map.ofEntries(
          Map.entry("Inception v1", "inception_v1"),
          Map.entry("Inception V1 (models page)", "inception_v1"),
          Map.entry("Inception v4", "inception_v4"),
          Map.entry("MobileNet v1", "mobilenet_v1"),
          Map.entry("MobileNet V1 0.25 (models page)", "mobilenet_v1_0.25_128"),
          Map.entry("MobileNet v2", "mobilenet_v2"),
          Map.entry("ResNet-50 V1", "resnet50"),
          Map.entry("SqueezeNet", "squeezenet"),
          Map.entry("VGG16", "vgg16"),
          Map.entry("EfficientNet-EdgeTpu-S", "efficientnet_edgetpu_s"),
          Map.entry("EfficientNet-EdgeTpu-S (models page)", "efficientnet_edgetpu_s"),
          Map.entry("MobileNetEdgeTPUv2-Tiny", "mobilenet_edgetpu_v2_tiny"),
          Map.entry("MobileNetEdgeTPUv2-S", "mobilenet_edgetpu_v2_s"),
          Map.entry("MobileNetEdgeTPUv2-L", "mobilenet_edgetpu_v2_l"),
          Map.entry("MobileNetEdgeTPU dm1.0", "mobilenet_edgetpu"),
          Map.entry("MobileNetEdgeTPU dm1.5", "mobilenet_edgetpu_1.5"),
          Map.entry(
              "deeplabv3plus_mobilenet_edgetpuv2_s (argmax)",
              "deeplabv3plus_mobilenet_edgetpuv2_s"),
          Map.entry(
              "deeplabv3plus_mobilenet_edgetpuv2_s (fused argmax)",
              "deeplabv3plus_mobilenet_edgetpuv2_s_fused_argmax"),
          Map.entry("autoseg_edgetpu_xs (argmax)", "autoseg_edgetpu_xs"));

  private static final Pattern PADDING = Pattern.compile("model_padding_(\\d+)x(\\d+)x3");
  private static final Pattern DENSE = Pattern.compile("dense_(\\d+)");
  private static final Pattern WITHOUT_CLASSIFIER =
      Pattern.compile("model_mobilenet_v2_wo_fc_(\\d+)x\\d+x3");

  private Subjects() {}

  /** A row's network, or why there is none. */
  sealed interface Subject {
    /** The network. */
    record Found(Graph graph) implements Subject {}

    /** Why there is none. */
    record Absent(String reason) implements Subject {}
  }

  /** The network of the zoo that is published under {@code name}, for a square image. */
  static Subject published(String name, String inputSize) {
    String zooName = ZOO_NAMES.getOrDefault(name, name);
    int resolution = Integer.parseInt(inputSize.substring(0, inputSize.indexOf('x')));
    return Zoo.find(zooName)
        .<Subject>map(
            model -> new Subject.Found(model.graph(model.defaults().withResolution(resolution))))
        .orElseGet(() -> new Subject.Absent("the zoo has no " + zooName));
  }

  /** What the vendor's compiler was given under {@code name}. */
  static Subject compiled(String name) {
    Path file = MODELS.resolve(name + ".tflite");
    if (Files.exists(file)) {
      return new Subject.Found(read(name, file));
    }
    Matcher padding = PADDING.matcher(name);
    if (padding.matches()) {
      return new Subject.Found(
          padding(Integer.parseInt(padding.group(1)), Integer.parseInt(padding.group(2))));
    }
    Matcher dense = DENSE.matcher(name);
    if (dense.matches()) {
      int units = Integer.parseInt(dense.group(1));
      return new Subject.Found(dense(units, List.of(units)));
    }
    Matcher withoutClassifier = WITHOUT_CLASSIFIER.matcher(name);
    if (withoutClassifier.matches()) {
      return new Subject.Found(withoutClassifier(Integer.parseInt(withoutClassifier.group(1))));
    }
    if (name.equals("model_mobilenet_v2_w_fc_224x224x3")) {
      ZooModel model = Zoo.find("mobilenet_v2").orElseThrow();
      return new Subject.Found(model.graph(model.defaults().withClasses(1000)));
    }
    return new Subject.Absent(
        name.startsWith("ssd_")
            ? "no file; where the pipeline is cut is not published with it"
            : "no file, and no description to build it from");
  }

  /** Five 3 x 3 convolutions with ReLU on 64 x 64 x 3. */
  static Graph convolutions(int filters) {
    GraphBuilder net = GraphBuilder.named("conv5-" + filters, Arithmetic.INT8);
    Value x = net.input("image", 1, 64, 64, 3);
    for (int i = 0; i < 5; i++) {
      x = net.conv("conv" + i, x, filters, Kernel.of(3), Activation.RELU);
    }
    return net.build(x);
  }

  /** A stack of dense layers of these widths, with ReLU between them. */
  static Graph dense(int features, List<Integer> widths) {
    GraphBuilder net = GraphBuilder.named("dense-" + widths, Arithmetic.INT8);
    Value x = net.input("features", 1, features);
    for (int i = 0; i < widths.size(); i++) {
      Activation activation = i < widths.size() - 1 ? Activation.RELU : Activation.NONE;
      x = net.fullyConnected("dense" + i, x, widths.get(i), activation);
    }
    return net.build(x);
  }

  private static Graph padding(int height, int width) {
    GraphBuilder net = GraphBuilder.named("padding", Arithmetic.INT8);
    Value x = net.input("image", 1, 2, 2, 3);
    Operator pad =
        new Operator.Pad(
            List.of(0, 0, 0, 0), List.of(0, height - 2, width - 2, 0), PadMode.CONSTANT);
    return net.build(net.apply("pad", pad, x));
  }

  private static Graph withoutClassifier(int resolution) {
    GraphBuilder net = GraphBuilder.named("mobilenet_v2_wo_fc", Arithmetic.INT8);
    Value image = net.input("image", 1, resolution, resolution, 3);
    Value top = MobileNetV2.DEFAULT.backbone().features(net, image).top();
    return net.build(net.pointwise("head", top, 1280, Nonlinearity.RELU6));
  }

  private static Graph read(String name, Path file) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      return ModelReader.read(name, bytes, ImportOptions.DEFAULT).graph();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
