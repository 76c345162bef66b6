package dev.ppe.simulator.compile.explain;

import dev.ppe.simulator.compile.Compilation;
import dev.ppe.simulator.compile.MemoryPlan.Buffer;
import dev.ppe.simulator.compile.Phase;
import dev.ppe.simulator.graph.Workload;
import java.util.List;
import java.util.Optional;

/**
 * A compilation for people: what the phases found that have run; what later ones would is empty.
 *
 * @param modelName of the network
 * @param accelerator what it is compiled for
 * @param done the latest phase
 * @param macs multiply-accumulates of one inference
 * @param parameters stored elements
 * @param operators nodes in the order in which they run
 * @param layers fused operators in the order in which they run
 * @param tensors activations and states, by where they first appear
 * @param buffers what is in each PE's memory, by offset
 * @param parameterSets the parameters of each layer that has any
 * @param memory sizes and bounds
 * @param instructions of one inference, by what they occupy and why
 */
public record Explanation(
    String modelName,
    String accelerator,
    Phase done,
    long macs,
    long parameters,
    List<ExplainedOperator> operators,
    List<ExplainedLayer> layers,
    List<ExplainedTensor> tensors,
    List<Buffer> buffers,
    List<ExplainedParameters> parameterSets,
    Optional<ExplainedMemory> memory,
    List<ExplainedInstructions> instructions) {
  public Explanation {
    operators = List.copyOf(operators);
    layers = List.copyOf(layers);
    tensors = List.copyOf(tensors);
    buffers = List.copyOf(buffers);
    parameterSets = List.copyOf(parameterSets);
    instructions = List.copyOf(instructions);
  }

  /** Of what is known after at least one phase. */
  public static Explanation of(Compilation known) {
    return new Explanation(
        known.graph().name(),
        known.accelerator().name(),
        known.done().orElseThrow(),
        Workload.macs(known.graph()),
        Workload.parameters(known.graph()),
        Operators.of(known),
        Layers.of(known),
        known.mapping().map(Tensors::of).orElse(List.of()),
        known.mapping().map(mapping -> mapping.memory().buffers()).orElse(List.of()),
        known.mapping().map(ParameterSets::of).orElse(List.of()),
        known.mapping().map(ExplainedMemory::of),
        known.program().map(ExplainedInstructions::of).orElse(List.of()));
  }

  /** How many operators the host runs. */
  public long hostOperators() {
    return operators.stream()
        .filter(operator -> operator.place() == ExplainedOperator.Place.HOST)
        .count();
  }
}
