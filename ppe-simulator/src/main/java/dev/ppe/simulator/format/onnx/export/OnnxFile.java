package dev.ppe.simulator.format.onnx.export;

import dev.ppe.simulator.format.onnx.file.WriterNotes;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Node;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The nodes and stored values of a file under way. Names in a file are unique; fields are those of
 * {@code onnx.proto}.
 */
final class OnnxFile {
  /** Layer normalisation is there from this one on. */
  static final int OPERATOR_SET = 17;

  private static final int IR_VERSION = 8;

  private final List<Message> nodes = new ArrayList<>();
  private final List<Message> initializers = new ArrayList<>();
  private final List<Message> values = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Set<String> nodeNames = new HashSet<>();
  private final Map<List<Object>, String> constants = new HashMap<>();

  /** A name that no value has yet: {@code wanted} if that is so. */
  String unique(String wanted) {
    return unique(wanted, names);
  }

  private static String unique(String wanted, Set<String> names) {
    String base = wanted.isBlank() ? "unnamed" : wanted;
    String name = base;
    for (int i = 1; !names.add(name); i++) {
      name = base + "_" + i;
    }
    return name;
  }

  /** A node that stands for an operator of the network, with results of the given names. */
  void operator(
      Node node, String type, List<String> inputs, List<String> outputs, Message... attributes) {
    operator(node, "", type, inputs, outputs, attributes);
  }

  /** As above of another domain than ONNX's own. */
  void operator(
      Node node,
      String domain,
      String type,
      List<String> inputs,
      List<String> outputs,
      Message... attributes) {
    String kind = WriterNotes.write(node.operator().kind());
    nodes.add(node(domain, type, node.name(), inputs, outputs, attributes).text(6, kind));
  }

  /** A node that helps another one. */
  void node(
      String type, String name, List<String> inputs, List<String> outputs, Message... attributes) {
    nodes.add(node("", type, name, inputs, outputs, attributes));
  }

  private Message node(
      String domain,
      String type,
      String name,
      List<String> inputs,
      List<String> outputs,
      Message... attributes) {
    Message node =
        new Message()
            .texts(1, inputs)
            .texts(2, outputs)
            .text(3, unique(name, nodeNames))
            .text(4, type)
            .messages(5, List.of(attributes));
    return domain.isEmpty() ? node : node.text(7, domain);
  }

  /** A stored value; returns its name. */
  String store(
      String wanted, List<Integer> shape, DataType type, long bytes, Consumer<ByteBuffer> data) {
    return store(wanted, shape, type, bytes, data, "");
  }

  /** As above for one that is stored in another shape already, under the name {@code first}. */
  String store(
      String wanted,
      List<Integer> shape,
      DataType type,
      long bytes,
      Consumer<ByteBuffer> data,
      String first) {
    String name = unique(wanted);
    Message tensor =
        new Message()
            .wholes(1, shape)
            .whole(2, ElementCodes.of(type))
            .text(8, name)
            .data(9, Math.toIntExact(bytes), data);
    initializers.add(first.isEmpty() ? tensor : tensor.text(12, WriterNotes.write(first)));
    return name;
  }

  /** A stored list of integers; equal ones are stored once. */
  String integers(String wanted, List<Integer> values) {
    return constants.computeIfAbsent(
        List.of("integers", values),
        key ->
            store(
                wanted,
                List.of(values.size()),
                DataType.INT64,
                8L * values.size(),
                target -> values.forEach(value -> target.putLong(value))));
  }

  /** A stored number; equal ones are stored once. */
  String number(float value) {
    return constants.computeIfAbsent(
        List.of("number", value),
        key -> store("number", List.of(), DataType.FLOAT32, 4, target -> target.putFloat(value)));
  }

  /** The file with the given interface. */
  Message finish(String name, List<Message> inputs, List<Message> outputs) {
    Message graph =
        new Message()
            .messages(1, nodes)
            .text(2, name.isBlank() ? "network" : name)
            .messages(5, initializers)
            .messages(11, inputs)
            .messages(12, outputs)
            .messages(13, values);
    Message operatorSet = new Message().text(1, "").whole(2, OPERATOR_SET);
    Message custom = new Message().text(1, OperatorNodes.CUSTOM_DOMAIN).whole(2, 1);
    return new Message()
        .whole(1, IR_VERSION)
        .text(2, "ppe")
        .message(7, graph)
        .message(8, operatorSet)
        .message(8, custom);
  }

  /** Says what a value in between is, where no rule gives it. */
  void declare(Message value) {
    values.add(value);
  }

  /** What is known of a value, with a note for the reader, which may be empty. */
  static Message declare(String name, List<Integer> shape, DataType type, String note) {
    Message dimensions = new Message();
    shape.forEach(dimension -> dimensions.message(1, new Message().whole(1, dimension)));
    Message tensor = new Message().whole(1, ElementCodes.of(type)).message(2, dimensions);
    Message value = new Message().text(1, name).message(2, new Message().message(1, tensor));
    return note.isEmpty() ? value : value.text(3, WriterNotes.write(note));
  }
}
