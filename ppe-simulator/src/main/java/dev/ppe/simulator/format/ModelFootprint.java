package dev.ppe.simulator.format;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.format.onnx.OnnxReader;
import dev.ppe.simulator.format.tflite.TfliteReader;
import dev.ppe.simulator.graph.GraphLimits;
import java.nio.ByteBuffer;

/**
 * How much heap the network in a model file takes, told from the file without reading it: by how
 * many nodes, operands and tensors are listed there and how long their names are. Weights are
 * passed over, as by the readers.
 *
 * <p>An upper bound, of some hundred bytes to some kilobytes for each of them, of what is held
 * while the file is read and of the network that comes out. A file of weights takes little beside
 * its bytes; one of a million empty nodes takes a hundred times as much.
 */
public final class ModelFootprint {
  private ModelFootprint() {}

  /**
   * Bytes of heap besides those of the file itself.
   *
   * @param file from its position to its limit; neither changes. It may be anything: of what is
   *     damaged, as much counts as would be read before that is noticed
   * @param most bytes that matter: what takes more is not looked at to its end, and counts with
   *     more
   * @throws dev.ppe.simulator.graph.GraphTooLargeException if the readers would refuse it for its
   *     nodes, tensors or operands; no more of them are looked at
   * @throws java.util.concurrent.CancellationException if {@code interruption} throws it
   */
  public static long of(ByteBuffer file, GraphLimits limits, long most, Interruption interruption) {
    if (TfliteReader.recognises(file)) {
      return TfliteReader.footprint(file, limits, most, interruption);
    }
    return OnnxReader.recognises(file) ? OnnxReader.footprint(file, limits, most, interruption) : 0;
  }
}
