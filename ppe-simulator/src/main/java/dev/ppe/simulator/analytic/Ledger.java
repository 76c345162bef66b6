package dev.ppe.simulator.analytic;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.activity.Activity;
import dev.ppe.simulator.activity.Activity.LayerActivity;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.activity.TimeBreakdown;
import dev.ppe.simulator.dram.DramActivity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What each layer did, and in the end what the time went to: read off the last moment's chain. */
final class Ledger {
  /**
   * What one layer did.
   *
   * @param startCycle when its first part began
   * @param finishCycle when its last ended
   * @param arrayCycles how long it held the cores
   * @param parameterFetchBytes parameters from outside, in all passes
   * @param activationBytes operands and results that are off the chip
   */
  record Entry(
      long startCycle,
      long finishCycle,
      long arrayCycles,
      long parameterFetchBytes,
      long activationBytes) {

    /** Of a layer that the host runs. */
    static Entry onHost(long startCycle, long finishCycle) {
      return new Entry(startCycle, finishCycle, 0, 0, 0);
    }
  }

  private final List<Entry> entries = new ArrayList<>();

  /** The next layer. */
  void add(Entry entry) {
    entries.add(entry);
  }

  /** All of it, of an inference that ends at {@code end}, in which a DRAM did {@code dram}. */
  Activity activity(Moment end, DramActivity dram, Interruption interruption) {
    Map<Cause, Long> whole = new EnumMap<>(Cause.class);
    List<Map<Cause, Long>> parts = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      interruption.check();
      parts.add(new EnumMap<>(Cause.class));
    }
    for (Moment moment = end; moment.cycle() > 0; moment = moment.before()) {
      interruption.check();
      long spent = moment.cycle() - moment.before().cycle();
      whole.merge(moment.cause(), spent, Long::sum);
      if (moment.layer() >= 0) {
        parts.get(moment.layer()).merge(moment.cause(), spent, Long::sum);
      }
    }
    List<LayerActivity> layers = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      interruption.check();
      Entry entry = entries.get(i);
      layers.add(
          new LayerActivity(
              new TimeBreakdown(parts.get(i)),
              entry.startCycle(),
              entry.finishCycle(),
              entry.arrayCycles(),
              entry.parameterFetchBytes(),
              entry.activationBytes()));
    }
    return new Activity(new TimeBreakdown(whole), layers, dram);
  }
}
