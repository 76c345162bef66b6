package dev.ppe.client.report;

import dev.ppe.report.answer.Streaming;
import dev.ppe.report.answer.Units;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Memory;
import java.util.ArrayList;
import java.util.List;

/** What is where during an inference, in words. */
final class MemoryText {
  private MemoryText() {}

  /** Parameters, activations. */
  static List<String> memory(EstimateResponse response) {
    Memory memory = response.getMemory();
    long cached = memory.getParamsCachedBytes();
    long streamed = memory.getParamsStreamedBytes();
    List<String> pieces = new ArrayList<>();
    if (cached > 0) {
      pieces.add("parameters " + Units.BYTES.format(cached) + " on the chip");
    }
    if (streamed > 0) {
      pieces.add(
          "%s%s from %s in every inference"
              .formatted(
                  cached > 0 ? "" : "parameters ",
                  Units.BYTES.format(streamed),
                  Streaming.source(response)));
    }
    if (memory.getPeMemoryPeakBytes() > 0) {
      pieces.add(
          "PE memory peak %s of %s (lower bound %s)"
              .formatted(
                  Units.BYTES.format(memory.getPeMemoryPeakBytes()),
                  Units.BYTES.format(memory.getPeMemoryBytes()),
                  Units.BYTES.format(memory.getPeMemoryLowerBoundBytes())));
    }
    if (memory.getOffChipActivationBytes() > 0) {
      pieces.add(
          Units.BYTES.format(memory.getOffChipActivationBytes()) + " of activations off the chip");
    }
    return pieces;
  }

  /** What goes over the link in every inference; nothing where all is on the host. */
  static List<String> transfers(Memory memory) {
    if (memory.getInputBytes() + memory.getOutputBytes() + memory.getInstructionBytes() == 0) {
      return List.of();
    }
    return List.of(
        "input " + Units.BYTES.format(memory.getInputBytes()),
        "output " + Units.BYTES.format(memory.getOutputBytes()),
        "instructions " + Units.BYTES.format(memory.getInstructionBytes()));
  }
}
