package dev.ppe.simulator.compile.verify;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.Blocks;
import dev.ppe.simulator.compile.Compilation;
import dev.ppe.simulator.compile.Durations;
import dev.ppe.simulator.compile.Instruction;
import dev.ppe.simulator.compile.InstructionBytes;
import dev.ppe.simulator.compile.Layer;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.Passes;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.compile.Tiling;
import dev.ppe.simulator.compile.Transfers;
import dev.ppe.simulator.compile.Work;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.job.LoopOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every layer has its instructions, which take its time and move its bytes and no others: streamed
 * parameters once a pass, operands off the chip, exchange between PEs, and for the whole inference
 * inputs, outputs and instructions. Dependencies point backwards, no layer begins before its
 * operands are made, and everything has its place in DRAM.
 */
final class ScheduleVerifier implements Verification.Verifier {
  @Override
  public void verify(Compilation known, Faults faults) {
    Mapping mapping = known.mapping().orElseThrow();
    Program program = known.program().orElseThrow();
    boolean sound = sound(program, faults);
    Sums sums = new Sums(program);
    faults.unlessEqual(program.layers(), mapping.layers().size(), () -> "layers of the program");
    for (int index = 0; index < mapping.layers().size(); index++) {
      layer(mapping, index, sums, faults);
    }
    faults.unlessEqual(
        sums.bytes(Instruction.NO_LAYER, Cause.HOST_LINK),
        wholeBytes(mapping),
        () -> "bytes of inputs, outputs and instructions");
    if (sound) {
      OperandTimes.verify(mapping, program, faults);
    }
    DramPlaces.verify(mapping, program, faults);
  }

  /** Whether instructions can be followed one by one: they and what they wait for are there. */
  private static boolean sound(Program program, Faults faults) {
    boolean sound = true;
    for (int i = 0; i < program.instructions().size(); i++) {
      Instruction instruction = program.instructions().get(i);
      int position = i;
      boolean belongs =
          instruction.layer() >= Instruction.NO_LAYER && instruction.layer() < program.layers();
      faults.unless(
          belongs, () -> "instruction %d belongs to no layer that there is".formatted(position));
      sound &= belongs;
      for (int dependency : instruction.dependencies()) {
        boolean before = dependency >= 0 && dependency < position;
        faults.unless(
            before,
            () -> "instruction %d depends on %d: not before it".formatted(position, dependency));
        sound &= before;
      }
    }
    return sound;
  }

  private static void layer(Mapping mapping, int index, Sums sums, Faults faults) {
    Layer layer = mapping.layers().get(index);
    String name = layer.name();
    faults.unless(
        sums.instructions(index) > 0, () -> "layer \"%s\" has no instructions".formatted(name));
    Optional<Tiling> tiling = mapping.tilings().get(index);
    if (tiling.isEmpty()) {
      return; // the host's
    }
    Passes passes = mapping.passes(index);
    boolean idle = tiling.get().isView();
    long streamed =
        mapping.memory().cached().get(index) ? 0 : mapping.memory().parameterBytes().get(index);
    order(mapping, index, streamed, faults);
    faults.unlessEqual(
        sums.bytes(index, Cause.PARAMETER_FETCH),
        idle ? 0 : streamed * (stays(mapping, index) ? 1 : Blocks.passes(mapping, index)),
        () -> "bytes of parameters fetched for layer \"%s\"".formatted(name));
    faults.unlessEqual(
        sums.bytes(index, Cause.DMA),
        idle ? 0 : operands(mapping, index) + offChip(mapping, layer.outputs()),
        () -> "bytes of activations off the chip for layer \"%s\"".formatted(name));
    faults.unlessEqual(
        sums.bytes(index, Cause.ACTIVATION_FETCH),
        mapping.accelerator().network().flatMap(n -> tiling).map(passes::networkBytes).orElse(0L),
        () -> "bytes between PEs for layer \"%s\"".formatted(name));
    faults.unlessEqual(
        sums.networkCycles(index),
        passes.networkCycles(tiling.get()),
        () -> "cycles between PEs for layer \"%s\"".formatted(name));
    faults.unlessEqual(
        sums.computeCycles(index),
        idle ? 0 : passes.coreCycles(tiling.get()),
        () -> "cycles of the cores for layer \"%s\"".formatted(name));
  }

  /** What is kept while the rest streams moves no more bytes than a block would. */
  private static void order(Mapping mapping, int index, long streamed, Faults faults) {
    Passes passes = mapping.passes(index);
    int recomputed = Blocks.passes(mapping, index);
    String name = mapping.layers().get(index).name();
    faults.unlessEqual(passes.passes(), recomputed, () -> "passes of layer \"%s\"".formatted(name));
    long once = passes.operandBytes() - (passes.rounds() - 1) * passes.bytesIn();
    faults.unless(
        passes.parameterBytes() + passes.operandBytes() <= streamed * recomputed + once,
        () -> "layer \"%s\" would move fewer bytes in blocks".formatted(name));
  }

  private static boolean stays(Mapping mapping, int index) {
    return mapping.passes(index).order() == LoopOrder.WEIGHTS_OUTER;
  }

  /** Each operand off the chip as often as it comes. */
  private static long operands(Mapping mapping, int index) {
    return mapping.layers().get(index).inputs().stream()
        .mapToLong(input -> mapping.comes(index, input) * offChip(mapping, List.of(input)))
        .sum();
  }

  private static long offChip(Mapping mapping, List<Integer> tensors) {
    return tensors.stream()
        .filter(mapping.memory().offChip()::get)
        .mapToLong(tensor -> mapping.graph().tensor(tensor).bytes())
        .sum();
  }

  private static long wholeBytes(Mapping mapping) {
    Graph graph = mapping.graph();
    Transfers transfers = new Transfers(mapping.accelerator());
    long bytes = InstructionBytes.of(mapping);
    for (int tensor = 0; tensor < graph.tensors().size(); tensor++) {
      if (!mapping.staysShared(tensor)) {
        boolean in = mapping.crossings().toAccelerator().get(tensor);
        boolean out = mapping.crossings().toHost().get(tensor);
        bytes += in ? mapping.inputBytes(tensor) : 0;
        bytes += out ? transfers.outputBytes(graph.tensor(tensor)) : 0;
      }
    }
    return bytes;
  }

  /** What the instructions of each layer add up to; those of the whole inference stand last. */
  private static final class Sums {
    private final int[] instructions;
    private final List<Map<Cause, Long>> bytes = new ArrayList<>();
    private final long[] computeCycles;
    private final long[] networkCycles;

    Sums(Program program) {
      int groups = program.layers() + 1;
      instructions = new int[groups];
      computeCycles = new long[groups];
      networkCycles = new long[groups];
      for (int group = 0; group < groups; group++) {
        bytes.add(new EnumMap<>(Cause.class));
      }
      Durations durations = new Durations(program.accelerator());
      for (Instruction instruction : program.instructions()) {
        int group = Math.floorMod(instruction.layer(), groups);
        instructions[group]++;
        bytes.get(group).merge(instruction.cause(), instruction.bytes(), Long::sum);
        if (instruction.work() instanceof Work.Compute compute
            && instruction.cause() != Cause.DECODE) {
          computeCycles[group] += durations.cycles(compute);
        } else if (instruction.work() instanceof Work.Exchange exchange) {
          networkCycles[group] += durations.cycles(exchange);
        }
      }
    }

    int instructions(int layer) {
      return instructions[layer];
    }

    long bytes(int layer, Cause cause) {
      return bytes.get(Math.floorMod(layer, bytes.size())).getOrDefault(cause, 0L);
    }

    long computeCycles(int layer) {
      return computeCycles[layer];
    }

    long networkCycles(int layer) {
      return networkCycles[layer];
    }
  }
}
