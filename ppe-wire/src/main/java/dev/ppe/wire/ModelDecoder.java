package dev.ppe.wire;

import com.google.protobuf.ByteString;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ImportedModel;
import dev.ppe.simulator.format.ModelReader;
import dev.ppe.simulator.graph.DeadNodes;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.v1.EstimateRequest;
import java.util.ArrayList;
import java.util.List;

/** The network of a request, in whichever form it came. */
final class ModelDecoder {
  private ModelDecoder() {}

  /**
   * The verified graph, under the name that the request gives it.
   *
   * @throws IllegalArgumentException if it is missing, too large or cannot be understood
   */
  static ImportedModel decode(
      EstimateRequest request, GraphLimits limits, Interruption interruption) {
    ImportedModel model = read(request, limits, interruption);
    interruption.check();
    return withoutDeadNodes(model, interruption);
  }

  private static ImportedModel read(
      EstimateRequest request, GraphLimits limits, Interruption interruption) {
    ImportOptions options = ImportOptionsDecoder.decode(request, limits);
    return switch (request.getModelCase()) {
      case GRAPH -> named(request.getModelName(), graph(request, options, interruption));
      case TFLITE -> file(request, request.getTflite(), options, interruption);
      case ONNX -> file(request, request.getOnnx(), options, interruption);
      case MODEL_NOT_SET ->
          throw FieldException.of("model", "is missing: set one of graph, tflite, onnx");
    };
  }

  /** A file of either format says itself which it is. */
  private static ImportedModel file(
      EstimateRequest request, ByteString bytes, ImportOptions options, Interruption interruption) {
    return ModelReader.read(
        request.getModelName(), bytes.asReadOnlyByteBuffer(), options, interruption);
  }

  private static ImportedModel graph(
      EstimateRequest request, ImportOptions options, Interruption interruption) {
    Graph graph = GraphCodec.decode(request.getGraph(), options.limits(), interruption);
    List<String> notes = new ArrayList<>();
    if (options.batch() != 1) {
      notes.add("batch %d is ignored: a graph fixes its shapes".formatted(options.batch()));
    }
    if (!options.dimensions().isEmpty()) {
      notes.add("sizes of dimensions are ignored: a graph fixes its shapes");
    }
    return new ImportedModel(graph, notes);
  }

  private static ImportedModel named(String name, ImportedModel model) {
    return name.isEmpty() ? model : new ImportedModel(model.graph().withName(name), model.notes());
  }

  private static ImportedModel withoutDeadNodes(ImportedModel model, Interruption interruption) {
    Graph live = DeadNodes.drop(model.graph(), interruption);
    int dead = model.graph().nodes().size() - live.nodes().size();
    if (dead == 0) {
      return model;
    }
    List<String> notes = new ArrayList<>(model.notes());
    notes.add("%d nodes that no output needs are left out".formatted(dead));
    return new ImportedModel(live, notes);
  }
}
