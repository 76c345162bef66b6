package dev.ppe.simulator.zoo.detection;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.GraphVerifier;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What published detectors end in: {@code TFLite_Detection_PostProcess}, which decodes boxes by
 * their anchors and suppresses all but the best ones, as the TensorFlow Object Detection API
 * exports it unless told otherwise ({@code export_tflite_ssd_graph.py}). No accelerator has it: a
 * host does it, in floats.
 */
final class PostProcess {
  private static final String SUFFIX = "_postprocess";
  private static final Operator SELECTION = new Operator.Custom("TFLite_Detection_PostProcess");
  private static final String NAME = "detections/select";

  /** Detections of an image, the exporter's default. */
  private static final int DETECTIONS = 10;

  private PostProcess() {}

  /** A detector by its name with {@code _postprocess} behind. */
  static Optional<ZooModel> find(String name, List<ZooModel> detectors) {
    if (!name.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    String plain = name.substring(0, name.length() - SUFFIX.length());
    return detectors.stream()
        .filter(model -> model.answersTo(plain) && model.defaults().classes() != ModelOptions.NONE)
        .findFirst()
        .map(PostProcess::behind);
  }

  private static ZooModel behind(ZooModel model) {
    return new ZooModel(
        model.name() + SUFFIX,
        List.of(),
        model.family(),
        model.description() + ", as published with its selection of boxes",
        model.defaults(),
        options -> behind(model.graph(options)));
  }

  /** Corners [1, 10, 4], classes [1, 10] and scores [1, 10] of the best boxes, and how many [1]. */
  private static Graph behind(Graph graph) {
    List<Tensor> tensors = new ArrayList<>(graph.tensors());
    Tensor boxes = graph.tensor(graph.outputs().getFirst());
    Shape anchors = Shape.of(boxes.shape().dim(1), Anchors.COORDINATES);
    List<Integer> inputs = new ArrayList<>(graph.outputs());
    inputs.add(tensors.size());
    tensors.add(
        Tensor.parameter("detections/anchors", anchors, boxes.type())
            .withType(boxes.type(), boxes.quantization()));
    Shape each = Shape.of(1, DETECTIONS);
    List<Integer> outputs = new ArrayList<>();
    for (Shape shape :
        List.of(Shape.of(1, DETECTIONS, Anchors.COORDINATES), each, each, Shape.of(1))) {
      String name = NAME + ":" + outputs.size();
      outputs.add(tensors.size());
      tensors.add(Tensor.activation(name, shape, DataType.FLOAT32));
    }
    List<Node> nodes = new ArrayList<>(graph.nodes());
    nodes.add(new Node(NAME, SELECTION, inputs, outputs));
    return GraphVerifier.verify(
        new Graph(graph.name() + SUFFIX, tensors, nodes, graph.inputs(), outputs),
        GraphLimits.DEFAULT);
  }
}
