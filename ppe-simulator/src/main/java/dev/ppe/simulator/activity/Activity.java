package dev.ppe.simulator.activity;

import dev.ppe.simulator.dram.DramActivity;
import java.util.List;

/**
 * What happened in one inference.
 *
 * @param time from start to end, by what the critical path spent it on
 * @param layers for each layer of the mapping, its part
 * @param dram what the off-chip memory did; nothing where there is none
 */
public record Activity(TimeBreakdown time, List<LayerActivity> layers, DramActivity dram) {
  public Activity {
    layers = List.copyOf(layers);
  }

  /** Cycles from start to end. */
  public long cycles() {
    return time.total();
  }

  /**
   * One layer's part.
   *
   * @param time its share of the critical path
   * @param startCycle when its first instruction began
   * @param finishCycle when its last instruction ended
   * @param arrayCycles how long it held the cores
   * @param parameterFetchBytes parameters fetched from outside, again for each block where needed
   * @param activationBytes activations that went off chip or came back
   */
  public record LayerActivity(
      TimeBreakdown time,
      long startCycle,
      long finishCycle,
      long arrayCycles,
      long parameterFetchBytes,
      long activationBytes) {}
}
