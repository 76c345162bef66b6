package dev.ppe.simulator.validation.subject;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Window;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.validation.data.Row;
import dev.ppe.simulator.zoo.ZooModel;
import dev.ppe.simulator.zoo.detection.Detection;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the network of a row. Whatever keeps it from being found is said, and never thrown. */
public final class Subjects {
  private static final Pattern IMAGE = Pattern.compile("(\\d{1,5})x(\\d{1,5})x(\\d{1,4})");
  private static final Pattern QUANTIZED =
      Pattern.compile("(mobilenet_v[12]_\\d\\.\\d+|inception_v\\d)_(\\d{2,4})_quant");
  private static final int CLASSES_AND_BACKGROUND = 1001;

  private final Optional<ModelFolder> files;

  /**
   * Subjects from the zoo, from descriptions and, where there is one, from a folder.
   *
   * @param models a folder of {@code .tflite} files named like the rows' models
   */
  public Subjects(Optional<Path> models) {
    this.files = models.map(ModelFolder::new);
  }

  /**
   * The int8 network published under the row's {@code model} for an image of {@code input_hwc}.
   * Detectors are published, and so measured, with their selection of boxes.
   */
  public Subject published(Row row) {
    String name = row.text("model");
    Matcher image = IMAGE.matcher(row.text("input_hwc"));
    if (!image.matches() || !image.group(1).equals(image.group(2))) {
      return new Subject.Absent("input %s is no square image".formatted(row.text("input_hwc")));
    }
    int resolution = Integer.parseInt(image.group(1));
    return file(name)
        .or(
            () ->
                ZooNames.find(name, resolution)
                    .map(model -> Detection.find(model.name() + "_postprocess").orElse(model))
                    .map(model -> ofZoo(model, resolution)))
        .orElseGet(() -> unknown(name));
  }

  private static Subject ofZoo(ZooModel model, int resolution) {
    return built(
        "zoo: " + model.name(), () -> model.graph(model.defaults().withResolution(resolution)));
  }

  private static Subject unknown(String name) {
    return new Subject.Absent(
        "no file and no network of the zoo"
            + ZooNames.hint(name).map(hint -> "; " + hint).orElse(""));
  }

  /** What the vendor's compiler was given under the row's {@code model}. */
  public Subject compiled(Row row) {
    String name = row.text("model");
    return file(name).or(() -> described(name)).orElseGet(() -> undescribed(name));
  }

  private static Optional<Subject> described(String name) {
    try {
      Optional<Subject> known =
          CompiledNetworks.find(name).map(graph -> new Subject.Found(graph, "description"));
      return known.or(() -> quantized(name));
    } catch (IllegalArgumentException e) {
      return Optional.of(new Subject.Absent(String.valueOf(e.getMessage())));
    }
  }

  /** TensorFlow's hosted classifiers: uint8, named by their resolution. */
  private static Optional<Subject> quantized(String name) {
    Matcher match = QUANTIZED.matcher(name);
    if (!match.matches()) {
      return Optional.empty();
    }
    int resolution = Integer.parseInt(match.group(2));
    return ZooNames.find(match.group(1), resolution)
        .map(
            model ->
                built(
                    "zoo: " + model.name(),
                    () ->
                        PerTensorUint8.of(
                            model.graph(
                                model
                                    .defaults()
                                    .withResolution(resolution)
                                    .withClasses(CLASSES_AND_BACKGROUND)))));
  }

  private static Subject undescribed(String name) {
    return new Subject.Absent(
        switch (name) {
          case "model_mat_Add" -> "how many additions it has is not published";
          case "split_concat" -> "what it splits and joins is not published";
          default -> "no file, and no description to build it from";
        });
  }

  /** Five convolutions of the row's {@code filters}. */
  public Subject convolutions(Row row) {
    return checked(row, built("description", () -> Sweeps.convolutions(row.size("filters"))));
  }

  /** Dense layers as the row's {@code layers} tells. */
  public Subject dense(Row row) {
    return checked(row, built("description", () -> Sweeps.dense(row.text("layers"))));
  }

  /** A network of another size than the row's own count is not what was measured. */
  private static Subject checked(Row row, Subject subject) {
    if (subject instanceof Subject.Found(Graph graph, String origin)
        && Workload.macs(graph) != row.count("macs")) {
      return new Subject.Absent(
          "the row has %d MACs, the network built from it %d"
              .formatted(row.count("macs"), Workload.macs(graph)));
    }
    return subject;
  }

  /**
   * One convolution as SCALE-Sim lists it: without padding, but with a last window that may reach
   * over the edge. A depthwise layer stands there as a convolution of one filter.
   */
  public Subject singleLayer(Row row) {
    return built("description", () -> convolution(row));
  }

  private static Graph convolution(Row row) {
    int stride = row.size("stride");
    Padding overhang =
        Padding.explicit(
            0,
            overhang(row.size("ifmap_h"), row.size("filter_h"), stride),
            0,
            overhang(row.size("ifmap_w"), row.size("filter_w"), stride));
    Window window =
        new Window(row.size("filter_h"), row.size("filter_w"), stride, stride, 1, 1, overhang);
    GraphBuilder net = GraphBuilder.named(row.text("layer"), Arithmetic.INT8);
    Value x = net.input("image", 1, row.size("ifmap_h"), row.size("ifmap_w"), row.size("channels"));
    return net.build(net.conv("conv", x, row.size("filters"), new Kernel(window), Activation.NONE));
  }

  /** What the last of ceil((size - kernel) / stride) + 1 windows lacks. */
  private static int overhang(int size, int kernel, int stride) {
    int steps = Math.max(0, size - kernel);
    return Math.ceilDiv(steps, stride) * stride - steps;
  }

  private Optional<Subject> file(String name) {
    return files.flatMap(folder -> folder.find(name));
  }

  private static Subject built(String origin, Supplier<Graph> network) {
    try {
      return new Subject.Found(network.get(), origin);
    } catch (IllegalArgumentException e) { // sizes that fit no network
      return new Subject.Absent(String.valueOf(e.getMessage()));
    }
  }
}
