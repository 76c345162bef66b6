package dev.ppe.wire;

import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.v1.EstimateRequest;
import java.util.Optional;

/** How a request wants its model file read. */
public final class ImportOptionsDecoder {
  private static final int MAX_DIMENSIONS = 64;

  private ImportOptionsDecoder() {}

  /**
   * The options of a request.
   *
   * @param limits how large the model may be
   * @throws IllegalArgumentException naming the field that is out of range
   */
  public static ImportOptions decode(EstimateRequest request, GraphLimits limits) {
    int batch = Fields.positiveOrOne("batch", request.getBatch());
    if (request.getDimensionsCount() > MAX_DIMENSIONS) {
      throw FieldException.of(
          "dimensions",
          "has %d entries, must have %d at most"
              .formatted(request.getDimensionsCount(), MAX_DIMENSIONS));
    }
    request
        .getDimensionsMap()
        .forEach(
            (name, size) ->
                Fields.range("dimensions[\"" + name + "\"]", size, 1, Integer.MAX_VALUE));
    return new ImportOptions(limits, batch, request.getDimensionsMap(), Optional.empty());
  }
}
