package dev.ppe.simulator.hardware;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.hardware.Accelerator.Core;
import dev.ppe.simulator.hardware.Accelerator.Dram;
import dev.ppe.simulator.hardware.Accelerator.Grid;
import dev.ppe.simulator.hardware.Accelerator.Host;
import dev.ppe.simulator.hardware.Accelerator.HostLink;
import dev.ppe.simulator.hardware.Accelerator.Invocation;
import dev.ppe.simulator.hardware.Accelerator.Network;
import dev.ppe.simulator.hardware.Accelerator.ParameterMemory;
import dev.ppe.simulator.hardware.Accelerator.PeMemory;
import dev.ppe.simulator.hardware.Accelerator.VectorUnit;
import java.util.List;
import java.util.Optional;

/** Another accelerator but for what a test is about. */
public final class AcceleratorBuilder {
  private final Accelerator original;
  private long clockHz;
  private Grid grid;
  private Core core;
  private PeMemory peMemory;
  private ParameterMemory parameterMemory;
  private Optional<Dram> dram;
  private Optional<HostLink> hostLink;
  private Invocation invocation;
  private List<DataType> types;
  private boolean contiguousRegion;
  private Host host;

  private AcceleratorBuilder(Accelerator original) {
    this.original = original;
    this.clockHz = original.clockHz();
    this.grid = original.grid();
    this.core = original.core();
    this.peMemory = original.peMemory();
    this.parameterMemory = original.parameterMemory();
    this.dram = original.dram();
    this.hostLink = original.hostLink();
    this.invocation = original.invocation();
    this.types = original.types();
    this.contiguousRegion = original.contiguousRegion();
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
   * bytes. Four PEs do 256 multiply-accumulates a cycle.
   */
  public static AcceleratorBuilder small() {
    return like(
        new Accelerator(
            "small",
            "for calculations by hand",
            1_000_000_000,
            new Grid(2, 2),
            new Core(1, 16, 4, 4),
            new PeMemory(64 << 10, 8, 8),
            new ParameterMemory(64 << 10, 8 << 10, 32),
            new VectorUnit(8),
            new Network(8),
            Optional.empty(),
            Optional.of(new HostLink(1_000_000_000, 500_000_000, 100)),
            new Invocation(1000, 200, 100),
            List.of(DataType.INT8),
            true,
            new Host("host", 1_000_000_000, 1_000_000_000, 500),
            "coral-28nm"));
  }

  public AcceleratorBuilder clockHz(long hertz) {
    clockHz = hertz;
    return this;
  }

  public AcceleratorBuilder grid(int rows, int columns) {
    grid = new Grid(rows, columns);
    return this;
  }

  public AcceleratorBuilder core(Core other) {
    core = other;
    return this;
  }

  public AcceleratorBuilder peMemoryBytes(long bytes) {
    peMemory = new PeMemory(bytes, peMemory.readBytesPerCycle(), peMemory.writeBytesPerCycle());
    return this;
  }

  public AcceleratorBuilder parameterMemory(long cacheBytes, long stagingBytes) {
    parameterMemory =
        new ParameterMemory(cacheBytes, stagingBytes, parameterMemory.bytesPerCycle());
    return this;
  }

  public AcceleratorBuilder dram(long bytesPerSecond, int latencyNs) {
    dram = Optional.of(new Dram(bytesPerSecond, latencyNs));
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

  public AcceleratorBuilder invocation(int overheadNs, int bytes, int bytesPerLayer) {
    invocation = new Invocation(overheadNs, bytes, bytesPerLayer);
    return this;
  }

  public AcceleratorBuilder types(DataType... others) {
    types = List.of(others);
    return this;
  }

  public AcceleratorBuilder contiguousRegion(boolean contiguous) {
    contiguousRegion = contiguous;
    return this;
  }

  public AcceleratorBuilder host(long macsPerSecond, long bytesPerSecond, int overheadNs) {
    host = new Host("host", macsPerSecond, bytesPerSecond, overheadNs);
    return this;
  }

  public Accelerator build() {
    return new Accelerator(
        original.name(),
        original.description(),
        clockHz,
        grid,
        core,
        peMemory,
        parameterMemory,
        original.vectorUnit(),
        original.network(),
        dram,
        hostLink,
        invocation,
        types,
        contiguousRegion,
        host,
        original.energyTable());
  }
}
