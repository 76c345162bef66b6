package dev.ppe.simulator.hardware;

import dev.ppe.simulator.dram.DramParts;
import dev.ppe.simulator.dram.DramTiming;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.OperatorKinds;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

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

  /** How the compiler may cut a layer's output over the PEs. */
  public enum Split {
    /**
     * Rows of the output over the rows of the grid and columns over its columns, as the vendor's
     * compiler does; channels only where the output is a single position.
     */
    SPATIAL,
    /** Rows, columns and channels in any way: the fastest is searched. */
    ANY
  }

  /** The PEs, as a grid. */
  public record Grid(int rows, int columns, Split split) {
    public Grid {
      Check.range("grid.rows", rows, 1, 64);
      Check.range("grid.columns", columns, 1, 64);
    }

    /** PEs in all. */
    public int pes() {
      return rows * columns;
    }
  }

  /**
   * The activation memory of one PE.
   *
   * @param bytes capacity
   * @param readBytesPerCycle width of the port that feeds the cores and the vector unit
   * @param writeBytesPerCycle width of the port that takes results
   * @param overflow where activations go that do not fit
   */
  public record PeMemory(
      long bytes, int readBytesPerCycle, int writeBytesPerCycle, Overflow overflow) {
    public PeMemory {
      Check.range("pe_memory.bytes", bytes, 1 << 10, 1L << 32);
      Check.range("pe_memory.read_bytes_per_cycle", readBytesPerCycle, 1, 65_536);
      Check.range("pe_memory.write_bytes_per_cycle", writeBytesPerCycle, 1, 65_536);
    }
  }

  /** Where activations go that do not fit into the PE memories. */
  public enum Overflow {
    /** Into the parameter memory, which then caches fewer parameters. */
    PARAMETER_MEMORY,
    /** Off the chip: to the DRAM, or over the link to the host. */
    OFF_CHIP
  }

  /**
   * Parameters on the chip, over all PEs.
   *
   * @param cacheBytes what keeps parameters from one inference to the next; 0 where each inference
   *     fetches all of them
   * @param stagingBytes buffer for parameters that are fetched in each inference
   * @param bytesPerCycle width at which one PE's cores take parameters of their own
   * @param broadcastBytesPerCycle width at which parameters reach PEs that share them
   * @param overlap whether the next line of weights arrives while the last one is used
   * @param prefetch whether a layer's parameters are fetched from outside under earlier layers
   * @param peBytes what one PE has of this memory, where that is more than an equal part of {@code
   *     cacheBytes}; 0 where it is not
   * @param weightsOnly whether it keeps only what the cores take: a map that meets an activation in
   *     the vector unit then comes with every inference
   */
  public record ParameterMemory(
      long cacheBytes,
      long stagingBytes,
      int bytesPerCycle,
      int broadcastBytesPerCycle,
      boolean overlap,
      boolean prefetch,
      long peBytes,
      boolean weightsOnly) {
    /** A memory of which every PE has an equal part. */
    public ParameterMemory(
        long cacheBytes,
        long stagingBytes,
        int bytesPerCycle,
        int broadcastBytesPerCycle,
        boolean overlap,
        boolean prefetch) {
      this(
          cacheBytes,
          stagingBytes,
          bytesPerCycle,
          broadcastBytesPerCycle,
          overlap,
          prefetch,
          0,
          false);
    }

    public ParameterMemory {
      Check.range("parameter_memory.cache_bytes", cacheBytes, 0, 1L << 36);
      Check.range("parameter_memory.staging_bytes", stagingBytes, 1 << 10, 1L << 36);
      Check.range("parameter_memory.bytes_per_cycle", bytesPerCycle, 1, 65_536);
      Check.range("parameter_memory.broadcast_bytes_per_cycle", broadcastBytesPerCycle, 1, 65_536);
      Check.range("parameter_memory.pe_bytes", peBytes, 0, 1L << 36);
    }
  }

  /**
   * Elementwise work, per PE.
   *
   * @param elementsPerCycle elements computed where operands follow each other in memory
   * @param gatheredInFourCycles operands taken from anywhere in four cycles: interpolation,
   *     arg-max, transposition
   * @param residualAdd whether it adds another operand to what the cores give on its way to PE
   *     memory, or additions are layers of their own
   * @param matrixSoftmax whether the sums of a softmax are made on the cores, by stored matrices
   */
  public record VectorUnit(
      int elementsPerCycle, int gatheredInFourCycles, boolean residualAdd, boolean matrixSoftmax) {
    /** A vector unit that makes a softmax by itself. */
    public VectorUnit(int elementsPerCycle, int gatheredInFourCycles, boolean residualAdd) {
      this(elementsPerCycle, gatheredInFourCycles, residualAdd, false);
    }

    public VectorUnit {
      Check.range("vector_unit.elements_per_cycle", elementsPerCycle, 1, 65_536);
      Check.range("vector_unit.gathered_in_four_cycles", gatheredInFourCycles, 1, 65_536);
    }
  }

  /** Links between PEs. {@code bytesPerCycle} is what one PE takes from its neighbours. */
  public record Network(int bytesPerCycle) {
    public Network {
      Check.range("network.bytes_per_cycle", bytesPerCycle, 1, 65_536);
    }
  }

  /**
   * Off-chip memory and the way to it. A transfer takes the latency, and then what is slower: the
   * port, or the DRAM with its rows and refreshes.
   *
   * @param bytesPerSecond what the accelerator's port to the memory takes
   * @param latencyNs from a transfer's start until the memory hears of it
   * @param part the DRAM; empty for a memory that is never slower than the port
   */
  public record Dram(long bytesPerSecond, int latencyNs, Optional<DramPart> part) {
    public Dram {
      Check.range("dram.bytes_per_second", bytesPerSecond, 1_000_000, 10_000_000_000_000L);
      Check.range("dram.latency_ns", latencyNs, 0, 1_000_000_000);
    }
  }

  /**
   * A DRAM by its name, with the number of channels that the accelerator has of it.
   *
   * @param name one of {@link DramParts#names()}, for people and for the wire
   * @param timing its data sheet, with that number of channels
   */
  public record DramPart(String name, DramTiming timing) {
    /**
     * The part of that name.
     *
     * @param channels how many there are; empty for as many as the data sheet has
     * @throws IllegalArgumentException if there is no such part, or not with so many channels
     */
    public static DramPart of(String name, OptionalInt channels) {
      if (!DramParts.names().contains(name)) {
        throw new IllegalArgumentException(
            "dram.part is \"%s\", must be one of %s"
                .formatted(name, String.join(", ", DramParts.names())));
      }
      DramTiming timing = DramParts.get(name);
      if (channels.isEmpty()) {
        return new DramPart(name, timing);
      }
      Check.range("dram.channels", channels.getAsInt(), 1, 64);
      return new DramPart(name, timing.withChannels(channels.getAsInt()));
    }

    /** Channels that work side by side. */
    public int channels() {
      return timing.geometry().channels();
    }
  }

  /** The link to the host, each direction with its own rate, and the time until the first byte. */
  public record HostLink(
      long toDeviceBytesPerSecond, long fromDeviceBytesPerSecond, int latencyNs) {
    public HostLink {
      Check.range(
          "host_link.to_device_bytes_per_second",
          toDeviceBytesPerSecond,
          1_000_000,
          10_000_000_000_000L);
      Check.range(
          "host_link.from_device_bytes_per_second",
          fromDeviceBytesPerSecond,
          1_000_000,
          10_000_000_000_000L);
      Check.range("host_link.latency_ns", latencyNs, 0, 1_000_000_000);
    }
  }

  /**
   * What starting an inference costs beside its transfers.
   *
   * @param overheadNs driver, doorbell and completion
   * @param layerOverheadNs fetching and decoding one layer's instructions, and meeting the other
   *     PEs
   * @param instructions bytes of instructions that each inference sends
   */
  public record Invocation(int overheadNs, int layerOverheadNs, Instructions instructions) {
    public Invocation {
      Check.range("invocation.overhead_ns", overheadNs, 0, 1_000_000_000);
      Check.range("invocation.layer_overhead_ns", layerOverheadNs, 0, 1_000_000_000);
    }
  }

  /**
   * Bytes of instructions that the host sends.
   *
   * @param base for a program
   * @param perLayer for each layer; for each step of a recurrent one
   * @param perRow for each output row of a PE's tile: loops over rows are unrolled
   * @param perBlock for each block of output channels
   * @param perUneven for each layer with weights whose PEs do not have equal tiles, and so need
   *     loops of their own
   * @param perPart for each PE that takes channels of its own of a single position
   * @param perSoftmax for each class of a softmax whose sums are made on the cores
   */
  public record Instructions(
      int base,
      int perLayer,
      int perRow,
      int perBlock,
      int perUneven,
      int perPart,
      int perSoftmax) {
    /** Those that do not depend on how a layer is shared out. */
    public Instructions(int base, int perLayer, int perRow, int perBlock) {
      this(base, perLayer, perRow, perBlock, 0, 0, 0);
    }

    public Instructions {
      Check.range("invocation.instructions.base", base, 0, 1 << 20);
      Check.range("invocation.instructions.per_layer", perLayer, 0, 1 << 20);
      Check.range("invocation.instructions.per_row", perRow, 0, 1 << 20);
      Check.range("invocation.instructions.per_block", perBlock, 0, 1 << 20);
      Check.range("invocation.instructions.per_uneven", perUneven, 0, 1 << 20);
      Check.range("invocation.instructions.per_part", perPart, 0, 1 << 20);
      Check.range("invocation.instructions.per_softmax", perSoftmax, 0, 1 << 20);
    }
  }

  /**
   * Which operators the accelerator runs.
   *
   * @param contiguousRegion the vendor compiler's rule: one run of supported operators goes to the
   *     accelerator, and from the first unsupported one on the host does the rest
   * @param hostOperators kinds of operators ({@code hard-swish}, {@code argmax}) left to the host,
   *     or {@link #ALL_OPERATORS} where there is a host and nothing else
   * @param maxUpsampling how many times larger an image may become by interpolation, in height or
   *     width, before the host does it
   */
  public record PlacementRules(
      boolean contiguousRegion, List<String> hostOperators, int maxUpsampling) {
    /** Stands for every kind of operator. */
    public static final String ALL_OPERATORS = "*";

    public PlacementRules {
      hostOperators = List.copyOf(hostOperators);
      Check.range("placement.host_operators, their number,", hostOperators.size(), 0, 256);
      hostOperators.forEach(PlacementRules::checkKind);
      Check.range("placement.max_upsampling", maxUpsampling, 1, 1 << 20);
    }

    /** A misspelt one would leave nothing to the host, in silence. */
    private static void checkKind(String kind) {
      Check.text("placement.host_operators", kind);
      if (!kind.equals(ALL_OPERATORS) && !OperatorKinds.all().contains(kind)) {
        throw new IllegalArgumentException(
            "placement.host_operators names \"%s\", which is no kind of operator; did you mean %s?"
                .formatted(kind, OperatorKinds.nearest(kind)));
      }
    }
  }

  /**
   * The processor that runs what the accelerator does not.
   *
   * @param name for reports
   * @param macsPerSecond multiply-accumulates per second, 8-bit
   * @param bytesPerSecond operand and result bytes per second of elementwise work
   * @param quantizedElementsPerSecond elements per second turned from float to 8 bits or back
   * @param overheadNs time to start one operator
   */
  public record Host(
      String name,
      long macsPerSecond,
      long bytesPerSecond,
      long quantizedElementsPerSecond,
      int overheadNs) {
    public Host {
      Check.text("host.name", name);
      Check.range("host.macs_per_second", macsPerSecond, 1_000_000, 1_000_000_000_000_000L);
      Check.range("host.bytes_per_second", bytesPerSecond, 1_000_000, 10_000_000_000_000L);
      Check.range(
          "host.quantized_elements_per_second",
          quantizedElementsPerSecond,
          1_000_000,
          10_000_000_000_000L);
      Check.range("host.overhead_ns", overheadNs, 0, 1_000_000_000);
    }
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
    ParameterMemory rest =
        new ParameterMemory(
            parameterMemory.cacheBytes() - parameterMemoryBytes,
            parameterMemory.stagingBytes(),
            parameterMemory.bytesPerCycle(),
            parameterMemory.broadcastBytesPerCycle(),
            parameterMemory.overlap(),
            parameterMemory.prefetch(),
            Math.max(0, parameterMemory.peBytes() - parameterMemoryBytes / grid.pes()),
            parameterMemory.weightsOnly());
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
