package dev.ppe.simulator.format.tflite;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.GraphTooLargeException;
import dev.ppe.simulator.graph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a subgraph's list of operators; field numbers are those of the schema's tables. */
final class OperatorReader {
  /**
   * The highest version of an operator that is taken as known. Versions count what types and
   * optional attributes an operator supports; the highest in use are near 13.
   */
  private static final int MAX_VERSION = 32;

  private static final int MAX_NAME_BYTES = 100;
  private static final int MAX_LABEL = 64;
  private static final String EDGE_TPU_OPERATOR = "edgetpu-custom-op";

  private static final Pattern CONVERTER_PREFIX = Pattern.compile("^(StatefulPartitionedCall/)+");
  private static final Pattern CONVERTER_SUFFIX =
      Pattern.compile("(/BatchNorm_Fold|/BiasAdd|/ReadVariableOp|/resource|/bias)+\\d*$");

  /** Which operator a code stands for. */
  private record Code(Optional<BuiltinOperator> builtin, String kind) {}

  private final FlatVector codes;
  private final List<StoredTensor> tensors;
  private final GraphLimits limits;
  private final Interruption interruption;
  private final Map<Integer, Code> known = new HashMap<>();
  private long operands; // of all operators, and their results

  OperatorReader(
      FlatTable model, List<StoredTensor> tensors, GraphLimits limits, Interruption interruption) {
    this.codes = model.vector(1);
    this.tensors = tensors;
    this.limits = limits;
    this.interruption = interruption;
  }

  List<StoredOperator> read(FlatVector tables) {
    List<StoredOperator> operators = new ArrayList<>(tables.count());
    for (int i = 0; i < tables.count(); i++) {
      interruption.check();
      operators.add(operator(i, tables.table(i)));
    }
    return operators;
  }

  private StoredOperator operator(int index, FlatTable table) {
    String place = "node " + index;
    Code code = code(place, table.uint32(0));
    List<Integer> inputs = indices(place, "operands", table.vector(1));
    List<Integer> outputs = indices(place, "results", table.vector(2));
    requireTensors(place, inputs, Node.ABSENT);
    requireTensors(place, outputs, 0);
    return new StoredOperator(
        index,
        label(index, code, outputs),
        code.builtin(),
        code.kind(),
        inputs,
        outputs,
        table.int8(3, 0),
        table.table(4));
  }

  private List<Integer> indices(String place, String what, FlatVector vector) {
    if (vector.count() > limits.maxOperands()) {
      throw new GraphTooLargeException(
          "%s: has %d %s, the limit is %d"
              .formatted(place, vector.count(), what, limits.maxOperands()));
    }
    operands += vector.count();
    limits.checkOperands(operands);
    return vector.ints();
  }

  private void requireTensors(String place, List<Integer> indices, int least) {
    for (int tensor : indices) {
      if (tensor < least || tensor >= tensors.size()) {
        throw new ModelFormatException(
            place, "refers to tensor %d, there are %d".formatted(tensor, tensors.size()));
      }
    }
  }

  private Code code(String place, long index) {
    if (index >= codes.count()) {
      throw new ModelFormatException(
          place, "uses operator code %d, there are %d".formatted(index, codes.count()));
    }
    return known.computeIfAbsent((int) index, i -> readCode(place, codes.table(i)));
  }

  private static Code readCode(String place, FlatTable table) {
    int number = Math.max(table.int8(0, 0), table.int32(3, 0));
    if (number < 0) {
      throw new ModelFormatException(place, "its operator code " + number + " is negative");
    }
    Optional<BuiltinOperator> builtin = BuiltinOperator.of(number);
    int version = table.int32(2, 1);
    String kind = builtin.map(BuiltinOperator::name).orElse("BUILTIN_" + number);
    if (builtin.isPresent() && builtin.get() == BuiltinOperator.CUSTOM) {
      String name = table.text(1, MAX_NAME_BYTES);
      if (name.equals(EDGE_TPU_OPERATOR)) {
        throw new ModelFormatException(
            place,
            "this file is compiled for the Edge TPU already: give the original .tflite, as it was before"
                + " edgetpu_compiler");
      }
      return new Code(Optional.empty(), name.isBlank() ? kind : name);
    }
    if (version < 0 || version > MAX_VERSION) {
      throw new ModelFormatException(
          place,
          "%s has version %d; versions up to %d are understood"
              .formatted(kind, version, MAX_VERSION));
    }
    return new Code(builtin, kind);
  }

  private String label(int index, Code code, List<Integer> outputs) {
    String name = outputs.isEmpty() ? "" : label(tensors.get(outputs.get(0)).name());
    return name.isEmpty() ? code.kind().toLowerCase(Locale.ROOT) + "_" + index : name;
  }

  /**
   * A tensor's name as it reads well in a table. Converters join the names of all that was fused by
   * ';', with the one that gave the result last, or empty; they say around it how it was stored.
   * The end of a name tells more than its start.
   */
  static String label(String name) {
    String[] parts = name.split(";", -1);
    String last = "";
    for (int i = parts.length - 1; i >= 0 && last.isEmpty(); i--) {
      last = parts[i].strip();
    }
    last =
        CONVERTER_SUFFIX.matcher(CONVERTER_PREFIX.matcher(last).replaceFirst("")).replaceFirst("");
    return last.length() <= MAX_LABEL ? last : "…" + last.substring(last.length() - MAX_LABEL + 1);
  }
}
