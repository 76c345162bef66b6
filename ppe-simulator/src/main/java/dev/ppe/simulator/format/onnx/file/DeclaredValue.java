package dev.ppe.simulator.format.onnx.file;

import java.util.List;
import java.util.Optional;

/**
 * A value as the file declares it.
 *
 * @param elementType ONNX's number of it, 0 if it is no tensor or left open
 * @param dimensions empty if not even the rank is declared
 * @param note of {@link WriterNotes}, empty in files of other tools
 */
public record DeclaredValue(
    String name, int elementType, Optional<List<Dimension>> dimensions, String note) {
  public DeclaredValue {
    dimensions = dimensions.map(List::copyOf);
  }
}
