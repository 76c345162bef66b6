package dev.ppe.simulator.hardware;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.hardware.Grid.Split;
import dev.ppe.simulator.hardware.PeMemory.Overflow;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/** Another accelerator but for what a test is about. */
public final class AcceleratorBuilder {
  private final Accelerator original;
  private String name;
  private long clockHz;
  private Grid grid;
  private Core core;
  private PeMemory peMemory;
  private ParameterMemory parameterMemory;
  private VectorUnit vectorUnit;
  private Optional<Network> network;
  private Optional<Dram> dram;
  private Optional<HostLink> hostLink;
  private Invocation invocation;
  private List<DataType> types;
  private List<Integer> macCycles;
  private PlacementRules placement;
  private Host host;

  private AcceleratorBuilder(Accelerator original) {
    this.original = original;
    this.name = original.name();
    this.clockHz = original.clockHz();
    this.grid = original.grid();
    this.core = original.core();
    this.peMemory = original.peMemory();
    this.parameterMemory = original.parameterMemory();
    this.vectorUnit = original.vectorUnit();
    this.network = original.network();
    this.dram = original.dram();
    this.hostLink = original.hostLink();
    this.invocation = original.invocation();
    this.types = original.types();
    this.macCycles = original.macCycles();
    this.placement = original.placement();
    this.host = original.host();
  }

  public static AcceleratorBuilder like(Accelerator original) {
    return new AcceleratorBuilder(original);
  }

  public static AcceleratorBuilder like(String preset) {
    return like(Presets.get(preset));
  }

  /**
   * A small accelerator for calculations by hand. A cycle is a nanosecond, and a line of weights 64
   * bytes. Four PEs, cut in any way, do 256 multiply-accumulates a cycle. Weights arrive while the
   * cores work, and what does not fit goes off the chip. Images stay for a layer more, and weights
   * stay where that fetches less.
   */
  public static AcceleratorBuilder small() {
    return like(
        new Accelerator(
            "small",
            "for calculations by hand",
            1_000_000_000,
            new Grid(2, 2, Split.ANY),
            new Core.Simd(1, 16, 4, 4, false, 4, 1),
            new PeMemory(64 << 10, 8, 8, Overflow.OFF_CHIP).withImagesStay(true),
            new ParameterMemory(64 << 10, 8 << 10, 32, 32, true, true).withWeightsStay(true),
            new VectorUnit(8, 8, false),
            Optional.of(new Network(8)),
            Optional.empty(),
            Optional.of(new HostLink(1_000_000_000, 500_000_000, 100)),
            new Invocation(1000, 0, new Instructions(200, 100, 0, 0)),
            List.of(DataType.INT8),
            List.of(1),
            new PlacementRules(true, List.of("sin"), 1 << 20),
            new Host("host", 1_000_000_000, 1_000_000_000, 1_000_000_000, 500),
            "coral-28nm"));
  }

  public AcceleratorBuilder name(String other) {
    name = other;
    return this;
  }

  public AcceleratorBuilder clockHz(long hertz) {
    clockHz = hertz;
    return this;
  }

  public AcceleratorBuilder grid(int rows, int columns) {
    grid = new Grid(rows, columns, grid.split());
    return this;
  }

  public AcceleratorBuilder split(Split split) {
    grid = new Grid(grid.rows(), grid.columns(), split);
    return this;
  }

  public AcceleratorBuilder core(Core other) {
    core = other;
    return this;
  }

  public AcceleratorBuilder peMemoryBytes(long bytes) {
    return peMemory(peMemory.withBytes(bytes));
  }

  public AcceleratorBuilder overflow(Overflow overflow) {
    return peMemory(peMemory.withOverflow(overflow));
  }

  public AcceleratorBuilder imagesStay(boolean stay) {
    return peMemory(peMemory.withImagesStay(stay));
  }

  public AcceleratorBuilder banks(int banks) {
    return peMemory(peMemory.withBanks(banks));
  }

  public AcceleratorBuilder peMemory(PeMemory memory) {
    peMemory = memory;
    return this;
  }

  public AcceleratorBuilder parameterMemory(long cacheBytes, long stagingBytes) {
    return parameterMemory(
        memory ->
            new ParameterMemory(
                    cacheBytes,
                    stagingBytes,
                    memory.bytesPerCycle(),
                    memory.broadcastBytesPerCycle(),
                    memory.overlap(),
                    memory.prefetch())
                .withWeightsStay(memory.weightsStay()));
  }

  public AcceleratorBuilder weightsStay(boolean stay) {
    return parameterMemory(memory -> memory.withWeightsStay(stay));
  }

  public AcceleratorBuilder parameterMemory(UnaryOperator<ParameterMemory> change) {
    parameterMemory = change.apply(parameterMemory);
    return this;
  }

  public AcceleratorBuilder parameterWidths(int bytesPerCycle, int broadcastBytesPerCycle) {
    return parameterMemory(
        memory ->
            new ParameterMemory(
                    memory.cacheBytes(),
                    memory.stagingBytes(),
                    bytesPerCycle,
                    broadcastBytesPerCycle,
                    memory.overlap(),
                    memory.prefetch())
                .withWeightsStay(memory.weightsStay()));
  }

  /** Whether lines of weights arrive under the cores' work, and layers' under earlier layers. */
  public AcceleratorBuilder hiding(boolean overlap, boolean prefetch) {
    return parameterMemory(
        memory ->
            new ParameterMemory(
                    memory.cacheBytes(),
                    memory.stagingBytes(),
                    memory.bytesPerCycle(),
                    memory.broadcastBytesPerCycle(),
                    overlap,
                    prefetch)
                .withWeightsStay(memory.weightsStay()));
  }

  public AcceleratorBuilder vectorUnit(int elementsPerCycle, int gatheredInFourCycles) {
    vectorUnit = new VectorUnit(elementsPerCycle, gatheredInFourCycles, vectorUnit.residualAdd());
    return this;
  }

  public AcceleratorBuilder residualAdd() {
    vectorUnit =
        new VectorUnit(vectorUnit.elementsPerCycle(), vectorUnit.gatheredInFourCycles(), true);
    return this;
  }

  public AcceleratorBuilder network(int bytesPerCycle) {
    network = Optional.of(new Network(bytesPerCycle));
    return this;
  }

  public AcceleratorBuilder withoutNetwork() {
    network = Optional.empty();
    return this;
  }

  /** A memory that is never slower than the port. */
  public AcceleratorBuilder dram(long bytesPerSecond, int latencyNs) {
    return dram(new Dram(bytesPerSecond, latencyNs, Optional.empty()));
  }

  /** A memory with rows and refresh. */
  public AcceleratorBuilder dram(long bytesPerSecond, int latencyNs, String part) {
    DramPart named = DramPart.of(part, OptionalInt.empty());
    return dram(new Dram(bytesPerSecond, latencyNs, Optional.of(named)));
  }

  public AcceleratorBuilder dram(Dram other) {
    dram = Optional.of(other);
    return this;
  }

  public AcceleratorBuilder hostLink(long toDevice, long fromDevice, int latencyNs) {
    hostLink = Optional.of(new HostLink(toDevice, fromDevice, latencyNs));
    return this;
  }

  public AcceleratorBuilder withoutHostLink() {
    hostLink = Optional.empty();
    return this;
  }

  public AcceleratorBuilder invocation(int overheadNs, int layerOverheadNs) {
    invocation =
        new Invocation(
            overheadNs,
            invocation.doorbellPermille(),
            invocation.completionPermille(),
            layerOverheadNs,
            invocation.instructions());
    return this;
  }

  /** Shares of what an inference costs whatever the layers do. */
  public AcceleratorBuilder invocationShares(int doorbellPermille, int completionPermille) {
    invocation =
        new Invocation(
            invocation.overheadNs(),
            doorbellPermille,
            completionPermille,
            invocation.layerOverheadNs(),
            invocation.instructions());
    return this;
  }

  public AcceleratorBuilder instructions(int base, int perLayer, int perRow, int perBlock) {
    return instructions(new Instructions(base, perLayer, perRow, perBlock));
  }

  public AcceleratorBuilder instructions(Instructions instructions) {
    invocation =
        new Invocation(
            invocation.overheadNs(),
            invocation.doorbellPermille(),
            invocation.completionPermille(),
            invocation.layerOverheadNs(),
            instructions);
    return this;
  }

  public AcceleratorBuilder types(DataType... others) {
    types = List.of(others);
    macCycles = List.of();
    return this;
  }

  public AcceleratorBuilder contiguousRegion(boolean contiguous) {
    placement =
        new PlacementRules(contiguous, placement.hostOperators(), placement.maxUpsampling());
    return this;
  }

  public AcceleratorBuilder hostOperators(String... kinds) {
    placement =
        new PlacementRules(placement.contiguousRegion(), List.of(kinds), placement.maxUpsampling());
    return this;
  }

  public AcceleratorBuilder maxUpsampling(int times) {
    placement = new PlacementRules(placement.contiguousRegion(), placement.hostOperators(), times);
    return this;
  }

  public AcceleratorBuilder host(
      long macsPerSecond, long bytesPerSecond, long quantizedElementsPerSecond, int overheadNs) {
    host = new Host("host", macsPerSecond, bytesPerSecond, quantizedElementsPerSecond, overheadNs);
    return this;
  }

  public Accelerator build() {
    return new Accelerator(
        name,
        original.description(),
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
        original.energyTable(),
        original.energyScale(),
        original.validated());
  }
}
