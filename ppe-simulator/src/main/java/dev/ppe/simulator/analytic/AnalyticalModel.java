package dev.ppe.simulator.analytic;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.activity.Activity;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.Crossings;
import dev.ppe.simulator.compile.HostTiming;
import dev.ppe.simulator.compile.Instruction;
import dev.ppe.simulator.compile.InstructionBytes;
import dev.ppe.simulator.compile.Layer;
import dev.ppe.simulator.compile.LoopOrder;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.Passes;
import dev.ppe.simulator.compile.Resource;
import dev.ppe.simulator.compile.Transfers;
import dev.ppe.simulator.dram.DramActivity;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Cycles;
import dev.ppe.simulator.hardware.Invocation;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Time and traffic of one inference from its mapping alone, without a program: a recurrence over
 * the layers with a constant amount of work for each. A layer's parts take their engines in order
 * and overlap as far as engines and operands allow ({@link LayerModel}); what a cycle-level machine
 * would do tile by tile is in closed form. {@code docs/analytical.md} has every formula.
 */
public final class AnalyticalModel {
  private static final int WHOLE = Instruction.NO_LAYER;

  private final Mapping mapping;
  private final Graph graph;
  private final Accelerator accelerator;
  private final Transfers transfers;
  private final TransferTime transferTime;
  private final HostTiming hostTiming;
  private final Crossings crossings;
  private final Engines engines = new Engines();
  private final LayerModel layers;
  private final Ledger ledger = new Ledger();
  private final DramTraffic traffic = new DramTraffic();

  /** For each tensor when the accelerator can read it, and when the host can. */
  private final Moment[] onAccelerator;

  private final Moment[] onHost;
  private final BitSet sent = new BitSet();
  private final Interruption interruption;

  private AnalyticalModel(Mapping mapping, Interruption interruption) {
    this.mapping = mapping;
    this.interruption = interruption;
    this.graph = mapping.graph();
    this.accelerator = mapping.accelerator();
    this.transfers = new Transfers(accelerator);
    this.transferTime = new TransferTime(transfers);
    this.hostTiming = new HostTiming(accelerator);
    this.crossings = mapping.crossings();
    this.layers = new LayerModel(mapping, transfers, engines);
    this.onAccelerator = new Moment[graph.tensors().size()];
    this.onHost = new Moment[graph.tensors().size()];
    Arrays.fill(onAccelerator, Moment.START);
    Arrays.fill(onHost, Moment.START);
  }

  /**
   * One inference in the steady state.
   *
   * @throws ArithmeticException if its cycles do not fit a {@code long}
   */
  public static Activity inference(Mapping mapping, Interruption interruption) {
    return new AnalyticalModel(mapping, interruption).inference();
  }

  /** The upload of the parameters that stay on the chip, before the first inference. */
  public static Activity upload(Mapping mapping, Interruption interruption) {
    AnalyticalModel model = new AnalyticalModel(mapping, interruption);
    Moment end =
        mapping.cachedBytes() == 0
            ? Moment.START
            : model.completion(
                model.fromHost(model.invocation(), mapping.cachedBytes(), Cause.PARAMETER_FETCH));
    return model.activity(end);
  }

  private Activity inference() {
    int stage = WHOLE;
    Moment begun = Moment.START;
    Moment end = Moment.START;
    for (int index = 0; index < mapping.layers().size(); index++) {
      interruption.check();
      Layer layer = mapping.layers().get(index);
      if (layer.onAccelerator()) {
        begun = layer.stage() == stage ? begun : beginStage(index);
        end = end.or(accelerate(index, begun));
        if (isLastOfStage(index)) {
          end = end.or(endStage(index));
        }
      } else {
        end = end.or(host(index));
      }
      stage = layer.stage();
    }
    return activity(end);
  }

  private Activity activity(Moment end) {
    DramActivity dram =
        accelerator.dram().isEmpty()
            ? DramActivity.NONE
            : DramFormula.of(accelerator)
                .map(formula -> formula.activity(traffic, end.cycle()))
                .orElseGet(() -> DramActivity.moved(traffic.readBytes(), traffic.writtenBytes()));
    return ledger.activity(end, dram, interruption);
  }

  /** The driver and the doorbell. */
  private Moment invocation() {
    Invocation costs = accelerator.invocation();
    int rung = costs.driverNs() + costs.doorbellNs();
    Moment started = fixed(Moment.START, 0, costs.driverNs(), Cause.INVOCATION);
    return costs.doorbellNs() == 0
        ? started
        : fixed(started, costs.driverNs(), rung, Cause.DOORBELL);
  }

  private Moment completion(Moment ended) {
    Invocation costs = accelerator.invocation();
    int rung = costs.driverNs() + costs.doorbellNs();
    return costs.completionNs() == 0
        ? ended
        : fixed(ended, rung, costs.overheadNs(), Cause.COMPLETION);
  }

  /** Fixed costs end at clock edges; together they take as many cycles as the whole. */
  private Moment fixed(Moment ready, int fromNanos, int toNanos, Cause cause) {
    long clock = accelerator.clockHz();
    long cycles = Cycles.ofNanos(toNanos, clock) - Cycles.ofNanos(fromNanos, clock);
    return engines.occupy(Resource.HOST, ready, cycles, cause, WHOLE);
  }

  private boolean isLastOfStage(int index) {
    List<Layer> layers = mapping.layers();
    return index + 1 == layers.size() || layers.get(index + 1).stage() != layers.get(index).stage();
  }

  /** The host has the results of a stage, all of them, when it is told so. */
  private Moment endStage(int last) {
    int stage = mapping.layers().get(last).stage();
    Moment ended = Moment.START;
    for (int output : mapping.layers().get(last).outputs()) {
      ended = ended.or(onAccelerator[output]);
    }
    BitSet results = new BitSet();
    for (int i = last; i >= 0 && mapping.layers().get(i).stage() == stage; i--) {
      for (int output : mapping.layers().get(i).outputs()) {
        if (crossings.toHost().get(output)) {
          results.set(output);
          ended = ended.or(onHost[output]);
        }
      }
    }
    if (accelerator.invocation().completionNs() == 0) {
      return ended;
    }
    Moment told = completion(ended);
    results.stream().forEach(result -> onHost[result] = told);
    return told;
  }

  private Moment fromHost(Moment ready, long bytes, Cause cause) {
    return transfer(transfers.hostRoute(true), ready, bytes, cause, true);
  }

  private Moment transfer(
      Resource route, Moment ready, long bytes, Cause cause, boolean towardsDevice) {
    if (route == Resource.DRAM) {
      traffic.add(bytes, 1, towardsDevice);
    }
    long cycles = transferTime.of(route, bytes, towardsDevice);
    return engines.occupy(route, ready, cycles, cause, WHOLE);
  }

  /** Invocation, instructions, and the inputs of the stage whose first layer is {@code start}. */
  private Moment beginStage(int start) {
    int stage = mapping.layers().get(start).stage();
    int end = start;
    while (end < mapping.layers().size() && mapping.layers().get(end).stage() == stage) {
      end++;
    }
    long instructions = InstructionBytes.of(mapping, start, end, interruption);
    Moment begun = fromHost(invocation(), instructions, Cause.HOST_LINK);
    for (int index = start; index < end; index++) {
      interruption.checkAt(index);
      for (int input : mapping.layers().get(index).inputs()) {
        if (crossings.toAccelerator().get(input) && !sent.get(input)) {
          sent.set(input);
          Moment there = begun.or(onHost[input]);
          onAccelerator[input] =
              mapping.staysShared(input)
                  ? there
                  : fromHost(there, mapping.inputBytes(input), Cause.HOST_LINK);
        }
      }
    }
    return begun;
  }

  private Moment accelerate(int index, Moment begun) {
    Layer layer = mapping.layers().get(index);
    Moment ready = begun;
    for (int input : layer.inputs()) {
      ready = ready.or(onAccelerator[input]);
    }
    Passes passes = mapping.passes(index);
    LayerModel.Result result = layers.run(index, passes, begun, ready);
    Moment done = result.done();
    count(index, passes, result);
    Moment end = done;
    for (int output : layer.outputs()) {
      onAccelerator[output] = done;
      sent.set(output);
      if (crossings.toHost().get(output)) {
        onHost[output] = mapping.staysShared(output) ? done : toHost(output, done);
        end = end.or(onHost[output]);
      }
    }
    return end;
  }

  private void count(int index, Passes passes, LayerModel.Result result) {
    boolean view = mapping.tilings().get(index).orElseThrow().isView();
    long parameters = view ? 0 : passes.parameterBytes();
    long in = view ? 0 : passes.operandBytes();
    long out = view ? 0 : passes.bytesOut();
    ledger.add(
        new Ledger.Entry(
            result.startCycle(),
            result.done().cycle(),
            result.arrayCycles(),
            parameters,
            in + out));
    if (transfers.memoryRoute(true) == Resource.DRAM) {
      boolean whole = !accelerator.parameterMemory().prefetch();
      boolean stay = passes.order() == LoopOrder.WEIGHTS_OUTER;
      int fetches = stay ? passes.rounds() : passes.passes();
      traffic.add(parameters, whole ? fetches : fetches * passes.pieces(), true);
      traffic.add(in, passes.turns(), true);
      traffic.add(out, passes.turns(), false);
    }
  }

  private Moment toHost(int tensor, Moment done) {
    long bytes = transfers.outputBytes(graph.tensor(tensor));
    return transfer(transfers.hostRoute(false), done, bytes, Cause.HOST_LINK, false);
  }

  private Moment host(int index) {
    Layer layer = mapping.layers().get(index);
    Moment ready = Moment.START;
    for (int input : layer.inputs()) {
      ready = ready.or(onHost[input]);
    }
    long cycles = hostTiming.cycles(graph, graph.nodes().get(layer.main()));
    Moment done = engines.occupy(Resource.HOST, ready, cycles, Cause.HOST, index);
    ledger.add(Ledger.Entry.onHost(done.cycle() - cycles, done.cycle()));
    for (int output : layer.outputs()) {
      onHost[output] = done;
    }
    return done;
  }
}
