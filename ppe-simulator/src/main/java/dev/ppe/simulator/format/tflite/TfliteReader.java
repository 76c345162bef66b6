package dev.ppe.simulator.format.tflite;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ImportedModel;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.GraphVerifier;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.graph.Tensor.Role;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Reads a TensorFlow Lite model (FlatBuffers, schema version 3) into a graph.
 *
 * <p>The first subgraph is the model; an open batch takes the size asked for; shapes that the file
 * lacks are inferred. The bytes may be anything: see {@link FlatBuffer}.
 */
public final class TfliteReader {
  /**
   * What the name of a bias ends in that stands for none: runtimes take no convolution without one,
   * so the writer adds one of zeros.
   */
  public static final String ABSENT_BIAS = "/absent_bias";

  /**
   * What the name of weights ends in that have a scale for each output channel, where runtimes take
   * one for all: those of fully connected layers, until 2023.
   */
  public static final String PER_CHANNEL = "/per_channel";

  /**
   * What the names of tensors end in that stand between operators which the writer had to write in
   * the place of one.
   */
  public static final String PART = "/part";

  private static final byte[] IDENTIFIER = "TFL3".getBytes(StandardCharsets.US_ASCII);
  private static final int IDENTIFIER_AT = 4;
  private static final int SCHEMA_VERSION = 3;
  private static final int MAX_NOTES = 20;

  private final ImportOptions options;
  private final Interruption interruption;
  private final FlatBuffer file;
  private final List<String> notes = new ArrayList<>();

  private TfliteReader(ByteBuffer bytes, ImportOptions options, Interruption interruption) {
    this.options = options;
    this.interruption = interruption;
    this.file = new FlatBuffer(bytes, interruption);
  }

  /** Whether the bytes say that they are such a model. */
  public static boolean recognises(ByteBuffer bytes) {
    if (bytes.remaining() < IDENTIFIER_AT + IDENTIFIER.length) {
      return false;
    }
    byte[] found = new byte[IDENTIFIER.length];
    bytes.get(bytes.position() + IDENTIFIER_AT, found);
    return Arrays.equals(found, IDENTIFIER);
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
    if (!recognises(bytes)) {
      throw new ModelFormatException(
          "byte " + IDENTIFIER_AT, "a TensorFlow Lite model says TFL3 here, this one does not");
    }
    return new TfliteReader(bytes, options, interruption).read(name);
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

  private ImportedModel read(String name) {
    FlatTable model = file.root();
    FlatTable subgraph = subgraph(model);
    options.limits().checkCounts(subgraph.vector(3).count(), subgraph.vector(0).count());

    List<StoredTensor> declared =
        new TensorReader(file, model, interruption).read(subgraph.vector(0));
    List<Integer> inputs = indices("inputs", subgraph.vector(1), declared.size());
    List<Integer> outputs = indices("outputs", subgraph.vector(2), declared.size());
    List<StoredTensor> tensors = InputSizes.apply(declared, inputs, options, notes, interruption);
    List<StoredOperator> operators =
        new OperatorReader(model, tensors, options.limits(), interruption).read(subgraph.vector(3));
    noteSparsity(tensors);

    Values values = new Values(file, tensors, inputs, interruption);
    List<Node> nodes =
        new ShapePropagation(operators, values, Set.copyOf(outputs), notes, interruption)
            .run(tensors.size());
    List<Tensor> shaped = new ArrayList<>(tensors.size());
    for (int i = 0; i < tensors.size(); i++) {
      interruption.checkAt(i);
      shaped.add(tensor(tensors.get(i), values.shape(i).orElse(Shape.of())));
    }
    Graph graph = WrittenParts.join(new Graph(name, shaped, nodes, inputs, outputs), interruption);
    return new ImportedModel(
        GraphVerifier.verify(graph, options.limits(), interruption), fewNotes());
  }

  private List<String> fewNotes() {
    if (notes.size() <= MAX_NOTES) {
      return notes;
    }
    List<String> few = new ArrayList<>(notes.subList(0, MAX_NOTES));
    few.add("and %d more notes".formatted(notes.size() - MAX_NOTES));
    return few;
  }

  private FlatTable subgraph(FlatTable model) {
    int version = model.int32(0, 0);
    if (version != SCHEMA_VERSION) {
      throw new ModelFormatException(
          "model",
          "has schema version %d; version %d is understood".formatted(version, SCHEMA_VERSION));
    }
    FlatVector subgraphs = model.vector(2);
    if (subgraphs.count() == 0) {
      throw new ModelFormatException("model", "has no subgraph");
    }
    FlatTable first = subgraphs.table(0);
    if (subgraphs.count() > 1) {
      notes.add(
          "%d subgraphs: only the first, \"%s\", is the model"
              .formatted(subgraphs.count(), first.text(4, 100)));
    }
    return first;
  }

  private static List<Integer> indices(String what, FlatVector vector, int tensors) {
    List<Integer> indices = vector.ints();
    for (int index : indices) {
      if (index < 0 || index >= tensors) {
        throw new ModelFormatException(
            "graph " + what, "refers to tensor %d, there are %d".formatted(index, tensors));
      }
    }
    return indices;
  }

  private void noteSparsity(List<StoredTensor> tensors) {
    int sparse = 0;
    for (int i = 0; i < tensors.size(); i++) {
      interruption.checkAt(i);
      sparse += tensors.get(i).sparse() ? 1 : 0;
    }
    if (sparse > 0) {
      notes.add(sparse + " tensors are stored sparse: they count as dense");
    }
  }

  private static Tensor tensor(StoredTensor stored, Shape shape) {
    Role role = stored.variable() ? Role.STATE : stored.stored() ? Role.PARAMETER : Role.ACTIVATION;
    if (stored.stored() && stored.name().endsWith(PER_CHANNEL)) {
      String name = stored.name().substring(0, stored.name().length() - PER_CHANNEL.length());
      return new Tensor(name, shape, stored.type(), new Quantization.PerChannel(0), role);
    }
    return new Tensor(stored.name(), shape, stored.type(), stored.quantization(), role);
  }
}
