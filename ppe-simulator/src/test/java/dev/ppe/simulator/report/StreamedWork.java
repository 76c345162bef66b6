package dev.ppe.simulator.report;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.BoundedTilingMemo;
import dev.ppe.simulator.compile.Compilation;
import dev.ppe.simulator.compile.Compiler;
import dev.ppe.simulator.compile.Instruction;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.Passes;
import dev.ppe.simulator.compile.Phase;
import dev.ppe.simulator.compile.PhaseListener;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.compile.Resource;
import dev.ppe.simulator.compile.TilingMemo;
import dev.ppe.simulator.compile.Work;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.job.LoopOrder;
import dev.ppe.simulator.simulate.Machine;
import dev.ppe.simulator.simulate.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * How long an inference took, and how long each block worked for each of its layers: enough to tell
 * what of that another block may not have hidden.
 *
 * @param cycles of all of it
 * @param hostCycles of inputs, outputs and instructions on their way
 * @param layers in the order in which they run
 */
record StreamedWork(long cycles, long hostCycles, List<OfLayer> layers) {
  private static final TilingMemo MEMO = new BoundedTilingMemo(1 << 16);

  /** What passes through for a layer, one behind the other. */
  private enum Stage {
    FETCH,
    PARAMETERS,
    EXCHANGE,
    CORES,
    STORE
  }

  /**
   * A layer.
   *
   * @param cycles of each stage, in all passes
   * @param turns passes in all rounds
   * @param weightsStay whether weights stay on the chip while blocks of operands pass
   * @param stops whether the cores wait in each pass for weights that nothing hides
   */
  record OfLayer(Map<Stage, Long> cycles, int turns, boolean weightsStay, boolean stops) {

    /** What goes over the way off the chip. */
    long moved() {
      return of(Stage.FETCH) + of(Stage.PARAMETERS) + of(Stage.STORE);
    }

    /**
     * What nothing hides, where the slowest stage goes on and on: a pass of all others. All of them
     * where stages take turns.
     */
    private long unhidden(boolean takeTurns) {
      return takeTurns
          ? allButTheSlowest(Stage.values())
          : Math.ceilDiv(
              allButTheSlowest(Stage.FETCH, Stage.EXCHANGE, Stage.CORES, Stage.STORE), turns);
    }

    private long allButTheSlowest(Stage... stages) {
      LongStream all = Arrays.stream(stages).mapToLong(this::of);
      long slowest = Arrays.stream(stages).mapToLong(this::of).max().orElse(0);
      return all.sum() - slowest;
    }

    private long of(Stage stage) {
      return cycles.getOrDefault(stage, 0L);
    }

    /** The most that it may take longer than with less memory. */
    long mayTakeLongerThan(OfLayer less) {
      boolean same = turns == less.turns && moved() == less.moved();
      boolean takeTurns = stops || (turns > 1 && weightsStay != less.weightsStay);
      return same ? 0 : unhidden(takeTurns) + Math.max(0, moved() - less.moved());
    }
  }

  /** The most that it may take longer than with less memory in a PE. */
  long mayTakeLongerThan(StreamedWork less) {
    long most = Math.max(0, hostCycles - less.hostCycles);
    for (int layer = 0; layer < layers.size(); layer++) {
      most += layers.get(layer).mayTakeLongerThan(less.layers.get(layer));
    }
    return most;
  }

  static StreamedWork of(Graph graph, Accelerator accelerator) {
    Compilation compilation =
        Compiler.compile(
            CanonicalGraph.of(graph),
            accelerator,
            Phase.SCHEDULE,
            PhaseListener.NONE,
            MEMO,
            Interruption.NEVER);
    Mapping mapping = compilation.mapping().orElseThrow();
    Program program = compilation.program().orElseThrow();
    Machine.Run run = Machine.observe(program, Interruption.NEVER);
    Schedule schedule = run.schedule();
    long host = 0;
    List<Map<Stage, Long>> cycles = new ArrayList<>();
    mapping.layers().forEach(layer -> cycles.add(new EnumMap<>(Stage.class)));
    for (int i = 0; i < program.instructions().size(); i++) {
      Instruction instruction = program.instructions().get(i);
      long took = schedule.finish()[i] - schedule.start()[i];
      if (instruction.layer() != Instruction.NO_LAYER) {
        cycles.get(instruction.layer()).merge(stage(instruction), took, Long::sum);
      } else {
        host += instruction.cause() == Cause.HOST_LINK ? took : 0;
      }
    }
    List<OfLayer> layers = new ArrayList<>();
    for (int layer = 0; layer < cycles.size(); layer++) {
      layers.add(
          mapping.tilings().get(layer).isPresent()
              ? layer(cycles.get(layer), mapping.passes(layer), accelerator)
              : new OfLayer(cycles.get(layer), 1, false, false));
    }
    return new StreamedWork(run.activity().cycles(), host, layers);
  }

  private static OfLayer layer(Map<Stage, Long> cycles, Passes passes, Accelerator accelerator) {
    boolean severalTurns = passes.turns() > 1;
    boolean stay = severalTurns && passes.order() == LoopOrder.WEIGHTS_OUTER;
    boolean streams = passes.streamedBytes() > 0;
    boolean stops = severalTurns && !stay && streams && !accelerator.parameterMemory().prefetch();
    return new OfLayer(cycles, passes.turns(), stay, stops);
  }

  private static Stage stage(Instruction instruction) {
    return switch (instruction.work()) {
      case Work.DramTransfer transfer -> stage(instruction.cause(), transfer.write());
      case Work.LinkTransfer transfer ->
          stage(instruction.cause(), transfer.resource() == Resource.LINK_OUT);
      case Work.Exchange exchange -> Stage.EXCHANGE;
      case Work.Task task -> Stage.CORES;
    };
  }

  private static Stage stage(Cause cause, boolean out) {
    return out ? Stage.STORE : cause == Cause.PARAMETER_FETCH ? Stage.PARAMETERS : Stage.FETCH;
  }
}
