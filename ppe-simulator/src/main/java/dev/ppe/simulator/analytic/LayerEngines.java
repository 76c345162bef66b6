package dev.ppe.simulator.analytic;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.Resource;

/** The engines, and when the layer at hand first holds one of them. */
final class LayerEngines {
  private final Engines engines;
  private long startCycle;

  LayerEngines(Engines engines) {
    this.engines = engines;
  }

  /** The next layer is at hand. */
  void next() {
    startCycle = Long.MAX_VALUE;
  }

  /** The layer holds an engine from this cycle on, if from none before. */
  void held(long cycle) {
    startCycle = Math.min(startCycle, cycle);
  }

  /** When the layer first holds an engine. */
  long startCycle() {
    return startCycle;
  }

  /** From when on {@code resource} is free. */
  Moment free(Resource resource) {
    return engines.free(resource);
  }

  /** Keeps {@code resource} busy up to {@code until}, if it is not any longer already. */
  void hold(Resource resource, Moment until) {
    engines.hold(resource, until);
  }

  /** Waits for its turn, and takes no time. */
  Moment awaitTurn(Resource resource, Moment ready, Cause cause, int layer) {
    return engines.occupy(resource, ready, 0, cause, layer);
  }

  /** A part of the layer that may be missing: then nothing waits for its engine. */
  Moment occupy(Resource resource, Moment ready, long cycles, Cause cause, int layer) {
    if (cycles == 0) {
      return ready;
    }
    Moment end = engines.occupy(resource, ready, cycles, cause, layer);
    held(end.cycle() - cycles);
    return end;
  }
}
