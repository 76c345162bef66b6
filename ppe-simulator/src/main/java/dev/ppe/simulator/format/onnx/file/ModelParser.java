package dev.ppe.simulator.format.onnx.file;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads ModelProto, GraphProto and ValueInfoProto; field numbers are those of <a
 * href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>.
 */
public final class ModelParser {
  private static final int MAX_FIELDS_BEFORE_GRAPH = 64;
  private static final int MAX_VERSION = 128;

  private final ProtoReader in;
  private final GraphLimits limits;

  private ModelParser(ByteBuffer bytes, GraphLimits limits, Interruption interruption) {
    this.in = new ProtoReader(bytes, interruption);
    this.limits = limits;
  }

  /**
   * The model in {@code bytes}, from its position to its limit, as long as it is wanted; neither
   * changes.
   *
   * @throws dev.ppe.simulator.format.ModelFormatException naming the byte if they are damaged
   * @throws dev.ppe.simulator.graph.GraphTooLargeException if it exceeds {@code limits}
   */
  public static StoredModel parse(ByteBuffer bytes, GraphLimits limits, Interruption interruption) {
    return new ModelParser(bytes, limits, interruption).model();
  }

  /**
   * Whether the bytes start like a model: with the version of the format, or with other fields of
   * one up to a graph.
   */
  public static boolean recognises(ByteBuffer bytes) {
    ProtoReader in = new ProtoReader(bytes, Interruption.NEVER); // a few fields
    try {
      for (int i = 0; i < MAX_FIELDS_BEFORE_GRAPH && in.next(); i++) {
        switch (in.field()) {
          case 1 -> {
            long version = in.whole();
            return version > 0 && version < MAX_VERSION && startsField(bytes);
          }
          case 7 -> {
            in.skip();
            return true;
          }
          case 2, 3, 4, 5, 6, 8, 14, 20, 25 -> in.skip();
          default -> {
            return false;
          }
        }
      }
      return false;
    } catch (ModelFormatException e) {
      return false;
    }
  }

  /** Whether a text or message of a model follows the version, in the third byte. */
  private static boolean startsField(ByteBuffer bytes) {
    if (bytes.remaining() < 3) {
      return false;
    }
    int tag = bytes.get(bytes.position() + 2) & 0xff;
    return tag == 0x28 || ((tag & 7) == 2 && tag >>> 3 > 1 && tag >>> 3 <= 25);
  }

  private StoredModel model() {
    Optional<StoredGraph> graph = Optional.empty();
    long opset = 0;
    while (in.next()) {
      switch (in.field()) {
        case 7 -> {
          if (graph.isPresent()) {
            throw in.malformed("a second graph");
          }
          graph = Optional.of(in.message(this::graph));
        }
        case 8 -> opset = Math.max(opset, in.message(this::operatorSet));
        default -> in.skip();
      }
    }
    if (graph.isEmpty()) {
      throw in.malformed("the model has no graph");
    }
    return new StoredModel(opset, graph.get());
  }

  /** The version of ONNX's own operators; 0 for other domains. */
  private long operatorSet() {
    String domain = "";
    long version = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> domain = in.text();
        case 2 -> version = in.whole();
        default -> in.skip();
      }
    }
    return domain.isEmpty() || domain.equals("ai.onnx") ? version : 0;
  }

  private StoredGraph graph() {
    NodeParser nodeParser = new NodeParser(in, limits);
    List<StoredNode> nodes = new ArrayList<>();
    List<StoredTensor> initializers = new ArrayList<>();
    List<DeclaredValue> inputs = new ArrayList<>();
    List<DeclaredValue> outputs = new ArrayList<>();
    List<DeclaredValue> values = new ArrayList<>();
    String name = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> nodes.add(nodeParser.parse(nodes.size()));
        case 2 -> name = in.text();
        case 5 -> initializers.add(TensorParser.parse(in));
        case 11 -> inputs.add(in.message(this::value));
        case 12 -> outputs.add(in.message(this::value));
        case 13 -> values.add(in.message(this::value));
        case 15 -> initializers.add(TensorParser.parseSparse(in));
        default -> in.skip();
      }
      requireCounts(nodes.size(), (long) initializers.size() + inputs.size() + outputs.size());
      requireCounts(0, values.size());
    }
    return new StoredGraph(name, nodes, initializers, inputs, outputs, values);
  }

  private void requireCounts(int nodes, long tensors) {
    if (nodes > limits.maxNodes() || tensors > limits.maxTensors()) {
      limits.checkCounts(nodes, tensors);
    }
  }

  private DeclaredValue value() {
    String name = "";
    String note = "";
    DeclaredValue type = new DeclaredValue("", 0, Optional.empty(), "");
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.text();
        case 2 -> type = in.message(this::type);
        case 3 -> note = in.note();
        default -> in.skip();
      }
    }
    return new DeclaredValue(name, type.elementType(), type.dimensions(), note);
  }

  /** A TypeProto; of its kinds only tensors are of interest. */
  private DeclaredValue type() {
    DeclaredValue type = new DeclaredValue("", 0, Optional.empty(), "");
    while (in.next()) {
      if (in.field() == 1) {
        type = in.message(this::tensorType);
      } else {
        in.skip();
      }
    }
    return type;
  }

  private DeclaredValue tensorType() {
    int elementType = 0;
    Optional<List<Dimension>> dimensions = Optional.empty();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> elementType = in.whole32();
        case 2 -> dimensions = Optional.of(in.message(this::dimensions));
        default -> in.skip();
      }
    }
    return new DeclaredValue("", elementType, dimensions, "");
  }

  private List<Dimension> dimensions() {
    List<Dimension> dimensions = new ArrayList<>();
    while (in.next()) {
      if (in.field() == 1) {
        dimensions.add(in.message(this::dimension));
      } else {
        in.skip();
      }
      if (dimensions.size() > Shape.MAX_RANK) {
        throw in.malformed("a value of rank more than " + Shape.MAX_RANK);
      }
    }
    return dimensions;
  }

  /** Some exporters write -1, and very old ones 0, for an open dimension. */
  private Dimension dimension() {
    long size = 0;
    String symbol = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> size = in.whole();
        case 2 -> symbol = in.text();
        default -> in.skip();
      }
    }
    if (size > Integer.MAX_VALUE) {
      throw in.malformed("a dimension of " + size);
    }
    return size > 0 ? new Dimension.Fixed((int) size) : new Dimension.Open(symbol);
  }
}
