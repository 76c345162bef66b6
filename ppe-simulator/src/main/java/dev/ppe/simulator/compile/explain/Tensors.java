package dev.ppe.simulator.compile.explain;

import dev.ppe.simulator.compile.Layer;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.MemoryPlan;
import dev.ppe.simulator.compile.MemoryPlan.Activation;
import dev.ppe.simulator.compile.MemoryPlan.Buffer;
import dev.ppe.simulator.compile.MemoryPlan.Spill;
import dev.ppe.simulator.compile.explain.ExplainedTensor.Place;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.hardware.PeMemory.Overflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Says of each activation and state where it is, for how long, and why. */
final class Tensors {
  private final Mapping mapping;
  private final Graph graph;
  private final MemoryPlan plan;
  private final Map<Integer, Buffer> buffers;
  private final Map<Integer, Activation> activations = new HashMap<>();
  private final Map<Integer, Integer> inside = new HashMap<>(); // tensor to the layer around it

  private Tensors(Mapping mapping) {
    this.mapping = mapping;
    this.graph = mapping.graph();
    this.plan = mapping.memory();
    this.buffers = plan.buffersByTensor();
    plan.activations().forEach(activation -> activations.put(activation.tensor(), activation));
    for (int index = 0; index < mapping.layers().size(); index++) {
      Layer layer = mapping.layers().get(index);
      for (int node : layer.nodes().subList(0, layer.nodes().size() - 1)) {
        for (int output : graph.nodes().get(node).outputs()) {
          inside.put(output, index);
        }
      }
    }
  }

  static List<ExplainedTensor> of(Mapping mapping) {
    Tensors tensors = new Tensors(mapping);
    List<ExplainedTensor> result = new ArrayList<>();
    for (int index = 0; index < mapping.graph().tensors().size(); index++) {
      if (!mapping.graph().tensor(index).isParameter()) {
        result.add(tensors.tensor(index));
      }
    }
    return List.copyOf(result);
  }

  private ExplainedTensor tensor(int index) {
    Tensor tensor = graph.tensor(index);
    Optional<Activation> activation = Optional.ofNullable(activations.get(index));
    return new ExplainedTensor(
        tensor.name(),
        tensor.shape().toString(),
        Words.type(tensor),
        tensor.bytes(),
        activation
            .map(this::place)
            .orElse(inside.containsKey(index) ? Place.INSIDE_LAYER : Place.HOST),
        activation.map(Activation::bytes).orElse(0L),
        Optional.ofNullable(buffers.get(index)),
        activation.map(a -> OptionalInt.of(a.firstStep())).orElse(OptionalInt.empty()),
        activation.map(a -> OptionalInt.of(a.lastStep())).orElse(OptionalInt.empty()),
        mapping.crossings().toAccelerator().get(index),
        mapping.crossings().toHost().get(index),
        activation.map(this::why).orElseGet(() -> elsewhere(index)));
  }

  private Place place(Activation activation) {
    if (activation.root() != activation.tensor()) {
      return Place.VIEW;
    } else if (activation.spill().isEmpty()) {
      return Place.PE_MEMORY;
    } else if (plan.offChip().get(activation.tensor())) {
      return Place.OFF_CHIP;
    } else {
      return plan.inParameterMemory().get(activation.tensor())
          ? Place.PARAMETER_MEMORY
          : Place.IN_BLOCKS;
    }
  }

  private String why(Activation activation) {
    if (activation.root() != activation.tensor()) {
      return "the bytes of \"%s\"".formatted(graph.tensor(activation.root()).name());
    }
    String there =
        activation.isInPlace()
            ? "written over \"%s\"".formatted(graph.tensor(activation.place()).name())
            : "fits";
    return activation.spill().map(spill -> overflow(activation, spill)).orElse(there);
  }

  private String overflow(Activation activation, Spill spill) {
    String reason =
        "at %s %s are needed of %s in each PE; the largest goes"
            .formatted(
                Words.layer(mapping.layers(), spill.step()),
                Words.bytes(spill.neededBytes()),
                Words.bytes(spill.capacityBytes()));
    if (place(activation) == Place.IN_BLOCKS) {
      return reason + ": each block is read before the next comes";
    }
    boolean noRoom =
        plan.offChip().get(activation.tensor())
            && mapping.accelerator().peMemory().overflow() == Overflow.PARAMETER_MEMORY;
    return noRoom ? reason + ", and the parameter memory has no room" : reason;
  }

  private String elsewhere(int index) {
    Integer layer = inside.get(index);
    return layer == null
        ? "no operand of the accelerator's"
        : "only inside " + Words.layer(mapping.layers(), layer);
  }
}
