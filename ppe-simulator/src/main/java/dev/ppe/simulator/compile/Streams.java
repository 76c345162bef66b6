package dev.ppe.simulator.compile;

import dev.ppe.simulator.compile.MemoryPlan.Spill;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a step needs in each PE's memory beside the activations that stay there: what streams
 * through, where inputs land that come from the host, and biases and scales where the PEs share out
 * channels.
 */
record Streams(
    List<Layer> layers,
    List<Optional<Tiling>> tilings,
    Accelerator accelerator,
    Residence residence,
    Lifetimes lifetimes) {

  /** What a step may take of it: what streams has an even share of the memory, each. */
  long bytes(int step, List<Optional<Spill>> spills) {
    return bytes(step, spills, 0);
  }

  /**
   * What a step does take of it: blocks are so small that one more has room, which comes or goes
   * while the others are used.
   */
  long blockBytes(int step, List<Optional<Spill>> spills) {
    return bytes(step, spills, 1);
  }

  private long bytes(int step, List<Optional<Spill>> spills, int more) {
    long bytes = channelBytes(step);
    for (int tensor : operands(step)) {
      bytes += isSpilled(tensor, spills) ? streamBytes(step, tensor, more) : 0;
    }
    if (layers.get(step).onAccelerator()) {
      for (int tensor : layers.get(step).inputs()) {
        bytes += isSpilled(tensor, spills) ? 0 : landing(tensor, step);
      }
    }
    return bytes;
  }

  private boolean isSpilled(int tensor, List<Optional<Spill>> spills) {
    return spills.get(lifetimes.root(tensor)).isPresent();
  }

  /** What a step reads and writes in PE memory; nothing on the host. */
  List<Integer> operands(int step) {
    Layer layer = layers.get(step);
    if (!layer.onAccelerator()) {
      return List.of();
    }
    List<Integer> operands = new ArrayList<>(layer.inputs());
    operands.addAll(layer.outputs());
    return operands;
  }

  /** Of one operand, if it streams: no more than its share where all of them do. */
  long streamBytes(int step, int tensor) {
    return streamBytes(step, tensor, 0);
  }

  private long streamBytes(int step, int tensor, int more) {
    Layer layer = layers.get(step);
    long limit =
        (accelerator.peMemory().bytes() - channelBytes(step))
            / (layer.inputs().size() + layer.outputs().size() + more);
    return Math.min(residence.tileBytes(lifetimes.root(tensor)), limit);
  }

  /**
   * What lands of a tensor at a step if it stays: all that the host sends, when it is first read.
   */
  long landing(int tensor, int step) {
    boolean fromHost = !lifetimes.made(tensor) && lifetimes.first(lifetimes.root(tensor)) == step;
    return fromHost ? residence.landingBytes(tensor) : 0;
  }

  private long channelBytes(int step) {
    Split split = tilings.get(step).map(Tiling::split).orElse(Split.WHOLE);
    Layer layer = layers.get(step);
    if (split.rows() * split.columns() > 1 || layer.parameters().isEmpty()) {
      return 0;
    }
    long share = residence.tileBytes(layer.outputs().getFirst());
    long channels = Math.min(share, accelerator.core().outputs());
    return split.channels() == 1
        ? 0
        : Math.min(StoredParameters.BESIDE_BYTES * channels, accelerator.peMemory().bytes() / 2);
  }
}
