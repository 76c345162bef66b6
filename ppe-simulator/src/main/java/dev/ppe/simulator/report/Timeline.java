package dev.ppe.simulator.report;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.Resource;
import java.util.List;

/**
 * When each instruction of one inference ran.
 *
 * @param spans by engine, then in the order of time; those of one engine do not overlap unless
 *     merged
 * @param peMemoryBytes for each layer, the bytes of one PE's memory that hold activations while it
 *     runs
 * @param parameterMemoryBytes for each layer, the bytes of the parameter memory, over all PEs, that
 *     hold parameters while it runs: those that stay, and what of its own is streamed at a time
 * @param merged whether there were too many instructions, so that a span stands for all of a
 *     layer's with one engine and cause, pauses included
 */
public record Timeline(
    List<Span> spans, List<Long> peMemoryBytes, List<Long> parameterMemoryBytes, boolean merged) {
  /** The most instructions that have spans of their own: some 2 MB of an answer. */
  public static final int MOST_SPANS = 50_000;

  public Timeline {
    spans = List.copyOf(spans);
    peMemoryBytes = List.copyOf(peMemoryBytes);
    parameterMemoryBytes = List.copyOf(parameterMemoryBytes);
  }

  /**
   * One instruction that took time.
   *
   * @param engine what it held
   * @param layer position of its layer, or {@link dev.ppe.simulator.compile.Instruction#NO_LAYER}
   * @param cause what its time counts as
   * @param startCycle its first cycle, from the start of the inference
   * @param cycles how many it took
   * @param bytes what it moved, where it is a transfer
   */
  public record Span(
      Resource engine, int layer, Cause cause, long startCycle, long cycles, long bytes) {
    /** The first cycle after it. */
    public long finishCycle() {
      return startCycle + cycles;
    }

    /** This and a later one of the same kind as one, with the pause between them. */
    Span through(Span later) {
      return new Span(
          engine, layer, cause, startCycle, later.finishCycle() - startCycle, bytes + later.bytes);
    }
  }
}
