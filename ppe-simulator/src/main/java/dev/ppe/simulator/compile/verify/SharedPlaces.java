package dev.ppe.simulator.compile.verify;

import dev.ppe.simulator.compile.Layer;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.MemoryPlan.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Activations in one place follow each other: the later is made by an elementwise layer that reads
 * the earlier for the last time, and both are alike.
 */
final class SharedPlaces {
  private SharedPlaces() {}

  static void verify(Mapping mapping, Faults faults) {
    Map<Integer, Activation> byTensor = new TreeMap<>();
    Map<Integer, List<Activation>> byPlace = new TreeMap<>();
    for (Activation activation : mapping.memory().activations()) {
      byTensor.put(activation.tensor(), activation);
      if (activation.root() == activation.tensor() && activation.spill().isEmpty()) {
        byPlace.computeIfAbsent(activation.place(), key -> new ArrayList<>()).add(activation);
      }
    }
    for (List<Activation> together : byPlace.values()) {
      together.sort(Comparator.comparingInt(Activation::firstStep));
      for (int i = 1; i < together.size(); i++) {
        Activation earlier = together.get(i - 1);
        Activation later = together.get(i);
        faults.unless(
            isOver(mapping, byTensor, earlier, later),
            () ->
                "\"%s\" is in the place of \"%s\" and not written over it"
                    .formatted(later.name(), earlier.name()));
      }
    }
  }

  private static boolean isOver(
      Mapping mapping, Map<Integer, Activation> byTensor, Activation earlier, Activation later) {
    Graph graph = mapping.graph();
    Layer layer = mapping.layers().get(later.firstStep());
    boolean reads =
        layer.inputs().stream()
            .map(byTensor::get)
            .anyMatch(input -> input != null && input.root() == earlier.tensor());
    return reads
        && isElementwise(graph.nodes().get(layer.main()).operator())
        && layer.outputs().equals(List.of(later.tensor()))
        && earlier.lastStep() == later.firstStep()
        && earlier.bytes() == later.bytes()
        && graph.tensor(earlier.tensor()).shape().equals(graph.tensor(later.tensor()).shape());
  }

  private static boolean isElementwise(Operator operator) {
    return operator instanceof Operator.Binary
        || operator instanceof Operator.Unary
        || operator instanceof Operator.PRelu
        || operator instanceof Operator.Quantize;
  }
}
