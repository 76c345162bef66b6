package dev.ppe.simulator.compile.explain;

import dev.ppe.simulator.compile.MemoryPlan.Buffer;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where an activation goes.
 *
 * @param name for people
 * @param shape its dimensions
 * @param type of its elements
 * @param bytes of all of it
 * @param place where it is
 * @param peBytes what one PE holds of it, or would; 0 where it is no operand of the accelerator's
 * @param buffer its bytes in each PE; empty unless it is there and has bytes of its own
 * @param firstLayer position of the first layer on the accelerator that needs its bytes
 * @param lastLayer position of the last one
 * @param fromHost whether the host has it and the accelerator reads it
 * @param toHost whether the accelerator makes it and the host, or the caller, reads it
 * @param why it is there, in words
 */
public record ExplainedTensor(
    String name,
    String shape,
    String type,
    long bytes,
    Place place,
    long peBytes,
    Optional<Buffer> buffer,
    OptionalInt firstLayer,
    OptionalInt lastLayer,
    boolean fromHost,
    boolean toHost,
    String why) {

  /** Where an activation is. */
  public enum Place {
    /** Spread over the PEs' memories. */
    PE_MEMORY,
    /** In another tensor's place: the same bytes. */
    VIEW,
    /** In the parameter memory, beside parameters: streamed through a buffer in PE memory. */
    PARAMETER_MEMORY,
    /** Out after it is made and back when it is read. */
    OFF_CHIP,
    /** Nowhere as a whole: each block is read as it is made or comes. */
    IN_BLOCKS,
    /** Between the operators of one layer, and nowhere as a whole. */
    INSIDE_LAYER,
    /** In the host's memory alone. */
    HOST
  }
}
