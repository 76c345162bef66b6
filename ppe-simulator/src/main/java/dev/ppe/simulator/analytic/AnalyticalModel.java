package dev.ppe.simulator.analytic;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.activity.Activity;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.block.HostProcessor;
import dev.ppe.simulator.compile.Crossings;
import dev.ppe.simulator.compile.HostOperators;
import dev.ppe.simulator.compile.InstructionBytes;
import dev.ppe.simulator.compile.Layer;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.Passes;
import dev.ppe.simulator.compile.Resource;
import dev.ppe.simulator.compile.Stage;
import dev.ppe.simulator.compile.Transfers;
import dev.ppe.simulator.dram.DramActivity;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.job.LoopOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Time and traffic of one inference from its mapping alone, without a program: a recurrence over
 * the layers with a constant amount of work for each. A layer's parts take their engines in order
 * and overlap as far as engines and operands allow ({@link LayerModel}); what a cycle-level machine
 * would do tile by tile is in closed form. {@code docs/analytical.md} has every formula.
 */
public final class AnalyticalModel {
  private final Mapping mapping;
  private final Graph graph;
  private final Accelerator accelerator;
  private final Transfers transfers;
  private final HostProcessor processor;
  private final Crossings crossings;
  private final Engines engines = new Engines();
  private final HostModel host;
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
    this.processor = new HostProcessor(accelerator);
    this.crossings = mapping.crossings();
    this.host = new HostModel(transfers, engines, traffic);
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
    Moment end = mapping.cachedBytes() == 0 ? Moment.START : model.uploaded();
    return model.activity(end);
  }

  private Moment uploaded() {
    Moment there = host.toDevice(host.invocation(), mapping.cachedBytes(), Cause.PARAMETER_FETCH);
    return host.completion(there).orElse(there);
  }

  private Activity inference() {
    Moment end = Moment.START;
    for (Stage stage : Stage.of(mapping.layers())) {
      if (stage.onAccelerator()) {
        Moment begun = begin(stage);
        for (int index = stage.first(); index < stage.end(); index++) {
          interruption.check();
          end = end.or(accelerate(index, begun));
        }
        end = end.or(finish(stage));
      } else {
        for (int index = stage.first(); index < stage.end(); index++) {
          interruption.check();
          end = end.or(runOnHost(index));
        }
      }
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

  /** Invocation, instructions, and inputs. */
  private Moment begin(Stage stage) {
    long instructions = InstructionBytes.of(mapping, stage, interruption);
    Moment begun = host.toDevice(host.invocation(), instructions, Cause.HOST_LINK);
    for (int index = stage.first(); index < stage.end(); index++) {
      interruption.checkAt(index);
      for (int input : mapping.layers().get(index).inputs()) {
        if (crossings.toAccelerator().get(input) && !sent.get(input)) {
          sent.set(input);
          Moment there = begun.or(onHost[input]);
          onAccelerator[input] =
              mapping.staysShared(input)
                  ? there
                  : host.toDevice(there, mapping.inputBytes(input), Cause.HOST_LINK);
        }
      }
    }
    return begun;
  }

  /** The host has the results of a stage, all of them, when it is told so. */
  private Moment finish(Stage stage) {
    Moment ended = Moment.START;
    for (int output : stage.lastOutputs()) {
      ended = ended.or(onAccelerator[output]);
    }
    List<Integer> results = stage.results(crossings, interruption);
    for (int result : results) {
      ended = ended.or(onHost[result]);
    }
    Optional<Moment> told = host.completion(ended);
    told.ifPresent(moment -> results.forEach(result -> onHost[result] = moment));
    return told.orElse(ended);
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
        onHost[output] =
            mapping.staysShared(output)
                ? done
                : host.toHost(done, transfers.outputBytes(graph.tensor(output)));
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

  private Moment runOnHost(int index) {
    Layer layer = mapping.layers().get(index);
    Moment ready = Moment.START;
    for (int input : layer.inputs()) {
      ready = ready.or(onHost[input]);
    }
    long cycles =
        processor.cycles(
            HostOperators.job(graph, graph.nodes().get(layer.main()), accelerator.host()));
    Moment done = engines.occupy(Resource.HOST, ready, cycles, Cause.HOST, index);
    ledger.add(Ledger.Entry.onHost(done.cycle() - cycles, done.cycle()));
    for (int output : layer.outputs()) {
      onHost[output] = done;
    }
    return done;
  }
}
