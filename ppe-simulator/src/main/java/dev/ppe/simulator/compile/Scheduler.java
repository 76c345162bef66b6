package dev.ppe.simulator.compile;

import static dev.ppe.simulator.compile.ProgramBuilder.NONE;
import static dev.ppe.simulator.compile.ProgramBuilder.after;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Phase 5: instructions with their dependencies.
 *
 * <p>A stage on the accelerator begins with the driver, the doorbell, the instructions' way in and
 * the inputs', and ends with the completion ({@link HostScheduler}), before which the host has no
 * result; each layer then exchanges operands between PEs and computes ({@link LayerScheduler}).
 * Streamed parameters come in pieces of half the staging memory, so that one piece arrives while
 * the one before is used, however early the link is free. Activations that do not fit on the chip
 * pass in blocks the same way, and a layer in several blocks fetches streamed parameters again for
 * each. Results go out as soon as they are there.
 */
public final class Scheduler {
  private final Mapping mapping;
  private final Interruption interruption;
  private final Transfers transfers;
  private final Crossings crossings;
  private final DramLayout layout;
  private final ProgramBuilder program;
  private final HostScheduler host;
  private final LayerScheduler layerScheduler;

  /** For each tensor the instruction after which the accelerator can read it. */
  private final int[] onAccelerator;

  /** For each tensor the instruction after which the host can. */
  private final int[] onHost;

  private Scheduler(Mapping mapping, Interruption interruption) {
    this.mapping = mapping;
    this.interruption = interruption;
    Accelerator accelerator = mapping.accelerator();
    this.transfers = new Transfers(accelerator);
    this.crossings = mapping.crossings();
    this.layout = new DramLayout(mapping);
    interruption.check();
    this.program = new ProgramBuilder(accelerator, mapping.layers(), interruption);
    this.host = new HostScheduler(transfers, program);
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
      HostScheduler host = scheduler.host;
      int uploaded =
          host.toDevice(
              scheduler.layout.cachedParameters(), Cause.PARAMETER_FETCH, after(host.invocation()));
      host.completion(after(uploaded));
    }
    return scheduler.program.build();
  }

  private Program inference() {
    for (Stage stage : Stage.of(mapping.layers())) {
      if (stage.onAccelerator()) {
        int begun = begin(stage);
        for (int index = stage.first(); index < stage.end(); index++) {
          interruption.check();
          accelerate(index, begun);
        }
        finish(stage);
      } else {
        for (int index = stage.first(); index < stage.end(); index++) {
          interruption.check();
          runOnHost(index);
        }
      }
    }
    interruption.check();
    return program.build();
  }

  /** Invocation, instructions, and inputs. */
  private int begin(Stage stage) {
    AddressRange instructions =
        layout.instructions(InstructionBytes.of(mapping, stage, interruption));
    int begun = host.toDevice(instructions, Cause.HOST_LINK, after(host.invocation()));
    for (int index = stage.first(); index < stage.end(); index++) {
      interruption.checkAt(index);
      mapping.layers().get(index).inputs().forEach(input -> send(input, begun));
    }
    return begun;
  }

  /** The host has the results of a stage, all of them, when it is told so. */
  private void finish(Stage stage) {
    List<Integer> results = stage.results(crossings, interruption).reversed();
    Set<Integer> ended = after();
    stage.lastOutputs().forEach(output -> ended.add(onAccelerator[output]));
    results.forEach(result -> ended.add(onHost[result]));
    host.completion(ended).ifPresent(told -> results.forEach(result -> onHost[result] = told));
  }

  /** Brings a tensor that the host has; one that is to stay in shared memory is there already. */
  private void send(int tensor, int begun) {
    if (!crossings.toAccelerator().get(tensor) || onAccelerator[tensor] != NONE) {
      return;
    }
    onAccelerator[tensor] =
        mapping.staysShared(tensor)
            ? Math.max(begun, onHost[tensor])
            : host.toDevice(
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
                : host.toHost(
                    layout.tensor(output, transfers.outputBytes(mapping.graph().tensor(output))),
                    after(done));
      }
    }
  }

  private void runOnHost(int index) {
    Layer layer = mapping.layers().get(index);
    Set<Integer> ready = after();
    layer.inputs().forEach(input -> ready.add(onHost[input]));
    Work operator =
        new Work.HostTask(
            HostOperators.job(
                mapping.graph(),
                mapping.graph().nodes().get(layer.main()),
                mapping.accelerator().host()));
    int done = program.add(index, operator, Cause.HOST, ready);
    layer.outputs().forEach(output -> onHost[output] = done);
  }
}
