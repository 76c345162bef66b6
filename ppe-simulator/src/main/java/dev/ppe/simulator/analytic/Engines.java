package dev.ppe.simulator.analytic;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.Resource;
import java.util.EnumMap;
import java.util.Map;

/** From when on each resource is free: each does one thing at a time, in the program's order. */
final class Engines {
  private final Map<Resource, Moment> free = new EnumMap<>(Resource.class);

  Engines() {
    for (Resource resource : Resource.values()) {
      free.put(resource, Moment.START);
    }
  }

  /** From when on {@code resource} is free. */
  Moment free(Resource resource) {
    return free.getOrDefault(resource, Moment.START);
  }

  /** Keeps {@code resource} busy up to {@code until}, if it is not any longer already. */
  void hold(Resource resource, Moment until) {
    free.put(resource, free(resource).or(until));
  }

  /**
   * Occupies {@code resource} as soon as it is free and {@code ready} has come.
   *
   * @return when that ends
   */
  Moment occupy(Resource resource, Moment ready, long cycles, Cause cause, int layer) {
    Moment end = ready.or(free(resource)).after(cycles, cause, layer);
    free.put(resource, end);
    return end;
  }
}
