package dev.ppe.simulator.compile.verify;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.Durations;
import dev.ppe.simulator.compile.Instruction;
import dev.ppe.simulator.compile.Layer;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.compile.Resource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Runs a program in the simplest way there is, each instruction when its resource is free and its
 * dependencies have ended, and compares the times of layers: but for fetching parameters none
 * begins before the layers have ended that make its operands. Dependencies have to point backwards,
 * and layers to be there.
 */
final class OperandTimes {
  private OperandTimes() {}

  static void verify(Mapping mapping, Program program, Faults faults) {
    long[] begun = new long[mapping.layers().size()];
    long[] ended = new long[mapping.layers().size()];
    Arrays.fill(begun, Long.MAX_VALUE);
    run(program, begun, ended);
    int[] maker = new int[mapping.graph().tensors().size()];
    Arrays.fill(maker, Instruction.NO_LAYER);
    for (int index = 0; index < mapping.layers().size(); index++) {
      Layer layer = mapping.layers().get(index);
      for (int input : layer.inputs()) {
        int by = maker[input];
        boolean waited = by == Instruction.NO_LAYER || begun[index] >= ended[by];
        faults.unless(
            waited,
            () ->
                "layer \"%s\" begins before \"%s\" is made"
                    .formatted(layer.name(), mapping.graph().tensor(input).name()));
      }
      for (int output : layer.outputs()) {
        maker[output] = index;
      }
    }
  }

  private static void run(Program program, long[] begun, long[] ended) {
    long[] end = new long[program.instructions().size()];
    Durations durations = new Durations(program.accelerator());
    Map<Resource, Long> free = new EnumMap<>(Resource.class);
    for (int i = 0; i < end.length; i++) {
      Instruction instruction = program.instructions().get(i);
      long start = free.getOrDefault(instruction.resource(), 0L);
      for (int dependency : instruction.dependencies()) {
        start = Math.max(start, end[dependency]);
      }
      end[i] = start + durations.cycles(instruction.work());
      free.put(instruction.resource(), end[i]);
      int layer = instruction.layer();
      if (layer != Instruction.NO_LAYER) {
        ended[layer] = Math.max(ended[layer], end[i]);
        boolean prefetch =
            instruction.cause() == Cause.PARAMETER_FETCH
                && instruction.resource() != Resource.ARRAY;
        begun[layer] = prefetch ? begun[layer] : Math.min(begun[layer], start);
      }
    }
  }
}
