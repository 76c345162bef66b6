package dev.ppe.simulator.compile.explain;

/**
 * Where a layer's parameters go.
 *
 * @param layer its position
 * @param name its name
 * @param tensors how many it reads
 * @param bytes of them as the network has them
 * @param storedBytes as the accelerator stores them for this layer, padding included; 0 on the host
 *     and where another layer stores them
 * @param place where they are from one inference to the next
 * @param why they are there, in words
 */
public record ExplainedParameters(
    int layer, String name, int tensors, long bytes, long storedBytes, Place place, String why) {

  /** Where parameters are. */
  public enum Place {
    /** On the chip, from the first inference on. */
    CACHED,
    /** On the chip for another layer. */
    SHARED,
    /** Off the chip: fetched in every inference. */
    STREAMED,
    /** With the host, which runs the layer. */
    HOST
  }
}
