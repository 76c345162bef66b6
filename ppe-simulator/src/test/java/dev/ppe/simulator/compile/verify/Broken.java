package dev.ppe.simulator.compile.verify;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.Compilation;
import dev.ppe.simulator.compile.Compiler;
import dev.ppe.simulator.compile.Instruction;
import dev.ppe.simulator.compile.Layer;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.MemoryPlan;
import dev.ppe.simulator.compile.MemoryPlan.Activation;
import dev.ppe.simulator.compile.MemoryPlan.Buffer;
import dev.ppe.simulator.compile.Phase;
import dev.ppe.simulator.compile.PlacedNode;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.compile.Tiling;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Compilations with something wrong: a right one, but for one part. */
final class Broken {
  private Broken() {}

  static Compilation right(Graph graph, Accelerator accelerator) {
    return Compiler.compile(
        CanonicalGraph.of(graph),
        accelerator,
        Phase.SCHEDULE,
        new Verification(),
        Interruption.NEVER);
  }

  static Compilation graph(Compilation c, Graph graph) {
    return new Compilation(
        c.source(),
        c.accelerator(),
        c.done(),
        graph,
        c.placed(),
        c.layers(),
        c.tilings(),
        c.mapping(),
        c.program());
  }

  static Compilation placed(Compilation c, List<PlacedNode> placed) {
    return new Compilation(
        c.source(),
        c.accelerator(),
        c.done(),
        c.graph(),
        placed,
        c.layers(),
        c.tilings(),
        c.mapping(),
        c.program());
  }

  static Compilation layers(Compilation c, List<Layer> layers) {
    return new Compilation(
        c.source(),
        c.accelerator(),
        c.done(),
        c.graph(),
        c.placed(),
        layers,
        c.tilings(),
        c.mapping(),
        c.program());
  }

  static Compilation tilings(Compilation c, List<Optional<Tiling>> tilings) {
    return new Compilation(
        c.source(),
        c.accelerator(),
        c.done(),
        c.graph(),
        c.placed(),
        c.layers(),
        tilings,
        c.mapping(),
        c.program());
  }

  static Compilation memory(Compilation c, UnaryOperator<MemoryPlan> change) {
    return memory(c, c.mapping().orElseThrow().graph(), change);
  }

  /** The same, planned for another graph. */
  static Compilation memory(Compilation c, Graph graph, UnaryOperator<MemoryPlan> change) {
    Mapping right = c.mapping().orElseThrow();
    Mapping wrong =
        new Mapping(
            graph,
            right.accelerator(),
            right.layers(),
            right.tilings(),
            change.apply(right.memory()),
            right.crossings(),
            right.work());
    return new Compilation(
        c.source(),
        c.accelerator(),
        c.done(),
        c.graph(),
        c.placed(),
        c.layers(),
        c.tilings(),
        Optional.of(wrong),
        c.program());
  }

  static Compilation program(Compilation c, List<Instruction> instructions) {
    return new Compilation(
        c.source(),
        c.accelerator(),
        c.done(),
        c.graph(),
        c.placed(),
        c.layers(),
        c.tilings(),
        c.mapping(),
        Optional.of(new Program(c.accelerator(), instructions, c.layers().size())));
  }

  static MemoryPlan activations(MemoryPlan plan, List<Activation> activations) {
    return new MemoryPlan(
        activations,
        plan.buffers(),
        plan.overflowing(),
        plan.offChip(),
        plan.inParameterMemory(),
        plan.sentAgainBytes(),
        plan.takenBytes(),
        plan.instructionBytes(),
        plan.peakBytes(),
        plan.lowerBoundBytes(),
        plan.parameterBytes(),
        plan.cached(),
        plan.parameterPlacements());
  }

  static MemoryPlan buffers(MemoryPlan plan, List<Buffer> buffers) {
    return new MemoryPlan(
        plan.activations(),
        buffers,
        plan.overflowing(),
        plan.offChip(),
        plan.inParameterMemory(),
        plan.sentAgainBytes(),
        plan.takenBytes(),
        plan.instructionBytes(),
        plan.peakBytes(),
        plan.lowerBoundBytes(),
        plan.parameterBytes(),
        plan.cached(),
        plan.parameterPlacements());
  }

  static MemoryPlan bounds(MemoryPlan plan, long peak, long lowerBound) {
    return new MemoryPlan(
        plan.activations(),
        plan.buffers(),
        plan.overflowing(),
        plan.offChip(),
        plan.inParameterMemory(),
        plan.sentAgainBytes(),
        plan.takenBytes(),
        plan.instructionBytes(),
        peak,
        lowerBound,
        plan.parameterBytes(),
        plan.cached(),
        plan.parameterPlacements());
  }

  static MemoryPlan places(MemoryPlan plan, List<Boolean> overflowing, List<Boolean> offChip) {
    return new MemoryPlan(
        plan.activations(),
        plan.buffers(),
        overflowing,
        offChip,
        plan.inParameterMemory(),
        plan.sentAgainBytes(),
        plan.takenBytes(),
        plan.instructionBytes(),
        plan.peakBytes(),
        plan.lowerBoundBytes(),
        plan.parameterBytes(),
        plan.cached(),
        plan.parameterPlacements());
  }

  static MemoryPlan parameters(MemoryPlan plan, List<Long> bytes, List<Boolean> cached) {
    return new MemoryPlan(
        plan.activations(),
        plan.buffers(),
        plan.overflowing(),
        plan.offChip(),
        plan.inParameterMemory(),
        plan.sentAgainBytes(),
        plan.takenBytes(),
        plan.instructionBytes(),
        plan.peakBytes(),
        plan.lowerBoundBytes(),
        bytes,
        cached,
        plan.parameterPlacements());
  }

  /** The list with another value at {@code index}. */
  static <T> List<T> with(List<T> list, int index, T value) {
    List<T> result = new ArrayList<>(list);
    result.set(index, value);
    return result;
  }

  /** The list without the value at {@code index}. */
  static <T> List<T> without(List<T> list, int index) {
    List<T> result = new ArrayList<>(list);
    result.remove(index);
    return result;
  }

  /** The list with two values in each other's place. */
  static <T> List<T> swapped(List<T> list, int one, int two) {
    return with(with(list, one, list.get(two)), two, list.get(one));
  }
}
