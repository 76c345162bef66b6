package dev.ppe.simulator.report;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.activity.ActionCounts;
import dev.ppe.simulator.activity.Activity;
import dev.ppe.simulator.activity.Activity.LayerActivity;
import dev.ppe.simulator.compile.Layer;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.hardware.Cycles;
import dev.ppe.simulator.power.EnergyBreakdown;
import dev.ppe.simulator.power.EnergyModel;
import dev.ppe.simulator.power.PowerTrace;
import dev.ppe.simulator.power.PowerTrace.Work;
import java.util.ArrayList;
import java.util.List;

/**
 * The energy of an inference, layer by layer, and its power over time. A layer pays for what it
 * does and for leakage and clock in its share of the time, the accelerator's too where the host
 * runs it; what belongs to no layer is an account of its own, so that they add up.
 */
final class EnergyAccount {
  /** The window of the peak power, in microseconds. */
  static final double PEAK_WINDOW_US = 1000;

  private final Mapping mapping;
  private final Activity activity;
  private final EnergyModel model;
  private final Interruption interruption;
  private final ActionCounts arrivals;
  private final ActionCounts departures;
  private final ActionCounts memory;
  private final List<ActionCounts> counts = new ArrayList<>();
  private final List<EnergyBreakdown> energies = new ArrayList<>();
  private final ActionCounts actions;

  EnergyAccount(Mapping mapping, Activity activity, EnergyModel model, Interruption interruption) {
    this.mapping = mapping;
    this.activity = activity;
    this.model = model;
    this.interruption = interruption;
    ActionCounter counter = new ActionCounter(mapping, activity);
    this.arrivals = counter.arrivals();
    this.departures = counter.departures();
    this.memory = counter.memory();
    ActionCounts.Tally all = new ActionCounts.Tally().add(ofNoLayer());
    for (int i = 0; i < mapping.layers().size(); i++) {
      interruption.check();
      counts.add(counter.ofLayer(i));
      all.add(counts.getLast());
      energies.add(priced(i));
    }
    this.actions = all.counts();
  }

  /** What a layer does. */
  ActionCounts counts(int layer) {
    return counts.get(layer);
  }

  /** A layer's energy; of one on the host what the accelerator takes while it waits. */
  EnergyBreakdown energy(int index) {
    return energies.get(index);
  }

  private EnergyBreakdown priced(int index) {
    LayerActivity did = activity.layers().get(index);
    return model.price(counts.get(index), micros(did.time().total()), micros(did.arrayCycles()));
  }

  /** All of it, priced as a whole. */
  EnergyBreakdown energy() {
    return model.price(actions, micros(activity.cycles()), micros(busyCycles()));
  }

  private ActionCounts ofNoLayer() {
    return new ActionCounts.Tally().add(arrivals).add(departures).add(memory).counts();
  }

  PowerReport power() {
    PowerTrace trace = trace();
    interruption.check();
    double window = Math.min(PEAK_WINDOW_US, micros(activity.cycles()));
    double peak = trace.peakMw(PEAK_WINDOW_US, interruption);
    interruption.check();
    return new PowerReport(
        model.table().name(),
        model.table().version(),
        actions,
        model.price(ofNoLayer(), micros(activity.cycles() - cyclesOfLayers()), 0),
        model.idleMw(),
        peak,
        window,
        trace);
  }

  /**
   * What goes on all the time is spread over all of it, a layer's actions and clock over the time
   * from its first instruction's start to its last one's end, inputs and instructions over the time
   * before the first layer, outputs over that after the last.
   */
  private PowerTrace trace() {
    long end = activity.cycles();
    List<Work> works = new ArrayList<>();
    spread(works, 0, end, model.price(memory, micros(end), 0).totalUj());
    long first = end;
    long last = 0;
    for (int i = 0; i < counts.size(); i++) {
      interruption.check();
      Layer layer = mapping.layers().get(i);
      LayerActivity did = activity.layers().get(i);
      if (layer.onAccelerator()) {
        spread(
            works,
            did.startCycle(),
            did.finishCycle(),
            Math.max(
                0, // rounding
                energies.get(i).totalUj() - model.standingUj(micros(did.time().total()))));
        first = Math.min(first, did.startCycle());
        last = Math.max(last, did.finishCycle());
      }
    }
    spread(works, 0, first, model.price(arrivals, 0, 0).totalUj());
    spread(works, last, end, model.price(departures, 0, 0).totalUj());
    return PowerTrace.of(works, interruption);
  }

  /** Over all of the time where there is none between the two. */
  private void spread(List<Work> works, long start, long end, double microjoules) {
    long from = start < end ? start : 0;
    long to = start < end ? end : activity.cycles();
    if (from < to) {
      works.add(new Work(micros(from), micros(to), microjoules));
    }
  }

  private long busyCycles() {
    return activity.layers().stream().mapToLong(LayerActivity::arrayCycles).sum();
  }

  private long cyclesOfLayers() {
    long cycles = 0;
    for (int i = 0; i < activity.layers().size(); i++) {
      interruption.checkAt(i);
      cycles += activity.layers().get(i).time().total();
    }
    return cycles;
  }

  private double micros(long cycles) {
    return Cycles.toMicros(cycles, mapping.accelerator().clockHz());
  }
}
