package dev.ppe.simulator.format.onnx.file;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Shape;

/**
 * A tensor that is stored in the file or beside it.
 *
 * @param name how nodes refer to it
 * @param data where its elements are
 * @param sparse whether only the elements that are not zero are stored
 * @param same the name under which a file of ours stores the same elements in another shape, empty
 *     if there is none
 */
public record StoredTensor(
    String name, Shape shape, DataType type, Data data, boolean sparse, String same) {
  /** This tensor under another name. */
  public StoredTensor named(String other) {
    return new StoredTensor(other, shape, type, data, sparse, same);
  }
}
