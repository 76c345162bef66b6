package dev.ppe.simulator.report;

import dev.ppe.simulator.activity.Action;
import dev.ppe.simulator.activity.ActionCounts;
import dev.ppe.simulator.activity.Activity;
import dev.ppe.simulator.activity.Activity.LayerActivity;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.Tiling;
import dev.ppe.simulator.dram.DramActivity;
import dev.ppe.simulator.hardware.Accelerator;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Counts what costs energy, from what the compiler decided and what happened: nothing in it depends
 * on how the activity was found. {@code docs/energy.md} has every formula.
 *
 * <p>What the host does is not counted: its energy is not the accelerator's. A layer that it runs
 * does nothing here.
 */
public final class ActionCounter {
  private final Mapping mapping;
  private final Activity activity;
  private final Accelerator accelerator;

  /** A counter for one inference. */
  public ActionCounter(Mapping mapping, Activity activity) {
    this.mapping = mapping;
    this.activity = activity;
    this.accelerator = mapping.accelerator();
  }

  /** What a layer on the accelerator does; nothing where there is nothing to do. */
  public ActionCounts ofLayer(int index) {
    LayerActivity did = activity.layers().get(index);
    Optional<Tiling> tiling = mapping.tilings().get(index);
    return tiling.isEmpty() || tiling.get().isView()
        ? ActionCounts.NONE
        : new Counting(mapping)
            .layer(index, tiling.get(), did, activatesFor(bytesOf(did)))
            .counts();
  }

  /**
   * Instructions and inputs from the host. What stays in shared memory is fetched and stored by the
   * layers alone.
   */
  public ActionCounts arrivals() {
    return new Counting(mapping).arrivals().counts();
  }

  /** Outputs to the host. */
  public ActionCounts departures() {
    return new Counting(mapping).departures().counts();
  }

  /**
   * What the memory does for no layer: refreshes, and rows that are opened for instructions, inputs
   * and outputs or that no layer's share comes to.
   */
  public ActionCounts memory() {
    long forLayers = 0;
    if (accelerator.dram().isPresent()) {
      for (LayerActivity did : activity.layers()) {
        forLayers += activatesFor(bytesOf(did));
      }
    }
    return new ActionCounts.Tally()
        .add(Action.DRAM_REFRESH, activity.dram().refreshes())
        .add(Action.DRAM_ACTIVATE, activity.dram().activates() - forLayers)
        .counts();
  }

  /** What of all rows opened is for so many bytes of all that were moved, rounded down. */
  private long activatesFor(long bytes) {
    DramActivity dram = activity.dram();
    long moved = dram.readBytes() + dram.writeBytes();
    if (dram.activates() == 0 || bytes == 0) {
      return 0;
    }
    return BigInteger.valueOf(dram.activates())
        .multiply(BigInteger.valueOf(bytes))
        .divide(BigInteger.valueOf(moved))
        .longValueExact();
  }

  /** To and from off-chip memory. */
  private static long bytesOf(LayerActivity did) {
    return did.parameterFetchBytes() + did.activationBytes();
  }
}
