package dev.ppe.simulator.hardware;

import dev.ppe.simulator.graph.DataType;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * An accelerator and the host it hangs on: a grid of processing elements (PEs), each with a memory
 * for activations and cores of SIMD lanes, every lane a small dot product with an accumulator.
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
 * @param network the links between PEs
 * @param dram off-chip memory of the accelerator's own, or shared with the host
 * @param hostLink what carries inputs, outputs and instructions
 * @param invocation what starting an inference costs
 * @param types activation types that the cores execute
 * @param contiguousRegion the vendor compiler's rule: one run of supported operators goes to the
 *     accelerator, and from the first unsupported one on the host does the rest
 * @param host what runs the other operators
 * @param energyTable name of the table that prices actions, see {@code dev.ppe.simulator.power}
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
    Network network,
    Optional<Dram> dram,
    Optional<HostLink> hostLink,
    Invocation invocation,
    List<DataType> types,
    boolean contiguousRegion,
    Host host,
    String energyTable) {

  public Accelerator {
    Check.text("name", name);
    Check.range("clock_hz", clockHz, 1_000_000, 10_000_000_000L);
    types = List.copyOf(types);
    if (types.isEmpty() || EnumSet.copyOf(types).size() != types.size()) {
      throw new IllegalArgumentException(
          "types is " + types + ", must name at least one, each once");
    }
    if (dram.isEmpty() && hostLink.isEmpty()) {
      throw new IllegalArgumentException("one of dram and host_link must be given");
    }
    Check.text("energy_table", energyTable);
    Check.range(
        "grid.rows x grid.columns x core.per_pe x core.lanes x core.macs_per_lane",
        (long) grid.pes() * core.lanesPerPe() * core.macsPerLane(),
        1,
        1 << 20);
  }

  /** The PEs, as a grid. */
  public record Grid(int rows, int columns) {
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
   * The cores of one PE. An activation word of {@code macsPerLane} bytes goes to all lanes of a PE;
   * each lane holds the weights of another output channel and an accumulator.
   *
   * @param perPe cores in one PE
   * @param lanes lanes in one core
   * @param macsPerLane multiply-accumulates of one lane in a cycle, along input channels
   * @param accumulators output positions that a lane works on before it needs its weights again
   */
  public record Core(int perPe, int lanes, int macsPerLane, int accumulators) {
    public Core {
      Check.range("core.per_pe", perPe, 1, 64);
      Check.range("core.lanes", lanes, 1, 4096);
      Check.range("core.macs_per_lane", macsPerLane, 1, 64);
      Check.range("core.accumulators", accumulators, 1, 65_536);
    }

    /** Output channels that one PE works on at a time. */
    public int lanesPerPe() {
      return perPe * lanes;
    }
  }

  /**
   * The activation memory of one PE.
   *
   * @param bytes capacity
   * @param readBytesPerCycle width of the port that feeds the cores and the vector unit
   * @param writeBytesPerCycle width of the port that takes results
   */
  public record PeMemory(long bytes, int readBytesPerCycle, int writeBytesPerCycle) {
    public PeMemory {
      Check.range("pe_memory.bytes", bytes, 1 << 10, 1L << 32);
      Check.range("pe_memory.read_bytes_per_cycle", readBytesPerCycle, 1, 65_536);
      Check.range("pe_memory.write_bytes_per_cycle", writeBytesPerCycle, 1, 65_536);
    }
  }

  /**
   * Parameters on the chip, over all PEs.
   *
   * @param cacheBytes what keeps parameters from one inference to the next; 0 where each inference
   *     fetches all of them
   * @param stagingBytes buffer for parameters that are fetched in each inference
   * @param bytesPerCycle width at which parameters reach one PE's cores
   */
  public record ParameterMemory(long cacheBytes, long stagingBytes, int bytesPerCycle) {
    public ParameterMemory {
      Check.range("parameter_memory.cache_bytes", cacheBytes, 0, 1L << 36);
      Check.range("parameter_memory.staging_bytes", stagingBytes, 1 << 10, 1L << 36);
      Check.range("parameter_memory.bytes_per_cycle", bytesPerCycle, 1, 65_536);
    }
  }

  /** Elementwise work. {@code elementsPerCycle} is per PE. */
  public record VectorUnit(int elementsPerCycle) {
    public VectorUnit {
      Check.range("vector_unit.elements_per_cycle", elementsPerCycle, 1, 65_536);
    }
  }

  /** Links between PEs. {@code bytesPerCycle} is what one PE takes from its neighbours. */
  public record Network(int bytesPerCycle) {
    public Network {
      Check.range("network.bytes_per_cycle", bytesPerCycle, 1, 65_536);
    }
  }

  /** Off-chip memory, with the time until a transfer's first byte. */
  public record Dram(long bytesPerSecond, int latencyNs) {
    public Dram {
      Check.range("dram.bytes_per_second", bytesPerSecond, 1_000_000, 10_000_000_000_000L);
      Check.range("dram.latency_ns", latencyNs, 0, 1_000_000_000);
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
   * @param instructionBytes instructions of a program with no layers
   * @param instructionBytesPerLayer further instructions of each layer
   */
  public record Invocation(int overheadNs, int instructionBytes, int instructionBytesPerLayer) {
    public Invocation {
      Check.range("invocation.overhead_ns", overheadNs, 0, 1_000_000_000);
      Check.range("invocation.instruction_bytes", instructionBytes, 0, 1 << 30);
      Check.range("invocation.instruction_bytes_per_layer", instructionBytesPerLayer, 0, 1 << 20);
    }
  }

  /**
   * The processor that runs what the accelerator does not.
   *
   * @param name for reports
   * @param macsPerSecond multiply-accumulates per second, 8-bit
   * @param bytesPerSecond operand and result bytes per second of elementwise work
   * @param overheadNs time to start one operator
   */
  public record Host(String name, long macsPerSecond, long bytesPerSecond, int overheadNs) {
    public Host {
      Check.text("host.name", name);
      Check.range("host.macs_per_second", macsPerSecond, 1_000_000, 1_000_000_000_000_000L);
      Check.range("host.bytes_per_second", bytesPerSecond, 1_000_000, 10_000_000_000_000L);
      Check.range("host.overhead_ns", overheadNs, 0, 1_000_000_000);
    }
  }

  /** Multiply-accumulates of all PEs in one cycle at full use. */
  public long peakMacsPerCycle() {
    return (long) grid.pes() * core.lanesPerPe() * core.macsPerLane();
  }

  /** Whether the cores execute activations of {@code type}. */
  public boolean executes(DataType type) {
    return types.contains(type);
  }
}
