package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers that run one after the other without a change between host and accelerator: on the
 * accelerator, what the host asks for at once.
 *
 * @param first where the first of them stands among all layers
 * @param layers in the order in which they run, one at least
 */
public record Stage(int first, List<Layer> layers) {
  public Stage {
    layers = List.copyOf(layers);
    if (first < 0 || layers.isEmpty()) {
      throw new IllegalArgumentException(
          "a stage of %d layers from layer %d on".formatted(layers.size(), first));
    }
  }

  /** All stages of these layers, in order. */
  public static List<Stage> of(List<Layer> layers) {
    List<Stage> stages = new ArrayList<>();
    int first = 0;
    while (first < layers.size()) {
      int end = first + 1;
      while (end < layers.size() && layers.get(end).stage() == layers.get(first).stage()) {
        end++;
      }
      stages.add(new Stage(first, layers.subList(first, end)));
      first = end;
    }
    return stages;
  }

  /** Where the layer behind the last would stand. */
  public int end() {
    return first + layers.size();
  }

  /** Whether the accelerator runs it. */
  public boolean onAccelerator() {
    return layers.getFirst().onAccelerator();
  }

  /** What the last layer makes. */
  public List<Integer> lastOutputs() {
    return layers.getLast().outputs();
  }

  /** What it makes for the host, from its last layer back. */
  public List<Integer> results(Crossings crossings, Interruption interruption) {
    List<Integer> results = new ArrayList<>();
    for (int index = layers.size() - 1; index >= 0; index--) {
      interruption.checkAt(index);
      layers.get(index).outputs().stream().filter(crossings.toHost()::get).forEach(results::add);
    }
    return results;
  }
}
