package dev.ppe.simulator.compile;

import java.util.ArrayList;
import java.util.List;

/**
 * Which tensors pass between host and accelerator.
 *
 * @param toAccelerator for each tensor, whether the accelerator reads what the host has
 * @param toHost for each tensor, whether the host, or the caller, wants what the accelerator made
 */
public record Crossings(List<Boolean> toAccelerator, List<Boolean> toHost) {

  /** The crossings of a mapping. */
  public static Crossings of(Mapping mapping) {
    int tensors = mapping.graph().tensors().size();
    boolean[] made = new boolean[tensors];
    boolean[] hosted = new boolean[tensors];
    boolean[] readByAccelerator = new boolean[tensors];
    boolean[] readByHost = new boolean[tensors];
    mapping.graph().inputs().forEach(input -> hosted[input] = true);
    mapping.graph().outputs().forEach(output -> readByHost[output] = true);
    for (Layer layer : mapping.layers()) {
      boolean on = layer.onAccelerator();
      layer.inputs().forEach(input -> (on ? readByAccelerator : readByHost)[input] = true);
      layer.outputs().forEach(output -> (on ? made : hosted)[output] = true);
    }
    List<Boolean> toAccelerator = new ArrayList<>(tensors);
    List<Boolean> toHost = new ArrayList<>(tensors);
    for (int tensor = 0; tensor < tensors; tensor++) {
      toAccelerator.add(hosted[tensor] && readByAccelerator[tensor]);
      toHost.add(made[tensor] && readByHost[tensor]);
    }
    return new Crossings(toAccelerator, toHost);
  }
}
