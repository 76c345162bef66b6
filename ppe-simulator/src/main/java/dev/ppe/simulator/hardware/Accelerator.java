package dev.ppe.simulator.hardware;

import dev.ppe.simulator.graph.DataType;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * An accelerator and the host it hangs on: a grid of processing elements (PEs), each with a memory
 * for activations and cores that multiply and accumulate.
 *
 * <p>At least one of {@code dram} and {@code hostLink} is there: parameters and inputs come from
 * somewhere. Where both are, host transfers take the link and parameters the DRAM.
 *
 * @param name how requests and reports call it
 * @param description one line for people
 * @param clockHz cycles per second of every block on the chip
 * @param grid the PEs
 * @param core the cores of one PE
 * @param peMemory the activation memory of one PE
 * @param parameterMemory the memory for parameters, over all PEs
 * @param vectorUnit what runs beside the multiply-accumulates
 * @param network the links between PEs; empty where exchanging operands costs nothing
 * @param dram off-chip memory of the accelerator's own, or shared with the host
 * @param hostLink what carries inputs, outputs and instructions
 * @param invocation what starting an inference costs
 * @param types activation types that the cores execute
 * @param macCycles for each of them, how many cycles a multiply-accumulate takes; none given is one
 *     for all
 * @param placement which operators it runs
 * @param host what runs the other operators
 * @param energyTable name of the table that prices actions, see {@code dev.ppe.simulator.power}
 * @param energyScale what those prices are multiplied by; empty where they are taken as they stand
 * @param validated what of its times has been compared with measured ones; empty where nothing was
 */
public record Accelerator(
    String name,
    String description,
    long clockHz,
    Grid grid,
    Core core,
    PeMemory peMemory,
    ParameterMemory parameterMemory,
    VectorUnit vectorUnit,
    Optional<Network> network,
    Optional<Dram> dram,
    Optional<HostLink> hostLink,
    Invocation invocation,
    List<DataType> types,
    List<Integer> macCycles,
    PlacementRules placement,
    Host host,
    String energyTable,
    Optional<EnergyScale> energyScale,
    Optional<Validated> validated) {

  /** An accelerator with a table's own prices that nothing was compared with. */
  public Accelerator(
      String name,
      String description,
      long clockHz,
      Grid grid,
      Core core,
      PeMemory peMemory,
      ParameterMemory parameterMemory,
      VectorUnit vectorUnit,
      Optional<Network> network,
      Optional<Dram> dram,
      Optional<HostLink> hostLink,
      Invocation invocation,
      List<DataType> types,
      List<Integer> macCycles,
      PlacementRules placement,
      Host host,
      String energyTable) {
    this(
        name,
        description,
        clockHz,
        grid,
        core,
        peMemory,
        parameterMemory,
        vectorUnit,
        network,
        dram,
        hostLink,
        invocation,
        types,
        macCycles,
        placement,
        host,
        energyTable,
        Optional.empty(),
        Optional.empty());
  }

  private static final int MOST_MAC_CYCLES = 64;

  public Accelerator {
    Check.text("name", name);
    Check.range("clock_hz", clockHz, 1_000_000, 10_000_000_000L);
    types = List.copyOf(types);
    if (types.isEmpty() || EnumSet.copyOf(types).size() != types.size()) {
      throw new IllegalArgumentException(
          "types is " + types + ", must name at least one, each once");
    }
    macCycles = macCycles.isEmpty() ? Collections.nCopies(types.size(), 1) : macCycles;
    macCycles = List.copyOf(macCycles);
    if (macCycles.size() != types.size()) {
      throw new IllegalArgumentException(
          "mac_cycles is %s, must have a number for each of types, %d, or none"
              .formatted(macCycles, types.size()));
    }
    macCycles.forEach(cycles -> Check.range("mac_cycles", cycles, 1, MOST_MAC_CYCLES));
    if (dram.isEmpty() && hostLink.isEmpty()) {
      throw new IllegalArgumentException("one of dram and host_link must be given");
    }
    Check.text("energy_table", energyTable);
    Check.range(
        "multiply-accumulates of all PEs in one cycle",
        Math.multiplyExact(grid.pes(), core.macsPerCycle()),
        1,
        1 << 20);
  }

  /**
   * The same accelerator as a model finds it that shares the chip with others which come first:
   * with so many bytes of its parameter memory taken.
   *
   * @throws IllegalArgumentException if it has not so many
   */
  public Accelerator reserving(long parameterMemoryBytes) {
    Check.range(
        "the reserved part of parameter_memory.cache_bytes",
        parameterMemoryBytes,
        0,
        parameterMemory.cacheBytes());
    if (parameterMemoryBytes == 0) {
      return this;
    }
    ParameterMemory rest =
        new ParameterMemory(
            parameterMemory.cacheBytes() - parameterMemoryBytes,
            parameterMemory.stagingBytes(),
            parameterMemory.bytesPerCycle(),
            parameterMemory.broadcastBytesPerCycle(),
            parameterMemory.overlap(),
            parameterMemory.prefetch(),
            Math.max(0, parameterMemory.peBytes() - parameterMemoryBytes / grid.pes()),
            parameterMemory.weightsOnly(),
            parameterMemory.weightsStay());
    return new Accelerator(
        name,
        description,
        clockHz,
        grid,
        core,
        peMemory,
        rest,
        vectorUnit,
        network,
        dram,
        hostLink,
        invocation,
        types,
        macCycles,
        placement,
        host,
        energyTable,
        energyScale,
        validated);
  }

  /** Multiply-accumulates of all PEs in one cycle at full use, of types that take one cycle. */
  public long peakMacsPerCycle() {
    return grid.pes() * core.macsPerCycle();
  }

  /**
   * Cycles of a multiply-accumulate with activations of {@code type}; of others than the cores
   * execute, one.
   */
  public int macCycles(DataType type) {
    int index = types.indexOf(type);
    return index < 0 ? 1 : macCycles.get(index);
  }

  /** Whether the cores execute activations of {@code type}. */
  public boolean executes(DataType type) {
    return types.contains(type);
  }
}
