package dev.ppe.simulator.format.onnx.file;

import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.GraphTooLargeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads NodeProto and AttributeProto. */
final class NodeParser {
  /** The most numbers in one attribute. */
  static final int MAX_LIST = 4_096;

  /** The most attributes of one node: the operators of ONNX have a dozen. */
  private static final int MAX_ATTRIBUTES = 256;

  private final ProtoReader in;
  private final GraphLimits limits;
  private long operands; // of all nodes, and their results

  NodeParser(ProtoReader in, GraphLimits limits) {
    this.in = in;
    this.limits = limits;
  }

  /** The node that the current field is. */
  StoredNode parse(int index) {
    return in.message(() -> read(index));
  }

  private StoredNode read(int index) {
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    Map<String, Attribute> attributes = new HashMap<>();
    String name = "";
    String type = "";
    String domain = "";
    String kind = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> add(inputs, "operands", index);
        case 2 -> add(outputs, "results", index);
        case 3 -> name = in.text();
        case 4 -> type = in.text();
        case 5 -> in.message(() -> attribute(attributes, index));
        case 6 -> kind = in.note();
        case 7 -> domain = in.text();
        default -> in.skip();
      }
    }
    String own = domain.equals("ai.onnx") ? "" : domain;
    return new StoredNode(index, name, type, own, inputs, outputs, attributes, kind);
  }

  private void add(List<String> names, String what, int index) {
    if (names.size() == limits.maxOperands()) {
      throw new GraphTooLargeException(
          "node %d: has more than %d %s, the limit".formatted(index, names.size(), what));
    }
    limits.checkOperands(++operands);
    names.add(in.text());
  }

  /** The value is where it is: older files give no type, and a value of 0 may be left out. */
  private boolean attribute(Map<String, Attribute> attributes, int index) {
    String name = "";
    int type = 0;
    Attribute value = new Attribute.Other();
    List<Long> wholes = new ArrayList<>();
    List<Float> reals = new ArrayList<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.text();
        case 2 -> value = new Attribute.Real(in.real());
        case 3 -> value = new Attribute.Whole(in.whole());
        case 4 -> value = text();
        case 5 -> value = new Attribute.Stored(TensorParser.parse(in));
        case 6 -> {
          in.skip();
          value = new Attribute.Subgraph();
        }
        case 7 -> in.words(bits -> keep(reals, Float.intBitsToFloat((int) bits)));
        case 8 -> in.wholes(number -> keep(wholes, number));
        case 20 -> type = in.whole32();
        default -> in.skip();
      }
    }
    if (!wholes.isEmpty() || type == 7) {
      value = new Attribute.Wholes(wholes);
    } else if (!reals.isEmpty() || type == 6) {
      value = new Attribute.Reals(reals);
    } else if (value instanceof Attribute.Other) {
      value = zero(type);
    }
    if (attributes.size() == MAX_ATTRIBUTES && !attributes.containsKey(name)) {
      throw new GraphTooLargeException(
          "node %d: has more than %d attributes, the limit".formatted(index, MAX_ATTRIBUTES));
    }
    attributes.put(name, value);
    return true;
  }

  /** Texts past the limit are blobs of other tools. */
  private Attribute text() {
    ByteBuffer bytes = in.bytes();
    return bytes.remaining() > ProtoReader.MAX_TEXT
        ? new Attribute.Other()
        : new Attribute.Text(StandardCharsets.UTF_8.decode(bytes).toString());
  }

  private static Attribute zero(int type) {
    return switch (type) {
      case 1 -> new Attribute.Real(0);
      case 2 -> new Attribute.Whole(0);
      case 3 -> new Attribute.Text("");
      default -> new Attribute.Other();
    };
  }

  private <T> void keep(List<T> numbers, T number) {
    if (numbers.size() == MAX_LIST) {
      throw in.malformed("an attribute of more than %d numbers".formatted(MAX_LIST));
    }
    numbers.add(number);
  }
}
