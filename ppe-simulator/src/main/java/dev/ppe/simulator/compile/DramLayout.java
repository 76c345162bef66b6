package dev.ppe.simulator.compile;

import dev.ppe.simulator.compile.MemoryPlan.Activation;
import java.util.Arrays;

/**
 * Where everything lies in DRAM, from address 0 on: the parameters that are uploaded to the chip;
 * those that every inference fetches, in the order of their layers; each at the start of a page,
 * the activations that leave the chip, inputs and outputs; and last each stage's instructions. A
 * view lies where the tensor does whose bytes it shows.
 */
final class DramLayout {
  /** What a driver hands out, and a row of two channels. */
  private static final long PAGE_BYTES = 4096;

  /** More than any DRAM has, and as much as its model counts. */
  private static final long MOST_BYTES = 1L << 48;

  private static final long NOWHERE = -1;

  private final long cachedBytes;
  private final long[] parameters; // by layer
  private final long[] tensors; // by root
  private final int[] roots;
  private long end;

  DramLayout(Mapping mapping) {
    this.parameters = new long[mapping.layers().size()];
    this.tensors = new long[mapping.graph().tensors().size()];
    this.roots = new int[tensors.length];
    placeParameters(mapping.memory(), true);
    this.cachedBytes = end;
    placeParameters(mapping.memory(), false);
    placeTensors(mapping);
  }

  private void placeParameters(MemoryPlan memory, boolean cached) {
    for (int layer = 0; layer < parameters.length; layer++) {
      if (memory.cached().get(layer) == cached) {
        parameters[layer] = take(memory.parameterBytes().get(layer));
      }
    }
  }

  private void placeTensors(Mapping mapping) {
    Arrays.setAll(roots, tensor -> tensor);
    for (Activation activation : mapping.memory().activations()) {
      roots[activation.tensor()] = activation.root();
    }
    long[] bytes = new long[tensors.length]; // of the largest view
    Arrays.fill(bytes, NOWHERE);
    for (int tensor = 0; tensor < tensors.length; tensor++) {
      if (leavesTheChip(mapping, tensor)) {
        long needed = mapping.graph().tensor(tensor).bytes();
        bytes[roots[tensor]] = Math.max(bytes[roots[tensor]], needed);
      }
    }
    Arrays.fill(tensors, NOWHERE);
    for (int tensor = 0; tensor < tensors.length; tensor++) {
      if (bytes[tensor] != NOWHERE) {
        startPage();
        tensors[tensor] = take(bytes[tensor]);
      }
    }
    startPage();
  }

  private static boolean leavesTheChip(Mapping mapping, int tensor) {
    return mapping.memory().offChip().get(tensor)
        || mapping.crossings().toAccelerator().get(tensor)
        || mapping.crossings().toHost().get(tensor);
  }

  private void startPage() {
    end = Math.ceilDiv(end, PAGE_BYTES) * PAGE_BYTES;
  }

  private long take(long bytes) {
    long address = end;
    end += bytes;
    if (end > MOST_BYTES) {
      throw new CompilationException("graph", "takes more than 2^48 bytes of memory off the chip");
    }
    return address;
  }

  /** The parameters that are uploaded. */
  AddressRange cachedParameters() {
    return new AddressRange(0, cachedBytes);
  }

  /** The parameters of a layer. */
  AddressRange parameters(int layer, long bytes) {
    return new AddressRange(parameters[layer], bytes);
  }

  /** The instructions of the next stage. */
  AddressRange instructions(long bytes) {
    return new AddressRange(take(bytes), bytes);
  }

  /** A tensor that leaves the chip. */
  AddressRange tensor(int tensor, long bytes) {
    long address = tensors[roots[tensor]];
    if (address == NOWHERE) {
      throw new IllegalStateException("tensor %d stays on the chip".formatted(tensor));
    }
    return new AddressRange(address, bytes);
  }
}
