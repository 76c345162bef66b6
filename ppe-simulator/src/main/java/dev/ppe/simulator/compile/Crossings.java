package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.Graph;
import java.util.ArrayList;
import java.util.List;

/**
 * Which tensors pass between host and accelerator.
 *
 * @param toAccelerator for each tensor, whether the accelerator reads what the host has
 * @param toHost for each tensor, whether the host, or the caller, wants what the accelerator made
 */
public record Crossings(List<Boolean> toAccelerator, List<Boolean> toHost) {
  public Crossings {
    toAccelerator = List.copyOf(toAccelerator);
    toHost = List.copyOf(toHost);
  }

  static Crossings of(Graph graph, List<Layer> layers, Interruption interruption) {
    int tensors = graph.tensors().size();
    boolean[] made = new boolean[tensors];
    boolean[] hosted = new boolean[tensors];
    boolean[] readByAccelerator = new boolean[tensors];
    boolean[] readByHost = new boolean[tensors];
    graph.inputs().forEach(input -> hosted[input] = true);
    graph.outputs().forEach(output -> readByHost[output] = true);
    for (int i = 0; i < layers.size(); i++) {
      interruption.checkAt(i);
      Layer layer = layers.get(i);
      boolean on = layer.onAccelerator();
      layer.inputs().forEach(input -> (on ? readByAccelerator : readByHost)[input] = true);
      layer.outputs().forEach(output -> (on ? made : hosted)[output] = true);
    }
    for (int i = 0; i < layers.size(); i++) {
      interruption.checkAt(i);
      // Nobody makes the state of a recurrent layer: the host keeps it from inference to inference.
      layers.get(i).inputs().forEach(input -> hosted[input] |= !made[input]);
    }
    List<Boolean> toAccelerator = new ArrayList<>(tensors);
    List<Boolean> toHost = new ArrayList<>(tensors);
    for (int tensor = 0; tensor < tensors; tensor++) {
      interruption.checkAt(tensor);
      toAccelerator.add(hosted[tensor] && readByAccelerator[tensor]);
      toHost.add(made[tensor] && readByHost[tensor]);
    }
    return new Crossings(toAccelerator, toHost);
  }
}
