package dev.ppe.simulator.report;

import dev.ppe.simulator.activity.Action;
import dev.ppe.simulator.activity.ActionCounts;
import dev.ppe.simulator.activity.Activity.LayerActivity;
import dev.ppe.simulator.compile.Layer;
import dev.ppe.simulator.compile.Loading;
import dev.ppe.simulator.compile.LoopNest;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.Passes;
import dev.ppe.simulator.compile.Split;
import dev.ppe.simulator.compile.Tiling;
import dev.ppe.simulator.compile.Transfers;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.List;
import java.util.stream.IntStream;

/** What gathers for one layer, or for none: {@link ActionCounter} says of which. */
final class Counting {
  private static final long ACCUMULATOR_BYTES = 4;
  private static final long READ_AND_WRITTEN = 2;

  private final Mapping mapping;
  private final Graph graph;
  private final Accelerator accelerator;
  private final Transfers transfers;
  private final ActionCounts.Tally tally = new ActionCounts.Tally();

  Counting(Mapping mapping) {
    this.mapping = mapping;
    this.graph = mapping.graph();
    this.accelerator = mapping.accelerator();
    this.transfers = new Transfers(accelerator);
  }

  ActionCounts counts() {
    return tally.counts();
  }

  private void add(Action action, long times) {
    tally.add(action, times);
  }

  /**
   * What a layer does.
   *
   * @param did what happened
   * @param activates rows that are opened for it
   */
  Counting layer(int index, Tiling tiling, LayerActivity did, long activates) {
    Layer layer = mapping.layers().get(index);
    layer.nodes().forEach(node -> arithmetic(graph.nodes().get(node)));
    add(Action.VECTOR_OPERATION, tiling.vectorOperations());
    lines(tiling);
    // Operands of other PEs are read there and written here, second factors to the core memory.
    Passes passes = mapping.passes(index);
    long exchanged = passes.networkBytes(tiling);
    Loading loading = tiling.loading();
    long times = passes.second().times();
    add(
        Action.PE_MEMORY_READ_BYTE,
        tiling.peMemoryReadBytes() + times * loading.readBytes() + exchanged);
    add(
        Action.PE_MEMORY_WRITE_BYTE,
        tiling.peMemoryWriteBytes() + exchanged - times * loading.networkBytes());
    add(Action.NETWORK_BYTE_HOP, exchanged);
    add(Action.CORE_MEMORY_WRITE_BYTE, did.parameterFetchBytes() + times * loading.bytes());
    overflow(index, layer);
    offChip(did, offChipBytes(layer.outputs()), activates);
    return this;
  }

  private void arithmetic(Node node) {
    long macs = Workload.macs(graph, node);
    if (macs == 0) {
      return;
    }
    DataType activations = graph.input(node, 0).type();
    DataType weights = graph.input(node, weights(node)).type();
    add(MacActions.of(activations, weights), macs);
    add(Action.REGISTER_BYTE, Math.multiplyExact(macs, bytes(activations) + bytes(weights)));
    LoopNest nest = LoopNest.of(graph, node).orElseThrow();
    long dotProducts = Math.ceilDiv(nest.inputs(), (long) accelerator.core().inputs());
    long accumulations = nest.macs() / nest.inputs() * dotProducts;
    add(Action.REGISTER_BYTE, READ_AND_WRITTEN * ACCUMULATOR_BYTES * accumulations);
    // On its way out a result is scaled, clipped and maybe looked up.
    node.outputs()
        .forEach(out -> add(Action.VECTOR_OPERATION, graph.tensor(out).shape().elements()));
  }

  /**
   * Lines of weights: read once for all PEs that use the same channels, taken in by each. Of a
   * second factor that is an activation each PE has a copy.
   */
  private void lines(Tiling tiling) {
    Split split = tiling.split();
    long takenIn = tiling.parameterReadBytes();
    boolean copied = tiling.loading().bytes() > 0;
    long sharing = copied ? 1 : (long) split.rows() * split.columns();
    add(Action.CORE_MEMORY_READ_BYTE, takenIn / sharing);
    add(Action.NETWORK_BYTE_HOP, copied ? 0 : takenIn);
    add(Action.REGISTER_BYTE, takenIn);
  }

  /**
   * Activations that lie elsewhere pass through a buffer in PE memory. Those that are passed on
   * block by block are in it as any other is.
   */
  private void overflow(int index, Layer layer) {
    for (int input : layer.inputs()) {
      long bytes = mapping.comes(index, input) * graph.tensor(input).bytes();
      if (isOffChip(input) || isInParameterMemory(input)) {
        add(Action.PE_MEMORY_WRITE_BYTE, bytes);
      }
      if (isInParameterMemory(input)) {
        add(Action.CORE_MEMORY_READ_BYTE, bytes);
      }
    }
    for (int output : layer.outputs()) {
      if (isOffChip(output) || isInParameterMemory(output)) {
        add(Action.PE_MEMORY_READ_BYTE, graph.tensor(output).bytes());
      }
      if (isInParameterMemory(output)) {
        add(Action.CORE_MEMORY_WRITE_BYTE, graph.tensor(output).bytes());
      }
    }
  }

  private void offChip(LayerActivity did, long stored, long activates) {
    long fetched = did.parameterFetchBytes() + did.activationBytes() - stored;
    if (accelerator.dram().isPresent()) {
      add(Action.DRAM_READ_BYTE, fetched);
      add(Action.DRAM_WRITE_BYTE, stored);
      add(Action.DRAM_ACTIVATE, activates);
    } else {
      add(Action.HOST_LINK_BYTE, fetched + stored);
    }
  }

  /** Instructions and inputs from the host. */
  Counting arrivals() {
    long instructions = mapping.memory().instructionBytes();
    add(Action.INSTRUCTION_BYTE, instructions);
    transfer(instructions, Action.DRAM_READ_BYTE);
    crossing(mapping.crossings().toAccelerator())
        .forEach(
            tensor -> {
              long bytes = mapping.inputBytes(tensor);
              transfer(bytes, Action.DRAM_READ_BYTE);
              onChip(tensor, bytes, Action.PE_MEMORY_WRITE_BYTE, Action.CORE_MEMORY_WRITE_BYTE);
            });
    return this;
  }

  /** Outputs to the host. */
  Counting departures() {
    crossing(mapping.crossings().toHost())
        .forEach(
            tensor -> {
              long bytes = transfers.outputBytes(graph.tensor(tensor));
              transfer(bytes, Action.DRAM_WRITE_BYTE);
              onChip(tensor, bytes, Action.PE_MEMORY_READ_BYTE, Action.CORE_MEMORY_READ_BYTE);
            });
    return this;
  }

  private void transfer(long bytes, Action throughMemory) {
    if (accelerator.hostLink().isPresent()) {
      add(Action.HOST_LINK_BYTE, bytes);
    } else {
      add(throughMemory, bytes);
    }
  }

  /** What crosses lies in PE memory, or in the parameter memory where it overflows. */
  private void onChip(int tensor, long bytes, Action inPeMemory, Action inCoreMemory) {
    if (!isOffChip(tensor)) {
      add(isInParameterMemory(tensor) ? inCoreMemory : inPeMemory, bytes);
    }
  }

  /** Those that pass between host and accelerator and do not stay where both reach them. */
  private IntStream crossing(List<Boolean> crossing) {
    return IntStream.range(0, crossing.size())
        .filter(crossing::get)
        .filter(tensor -> !mapping.staysShared(tensor));
  }

  private boolean isOffChip(int tensor) {
    return mapping.memory().offChip().get(tensor);
  }

  private boolean isInParameterMemory(int tensor) {
    return mapping.memory().inParameterMemory().get(tensor);
  }

  private long offChipBytes(List<Integer> tensors) {
    return tensors.stream()
        .filter(this::isOffChip)
        .mapToLong(tensor -> graph.tensor(tensor).bytes())
        .sum();
  }

  /** Position of the weights among the operands; an LSTM's recurrent ones stand for all. */
  private static int weights(Node node) {
    return node.operator() instanceof Operator.UnidirectionalLstm ? 6 : 1;
  }

  private static long bytes(DataType type) {
    return Math.ceilDiv(type.bits(), Byte.SIZE);
  }
}
