package dev.ppe.simulator.format.tflite;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.format.OpenDimensions;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Fills in the dimensions that a file leaves open. The outermost is the batch, of all tensors
 * alike; others of an input are as asked for, or as stored: runtimes take that size unless told
 * otherwise.
 */
final class InputSizes {
  private final OpenDimensions sizes;
  private final List<String> notes;
  private final Interruption interruption;
  private int batch;

  private InputSizes(ImportOptions options, List<String> notes, Interruption interruption) {
    this.interruption = interruption;
    this.sizes = new OpenDimensions(options);
    this.notes = notes;
    this.batch = options.batch();
  }

  /** The tensors with sizes for their open dimensions. */
  static List<StoredTensor> apply(
      List<StoredTensor> tensors,
      List<Integer> inputs,
      ImportOptions options,
      List<String> notes,
      Interruption interruption) {
    return new InputSizes(options, notes, interruption).apply(tensors, inputs);
  }

  private List<StoredTensor> apply(List<StoredTensor> tensors, List<Integer> inputs) {
    Map<Integer, StoredTensor> known = new LinkedHashMap<>();
    for (int index : inputs) {
      interruption.check();
      known.computeIfAbsent(index, i -> input(i, tensors.get(i)));
    }
    List<StoredTensor> sized = new ArrayList<>(tensors.size());
    for (int i = 0; i < tensors.size(); i++) {
      interruption.checkAt(i);
      StoredTensor tensor = known.getOrDefault(i, tensors.get(i));
      sized.add(tensor.batchOpen() && !known.containsKey(i) ? with(tensor, 0, batch) : tensor);
    }
    notes.addAll(sizes.notes());
    return sized;
  }

  private StoredTensor input(int index, StoredTensor input) {
    StoredTensor sized = input;
    List<String> left = new ArrayList<>();
    for (int axis = 0; axis < input.signature().size(); axis++) {
      if (input.signature().get(axis) != StoredTensor.OPEN) {
        continue;
      }
      OptionalInt size = sizes.size(input.name(), axis, "");
      if (size.isPresent()) {
        sized = resized(index, sized, axis, size.getAsInt());
      } else {
        left.add(OpenDimensions.option(input.name(), axis, ""));
      }
    }
    if (input.batchOpen()) {
      batch = sized.shape().orElseThrow().dim(0);
    }
    if (!left.isEmpty()) {
      notes.add(
          "input \"%s\" leaves dimensions open, %s: taken as %s; %s sets another size"
              .formatted(
                  input.name(),
                  input.signature(),
                  sized.shape().orElse(Shape.of()),
                  String.join(", ", left)));
    }
    return sized;
  }

  private static StoredTensor resized(int index, StoredTensor input, int axis, int size) {
    try {
      return with(input, axis, size);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(
          TensorReader.place(index, input.name()), String.valueOf(e.getMessage()));
    }
  }

  private static StoredTensor with(StoredTensor tensor, int axis, int size) {
    return tensor.withShape(Optional.of(tensor.shape().orElseThrow().with(axis, size)));
  }
}
