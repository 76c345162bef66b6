package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ImportedModel;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.format.onnx.file.Footprint;
import dev.ppe.simulator.format.onnx.file.ModelParser;
import dev.ppe.simulator.format.onnx.file.StoredModel;
import dev.ppe.simulator.format.onnx.file.StoredTensor;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.GraphVerifier;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads an ONNX model into a graph: feature maps become channels last, what the file spells out in
 * several nodes becomes one operator, and quantised operators compute with integers.
 *
 * <p>Weights are not read, in the file or beside it. The bytes may be anything.
 */
public final class OnnxReader {
  /**
   * What the name of a layer normalisation's scale ends in that stands for none: the format takes
   * none without, so the writer adds one of ones.
   */
  public static final String ABSENT_SCALE = "/absent_scale";

  /** The oldest operator set with today's rules of broadcasting. */
  private static final int OLDEST_OPSET = 7;

  /** The oldest one that is fully described here. */
  private static final int FIRST_OPSET = 9;

  private static final int MAX_NOTES = 20;

  private OnnxReader() {}

  /** Whether the bytes look like such a model. */
  public static boolean recognises(ByteBuffer bytes) {
    return ModelParser.recognises(bytes);
  }

  /**
   * The model in {@code bytes}, from its position to its limit; neither changes.
   *
   * @param name the graph's name
   * @throws ModelFormatException if it cannot be understood: names the node, tensor or byte
   * @throws dev.ppe.simulator.graph.GraphException if the network is invalid
   * @throws dev.ppe.simulator.graph.GraphTooLargeException if it exceeds the options' limits
   */
  public static ImportedModel read(String name, ByteBuffer bytes, ImportOptions options) {
    return read(name, bytes, options, Interruption.NEVER);
  }

  /** The same, as long as it is wanted. */
  public static ImportedModel read(
      String name, ByteBuffer bytes, ImportOptions options, Interruption interruption) {
    StoredModel model = ModelParser.parse(bytes, options.limits(), interruption);
    List<String> notes = new ArrayList<>();
    checkOpset(model.opset(), notes);
    List<StoredTensor> stored = model.graph().initializers();
    ExternalData.check(stored, options.folder(), notes, interruption);
    noteSparsity(stored, notes);
    Graph graph = new Translation(model, options, notes, interruption).run(name);
    return new ImportedModel(
        GraphVerifier.verify(graph, options.limits(), interruption), fewNotes(notes));
  }

  /**
   * Bytes of heap that reading a model takes at the most, besides the file's own; more than {@code
   * most} are not told apart.
   *
   * @throws dev.ppe.simulator.graph.GraphTooLargeException if it exceeds {@code limits}
   */
  public static long footprint(
      ByteBuffer bytes, GraphLimits limits, long most, Interruption interruption) {
    return Footprint.of(bytes, limits, most, interruption);
  }

  /**
   * Checks the files beside a model in which its weights may be, for whoever has the model's folder
   * but hands on its bytes alone.
   *
   * @throws ModelFormatException naming the tensor and the file that is missing, too short or
   *     outside of {@code folder}; or the byte if the model is damaged
   */
  public static void requireFiles(ByteBuffer bytes, GraphLimits limits, Path folder) {
    StoredModel model = ModelParser.parse(bytes, limits, Interruption.NEVER);
    ExternalData.check(
        model.graph().initializers(), Optional.of(folder), new ArrayList<>(), Interruption.NEVER);
  }

  private static void checkOpset(long opset, List<String> notes) {
    if (opset < OLDEST_OPSET) {
      throw new ModelFormatException(
          "model",
          "uses operator set %d; %d and newer are understood".formatted(opset, FIRST_OPSET));
    }
    if (opset < FIRST_OPSET) {
      notes.add("operator set %d is read by the rules of %d".formatted(opset, FIRST_OPSET));
    }
  }

  private static void noteSparsity(List<StoredTensor> stored, List<String> notes) {
    long sparse = stored.stream().filter(StoredTensor::sparse).count();
    if (sparse > 0) {
      notes.add(sparse + " tensors are stored sparse: they count as dense");
    }
  }

  private static List<String> fewNotes(List<String> notes) {
    if (notes.size() <= MAX_NOTES) {
      return notes;
    }
    List<String> few = new ArrayList<>(notes.subList(0, MAX_NOTES));
    few.add("and %d more notes".formatted(notes.size() - MAX_NOTES));
    return few;
  }
}
