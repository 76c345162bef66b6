package dev.ppe.simulator.power;

import dev.ppe.simulator.activity.Action;
import dev.ppe.simulator.activity.ActionCounts;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Dram;
import dev.ppe.simulator.hardware.DramPart;
import dev.ppe.simulator.hardware.EnergyScale;
import java.util.EnumMap;
import java.util.Map;

/**
 * Energy of some actions over some time on an accelerator: each count times its price, and power
 * times time for what leaks and what is clocked. Memories are priced by their sizes; the
 * accelerator's {@link EnergyScale} multiplies both.
 *
 * <p>Leakage goes on all the time. The clock runs in full while the cores are held, and by {@link
 * Price#CLOCK_IDLE_SHARE} otherwise.
 */
public final class EnergyModel {
  private static final double PICO_TO_MICRO = 1e-6;
  private static final double NANO_TO_MICRO = 1e-3; // 1 mW for 1 us is 1 nJ
  private static final double MICRO_TO_MILLI = 1e-3;
  private static final double PJ_PER_SECOND_TO_MW = 1e-9;
  private static final double MEBIBYTE = 1 << 20;
  private static final Action[] ACTIONS = Action.values();

  private final EnergyTable table;
  private final Map<Action, Double> picojoules = new EnumMap<>(Action.class);
  private final Map<EnergyPart, Double> leakageMw = new EnumMap<>(EnergyPart.class);
  private final Map<EnergyPart, Double> clockMw = new EnumMap<>(EnergyPart.class);
  private final double idleShare;
  private final double standingMw;
  private final double refreshMw;

  /** A model of {@code accelerator} with the figures of {@code table}. */
  public EnergyModel(EnergyTable table, Accelerator accelerator) {
    this.table = table;
    for (Price price : Price.values()) {
      price.action().ifPresent(action -> picojoules.put(action, table.of(price)));
    }
    int pes = accelerator.grid().pes();
    double peMemory = accelerator.peMemory().bytes();
    double parameterMemory =
        Math.max(
            accelerator.parameterMemory().cacheBytes(),
            accelerator.parameterMemory().stagingBytes());
    double peMemoryPj = table.sramBytePj(peMemory);
    double coreMemoryPj = table.sramBytePj(parameterMemory / pes);
    picojoules.put(Action.PE_MEMORY_READ_BYTE, peMemoryPj);
    picojoules.put(Action.PE_MEMORY_WRITE_BYTE, peMemoryPj);
    picojoules.put(Action.CORE_MEMORY_READ_BYTE, coreMemoryPj);
    picojoules.put(Action.CORE_MEMORY_WRITE_BYTE, coreMemoryPj);
    double multipliers = accelerator.peakMacsPerCycle();
    leakageMw.put(
        EnergyPart.ARRAY_LEAKAGE, multipliers * table.of(Price.LEAKAGE_MAC_UW) * MICRO_TO_MILLI);
    leakageMw.put(
        EnergyPart.MEMORY_LEAKAGE,
        (pes * peMemory + parameterMemory) / MEBIBYTE * table.of(Price.LEAKAGE_SRAM_MIB_MW));
    double hertz = accelerator.clockHz() * PJ_PER_SECOND_TO_MW;
    clockMw.put(EnergyPart.ARRAY_CLOCK, multipliers * table.of(Price.CLOCK_MAC_PJ) * hertz);
    clockMw.put(EnergyPart.PE_CLOCK, pes * table.of(Price.CLOCK_PE_PJ) * hertz);
    idleShare = table.of(Price.CLOCK_IDLE_SHARE);
    EnergyScale scale = accelerator.energyScale().orElse(EnergyScale.NONE);
    picojoules.replaceAll((action, pj) -> pj * scale.ofActions());
    leakageMw.replaceAll((part, mw) -> mw * scale.ofTime());
    clockMw.replaceAll((part, mw) -> mw * scale.ofTime());
    standingMw = sum(leakageMw) + idleShare * sum(clockMw);
    refreshMw =
        refreshesPerSecond(accelerator) * picojoules(Action.DRAM_REFRESH) * PJ_PER_SECOND_TO_MW;
  }

  /** Of all channels; none where nothing is known of the memory's refreshes. */
  private static double refreshesPerSecond(Accelerator accelerator) {
    return accelerator
        .dram()
        .flatMap(Dram::part)
        .map(DramPart::timing)
        .map(
            timing ->
                timing.geometry().channels()
                    * ((double) timing.clockHz() / timing.refresh().tRefi()))
        .orElse(0.0);
  }

  /** The table whose figures are used. */
  public EnergyTable table() {
    return table;
  }

  /** What is paid for an action, in picojoules. */
  public double picojoules(Action action) {
    return picojoules.getOrDefault(action, 0.0);
  }

  /**
   * Prices actions and time.
   *
   * @param counts what was done
   * @param micros how long it took, in microseconds
   * @param busyMicros how long of that the cores were held
   */
  public EnergyBreakdown price(ActionCounts counts, double micros, double busyMicros) {
    EnergyBreakdown.Sum sum = new EnergyBreakdown.Sum();
    for (Action action : ACTIONS) {
      long times = counts.of(action);
      if (times > 0) {
        sum.add(EnergyPart.of(action), times * picojoules(action) * PICO_TO_MICRO);
      }
    }
    leakageMw.forEach((part, mw) -> sum.add(part, mw * micros * NANO_TO_MICRO));
    double clocked = idleShare * micros + (1 - idleShare) * busyMicros;
    clockMw.forEach((part, mw) -> sum.add(part, mw * clocked * NANO_TO_MICRO));
    return sum.energy();
  }

  /** What of {@link #price} is paid for the time alone, in microjoules. */
  public double standingUj(double micros) {
    return standingMw * micros * NANO_TO_MICRO;
  }

  /**
   * Power with nothing to do, in milliwatts: leakage, what of the clock goes on, and the memory's
   * refreshes.
   */
  public double idleMw() {
    return standingMw + refreshMw;
  }

  /** Leakage and the whole clock, in milliwatts: with the cores held, before any action. */
  public double busyMw() {
    return sum(leakageMw) + sum(clockMw);
  }

  private static double sum(Map<EnergyPart, Double> milliwatts) {
    return milliwatts.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
