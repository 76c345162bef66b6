package dev.ppe.simulator.compile.verify;

import dev.ppe.simulator.compile.Compilation;
import dev.ppe.simulator.compile.Layer;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.MemoryPlan;
import dev.ppe.simulator.compile.MemoryPlan.Buffer;
import dev.ppe.simulator.compile.ParameterPlacement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Buffers that are needed at the same time lie apart, within each PE's memory; two tensors have one
 * only if the later is written over the earlier; the peak is their end and not below what lives at
 * a time; every operand on the accelerator has its place from when it is made to when it is read;
 * cached parameters fit.
 */
final class AllocateVerifier implements Verification.Verifier {
  @Override
  public void verify(Compilation known, Faults faults) {
    Mapping mapping = known.mapping().orElseThrow();
    MemoryPlan memory = mapping.memory();
    apart(memory.buffers(), faults);
    SharedPlaces.verify(mapping, faults);
    bounds(mapping, faults);
    operands(mapping, faults);
    parameters(mapping, faults);
  }

  private static void apart(List<Buffer> buffers, Faults faults) {
    List<Buffer> byStart = new ArrayList<>(buffers);
    byStart.sort(Comparator.comparingInt(Buffer::firstStep));
    List<Buffer> alive = new ArrayList<>();
    for (Buffer buffer : byStart) {
      alive.removeIf(other -> other.lastStep() < buffer.firstStep());
      for (Buffer other : alive) {
        boolean apart =
            buffer.offset() + buffer.bytes() <= other.offset()
                || other.offset() + other.bytes() <= buffer.offset();
        faults.unless(
            apart,
            () ->
                "\"%s\" and \"%s\" hold the same bytes at layer %d"
                    .formatted(other.what(), buffer.what(), buffer.firstStep()));
      }
      alive.add(buffer);
    }
  }

  private static void bounds(Mapping mapping, Faults faults) {
    MemoryPlan memory = mapping.memory();
    long capacity = mapping.accelerator().peMemory().bytes();
    long end = 0;
    long[] change = new long[mapping.layers().size() + 1];
    for (Buffer buffer : memory.buffers()) {
      faults.unless(
          buffer.offset() >= 0 && buffer.offset() + buffer.bytes() <= capacity,
          () ->
              "\"%s\" ends at byte %d of %d"
                  .formatted(buffer.what(), buffer.offset() + buffer.bytes(), capacity));
      end = Math.max(end, buffer.offset() + buffer.bytes());
      change[buffer.firstStep()] += buffer.bytes();
      change[buffer.lastStep() + 1] -= buffer.bytes();
    }
    long alive = 0;
    long bound = 0;
    for (long delta : change) {
      alive += delta;
      bound = Math.max(bound, alive);
    }
    faults.unlessEqual(memory.peakBytes(), end, () -> "peak of PE memory");
    faults.unlessEqual(memory.lowerBoundBytes(), bound, () -> "lower bound of PE memory");
    faults.unless(
        memory.peakBytes() >= bound, () -> "the peak of PE memory is below its lower bound");
  }

  /** Operands of layers on the accelerator: in a buffer then, or known not to be in PE memory. */
  private static void operands(Mapping mapping, Faults faults) {
    MemoryPlan memory = mapping.memory();
    Map<Integer, Buffer> buffers = memory.buffersByTensor();
    int[] viewed = views(mapping);
    for (int step = 0; step < mapping.layers().size(); step++) {
      Layer layer = mapping.layers().get(step);
      if (!layer.onAccelerator()) {
        continue;
      }
      List<Integer> operands = new ArrayList<>(layer.inputs());
      operands.addAll(layer.outputs());
      for (int operand : operands) {
        Buffer buffer = buffers.get(viewed[operand]);
        int now = step;
        boolean there = buffer != null && buffer.firstStep() <= now && now <= buffer.lastStep();
        faults.unless(
            there != memory.overflowing().get(operand),
            () ->
                "\"%s\" is %s at layer %d \"%s\""
                    .formatted(
                        mapping.graph().tensor(operand).name(),
                        there ? "in PE memory and elsewhere" : "nowhere",
                        now,
                        layer.name()));
        faults.unless(
            memory.overflowing().get(operand)
                || !(memory.offChip().get(operand) || memory.inParameterMemory().get(operand)),
            () ->
                "\"%s\" is elsewhere though there is room"
                    .formatted(mapping.graph().tensor(operand).name()));
        faults.unless(
            !(memory.offChip().get(operand) && memory.inParameterMemory().get(operand)),
            () ->
                "\"%s\" is off the chip and in the parameter memory"
                    .formatted(mapping.graph().tensor(operand).name()));
      }
    }
  }

  /** For each tensor the one whose bytes it has. */
  private static int[] views(Mapping mapping) {
    int[] viewed = new int[mapping.graph().tensors().size()];
    for (int tensor = 0; tensor < viewed.length; tensor++) {
      viewed[tensor] = tensor;
    }
    for (int step = 0; step < mapping.layers().size(); step++) {
      Layer layer = mapping.layers().get(step);
      boolean view = mapping.tilings().get(step).filter(tiling -> tiling.isView()).isPresent();
      if (view && !layer.inputs().isEmpty()) {
        viewed[layer.outputs().getFirst()] = viewed[layer.inputs().getFirst()];
      }
    }
    return viewed;
  }

  private static void parameters(Mapping mapping, Faults faults) {
    long capacity =
        mapping.accelerator().parameterMemory().cacheBytes() - mapping.memory().takenBytes();
    faults.unless(
        mapping.cachedBytes() <= Math.max(0, capacity),
        () ->
            "%d bytes of parameters stay where there are %d"
                .formatted(mapping.cachedBytes(), capacity));
    for (int i = 0; i < mapping.layers().size(); i++) {
      Layer layer = mapping.layers().get(i);
      boolean none =
          !layer.onAccelerator()
              || (layer.parameters().isEmpty()
                  && mapping.memory().parameterPlacements().get(i)
                      instanceof ParameterPlacement.None);
      faults.unless(
          !none
              || (!mapping.memory().cached().get(i)
                  && mapping.memory().parameterBytes().get(i) == 0),
          () -> "layer \"%s\" has no parameters and keeps some".formatted(layer.name()));
      faults.unless(
          none || mapping.memory().cached().get(i) || mapping.memory().parameterBytes().get(i) > 0,
          () -> "layer \"%s\" has its parameters from nowhere".formatted(layer.name()));
    }
  }
}
