package dev.ppe.simulator.format.onnx.file;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.Shape;
import java.nio.ByteBuffer;

/**
 * The heap that a file's network takes at the most, while it is read and then; field numbers are
 * those of {@link ModelParser} and its kin.
 */
public final class Footprint {
  /**
   * Bytes for a node: as it is stored, spelled out, wired, and in the graph, or the elements of its
   * result if those are known.
   */
  private static final long NODE = 3_072;

  /** Bytes for an operand or result: its name's string and places in maps. */
  private static final long OPERAND = 256;

  /**
   * Bytes for an operand that is dequantised and transposed in the graph, which is a node and a
   * tensor each: of as many operands as there may be nodes.
   */
  private static final long CONVERTED = 1_280;

  /** Bytes for a stored tensor: as it is stored, as a value, and in the graph. */
  private static final long TENSOR = 768;

  /** Bytes for what is declared of a value, with as many dimensions as there may be. */
  private static final long VALUE = 1_024;

  /** A value's own and those of its dimensions. */
  private static final int MAX_VALUE_NAMES = (1 + Shape.MAX_RANK) * ProtoReader.MAX_TEXT;

  /** Bytes for an attribute. */
  private static final long ATTRIBUTE = 256;

  /** Bytes for one of an attribute's numbers: boxed, in two lists, and as one of an array. */
  private static final long NUMBER = 48;

  /** Bytes for one of a name: a character of two, in names that begin with it. */
  private static final long NAME_BYTE = 8;

  private final ProtoReader in;
  private final GraphLimits limits;
  private final long most;
  private long bytes;
  private int nodes;
  private int tensors;
  private int values;
  private long operands;

  private Footprint(ByteBuffer file, GraphLimits limits, long most, Interruption interruption) {
    this.in = new ProtoReader(file, interruption);
    this.limits = limits;
    this.most = most;
  }

  /** There is more in the file than matters. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1;

    Enough() {
      super(null, null, false, false);
    }
  }

  /**
   * Bytes besides those of the file; more than {@code most} are not told apart.
   *
   * @throws dev.ppe.simulator.graph.GraphTooLargeException if it exceeds {@code limits}
   */
  public static long of(ByteBuffer file, GraphLimits limits, long most, Interruption interruption) {
    Footprint footprint = new Footprint(file, limits, most, interruption);
    try {
      footprint.model();
    } catch (ModelFormatException | Enough end) {
      // of a damaged file, reading ends there as well
    }
    return footprint.bytes;
  }

  private void add(long more) {
    bytes += more;
    if (bytes > most) {
      throw new Enough();
    }
  }

  private void model() {
    while (in.next()) {
      if (in.field() == 7) {
        in.message(this::graph);
      } else {
        in.skip();
      }
    }
  }

  private boolean graph() {
    while (in.next()) {
      switch (in.field()) {
        case 1 -> {
          nodes++;
          in.message(this::node);
        }
        case 5 -> {
          tensors++;
          in.message(this::tensor);
        }
        case 15 -> {
          tensors++;
          in.message(this::sparseTensor);
        }
        case 11, 12 -> {
          tensors++;
          value();
        }
        case 13 -> {
          values++;
          value();
        }
        default -> in.skip();
      }
      limits.checkCounts(nodes, tensors);
      limits.checkCounts(0, values);
    }
    return true;
  }

  private void value() {
    add(VALUE + NAME_BYTE * Math.min(in.bytes().remaining(), MAX_VALUE_NAMES));
  }

  /** What becomes of an operand may be called by the node or by its first result. */
  private boolean node() {
    add(NODE);
    long before = operands;
    long longest = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1, 2 -> {
          int name = in.bytes().remaining();
          limits.checkOperands(++operands);
          add(OPERAND + (operands <= limits.maxNodes() ? CONVERTED : 0) + NAME_BYTE * name);
          longest = Math.max(longest, name);
        }
        case 3, 4, 6, 7 -> {
          int text = Math.min(in.bytes().remaining(), ProtoReader.MAX_TEXT);
          add(NAME_BYTE * text);
          longest = Math.max(longest, text);
        }
        case 5 -> in.message(this::attribute);
        default -> in.skip();
      }
    }
    add(NAME_BYTE * longest * (operands - before + 1));
    return true;
  }

  private boolean attribute() {
    add(ATTRIBUTE);
    while (in.next()) {
      switch (in.field()) {
        case 1, 4 -> add(NAME_BYTE * Math.min(in.bytes().remaining(), ProtoReader.MAX_TEXT));
        case 5 -> in.message(this::tensor);
        case 7, 8 -> add(NUMBER * numbers(NodeParser.MAX_LIST));
        default -> in.skip();
      }
    }
    return true;
  }

  /** What is listed in one field is kept as it stands in the file. */
  private boolean tensor() {
    add(TENSOR);
    int lists = 0;
    long listed = 0;
    while (in.next()) {
      switch (in.field()) {
        case 4, 5, 7, 10, 11 -> {
          lists++;
          listed += numbers(Data.Listed.KEPT);
        }
        case 8, 12 -> add(NAME_BYTE * Math.min(in.bytes().remaining(), ProtoReader.MAX_TEXT));
        case 13 -> add(ATTRIBUTE + NAME_BYTE * in.bytes().remaining());
        default -> in.skip();
      }
    }
    if (lists > 1) {
      add(Double.BYTES * Math.min(listed, Data.Listed.KEPT));
    }
    return true;
  }

  private boolean sparseTensor() {
    while (in.next()) {
      if (in.field() == 1) {
        in.message(this::tensor);
      } else {
        in.skip();
      }
    }
    return true;
  }

  /** How many numbers the current field lists, each of a byte or more, as far as they are kept. */
  private int numbers(int most) {
    if (in.isPacked()) {
      return Math.min(in.bytes().remaining(), most);
    }
    in.skip();
    return 1;
  }
}
