package dev.ppe.simulator.compile;

import static dev.ppe.simulator.compile.ProgramBuilder.NONE;
import static dev.ppe.simulator.compile.ProgramBuilder.after;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Cycles;
import dev.ppe.simulator.hardware.Invocation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Phase 5: instructions with their dependencies.
 *
 * <p>A stage on the accelerator begins with the driver, the doorbell, the instructions' way in and
 * the inputs', and ends with the completion, before which the host has no result; each layer then
 * exchanges operands between PEs and computes ({@link LayerScheduler}). Streamed parameters come in
 * pieces of half the staging memory, so that one piece arrives while the one before is used,
 * however early the link is free. Activations that do not fit on the chip pass in blocks the same
 * way, and a layer in several blocks fetches streamed parameters again for each. Results go out as
 * soon as they are there.
 */
public final class Scheduler {
  private final Mapping mapping;
  private final Interruption interruption;
  private final Accelerator accelerator;
  private final Transfers transfers;
  private final HostTiming hostTiming;
  private final Crossings crossings;
  private final DramLayout layout;
  private final ProgramBuilder program;
  private final LayerScheduler layerScheduler;

  /** For each tensor the instruction after which the accelerator can read it. */
  private final int[] onAccelerator;

  /** For each tensor the instruction after which the host can. */
  private final int[] onHost;

  private Scheduler(Mapping mapping, Interruption interruption) {
    this.mapping = mapping;
    this.interruption = interruption;
    this.accelerator = mapping.accelerator();
    this.transfers = new Transfers(accelerator);
    this.hostTiming = new HostTiming(accelerator);
    this.crossings = mapping.crossings();
    this.layout = new DramLayout(mapping);
    interruption.check();
    this.program = new ProgramBuilder(accelerator, mapping.layers());
    this.layerScheduler = new LayerScheduler(mapping, transfers, layout, program);
    this.onAccelerator = new int[mapping.graph().tensors().size()];
    this.onHost = new int[mapping.graph().tensors().size()];
    Arrays.fill(onAccelerator, NONE);
    Arrays.fill(onHost, NONE);
  }

  /**
   * The program of one inference in the steady state.
   *
   * @throws CompilationException if it would be unreasonably long
   */
  public static Program program(Mapping mapping, Interruption interruption) {
    Scheduler scheduler = new Scheduler(mapping, interruption);
    interruption.check();
    return scheduler.inference();
  }

  /** The program that uploads the cached parameters once; no instructions if there are none. */
  public static Program upload(Mapping mapping, Interruption interruption) {
    Scheduler scheduler = new Scheduler(mapping, interruption);
    interruption.check();
    if (mapping.cachedBytes() > 0) {
      int uploaded =
          scheduler.toDevice(
              scheduler.layout.cachedParameters(),
              Cause.PARAMETER_FETCH,
              after(scheduler.invocation()));
      scheduler.completion(after(uploaded));
    }
    return scheduler.program.build();
  }

  private Program inference() {
    int stage = NONE;
    int begun = NONE;
    for (int index = 0; index < mapping.layers().size(); index++) {
      interruption.check();
      Layer layer = mapping.layers().get(index);
      if (layer.onAccelerator()) {
        begun = layer.stage() == stage ? begun : beginStage(index);
        accelerate(index, begun);
        if (isLastOfStage(index)) {
          endStage(index);
        }
      } else {
        host(index);
      }
      stage = layer.stage();
    }
    interruption.check();
    return program.build();
  }

  /** The driver, and the doorbell where it takes time of its own. */
  private int invocation() {
    Invocation costs = accelerator.invocation();
    int started = fixed(0, costs.driverNs(), Cause.INVOCATION, Set.of());
    int rung = costs.driverNs() + costs.doorbellNs();
    return costs.doorbellNs() == 0
        ? started
        : fixed(costs.driverNs(), rung, Cause.DOORBELL, after(started));
  }

  /** The completion, if it takes time of its own. */
  private OptionalInt completion(Set<Integer> ended) {
    Invocation costs = accelerator.invocation();
    if (costs.completionNs() == 0) {
      return OptionalInt.empty();
    }
    int rung = costs.driverNs() + costs.doorbellNs();
    return OptionalInt.of(fixed(rung, costs.overheadNs(), Cause.COMPLETION, ended));
  }

  private int fixed(int fromNanos, int toNanos, Cause cause, Set<Integer> after) {
    long clock = accelerator.clockHz();
    long cycles = Cycles.ofNanos(toNanos, clock) - Cycles.ofNanos(fromNanos, clock);
    Work task = new Work.HostTask(cycles, new Job.Delay(fromNanos, toNanos));
    return program.add(Instruction.NO_LAYER, task, cause, after);
  }

  /** What the host has goes to the chip. */
  private int toDevice(AddressRange range, Cause cause, Set<Integer> after) {
    Work work = Transfers.work(transfers.hostRoute(true), List.of(range), true);
    return program.add(Instruction.NO_LAYER, work, cause, after);
  }

  /** What is on the chip goes to the host. */
  private int toHost(AddressRange range, Set<Integer> after) {
    Work work = Transfers.work(transfers.hostRoute(false), List.of(range), false);
    return program.add(Instruction.NO_LAYER, work, Cause.HOST_LINK, after);
  }

  /** Invocation, instructions, and the inputs of the stage whose first layer is {@code start}. */
  private int beginStage(int start) {
    int stage = mapping.layers().get(start).stage();
    int end = start;
    while (end < mapping.layers().size() && mapping.layers().get(end).stage() == stage) {
      end++;
    }
    AddressRange instructions =
        layout.instructions(InstructionBytes.of(mapping, start, end, interruption));
    int begun = toDevice(instructions, Cause.HOST_LINK, after(invocation()));
    for (int index = start; index < end; index++) {
      interruption.checkAt(index);
      mapping.layers().get(index).inputs().forEach(input -> send(input, begun));
    }
    return begun;
  }

  private boolean isLastOfStage(int index) {
    List<Layer> layers = mapping.layers();
    return index + 1 == layers.size() || layers.get(index + 1).stage() != layers.get(index).stage();
  }

  /** The host has the results of a stage, all of them, when it is told so. */
  private void endStage(int last) {
    int stage = mapping.layers().get(last).stage();
    List<Integer> results = new ArrayList<>();
    for (int i = last; i >= 0 && mapping.layers().get(i).stage() == stage; i--) {
      for (int output : mapping.layers().get(i).outputs()) {
        if (crossings.toHost().get(output)) {
          results.addFirst(output);
        }
      }
    }
    Set<Integer> ended = after();
    mapping.layers().get(last).outputs().forEach(output -> ended.add(onAccelerator[output]));
    results.forEach(result -> ended.add(onHost[result]));
    completion(ended).ifPresent(told -> results.forEach(result -> onHost[result] = told));
  }

  /** Brings a tensor that the host has; one that is to stay in shared memory is there already. */
  private void send(int tensor, int begun) {
    if (!crossings.toAccelerator().get(tensor) || onAccelerator[tensor] != NONE) {
      return;
    }
    onAccelerator[tensor] =
        mapping.staysShared(tensor)
            ? Math.max(begun, onHost[tensor])
            : toDevice(
                layout.tensor(tensor, mapping.inputBytes(tensor)),
                Cause.HOST_LINK,
                after(begun, onHost[tensor]));
  }

  private void accelerate(int index, int begun) {
    Layer layer = mapping.layers().get(index);
    Set<Integer> ready = after(begun);
    layer.inputs().forEach(input -> ready.add(onAccelerator[input]));
    int done = layerScheduler.schedule(index, begun, ready);
    for (int output : layer.outputs()) {
      onAccelerator[output] = done;
      if (crossings.toHost().get(output)) {
        onHost[output] =
            mapping.staysShared(output)
                ? done
                : toHost(
                    layout.tensor(output, transfers.outputBytes(mapping.graph().tensor(output))),
                    after(done));
      }
    }
  }

  private void host(int index) {
    Layer layer = mapping.layers().get(index);
    Set<Integer> ready = after();
    layer.inputs().forEach(input -> ready.add(onHost[input]));
    Job.HostOperator job =
        hostTiming.job(mapping.graph(), mapping.graph().nodes().get(layer.main()));
    Work operator = new Work.HostTask(hostTiming.cycles(job), job);
    int done = program.add(index, operator, Cause.HOST, ready);
    layer.outputs().forEach(output -> onHost[output] = done);
  }
}
