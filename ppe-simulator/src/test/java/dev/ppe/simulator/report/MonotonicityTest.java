package dev.ppe.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.compile.Networks;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.Dram;
import dev.ppe.simulator.hardware.DramPart;
import dev.ppe.simulator.hardware.Grid.Split;
import dev.ppe.simulator.hardware.HostLink;
import dev.ppe.simulator.hardware.ParameterMemory;
import dev.ppe.simulator.hardware.PeMemory;
import dev.ppe.simulator.hardware.PeMemory.Overflow;
import dev.ppe.simulator.hardware.VectorUnit;
import dev.ppe.simulator.report.TriedNetwork.Costs;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A better machine is never slower. */
@Execution(ExecutionMode.CONCURRENT)
class MonotonicityTest {
  private static final List<TriedNetwork> NETWORKS =
      Stream.of(
              Stream.of("mobilenet_v2", "mobilenet_edgetpu_v2_s").map(MonotonicityTest::small),
              Networks.handMade().stream(),
              IntStream.range(0, 8).mapToObj(Networks::random),
              IntStream.range(200, 203).mapToObj(Networks::random))
          .flatMap(networks -> networks)
          .map(TriedNetwork::new)
          .toList();

  static List<TriedNetwork> networks() {
    return NETWORKS;
  }

  /** All of its layers, on an image of which no layer has hundreds of tiles. */
  private static Graph small(String name) {
    ZooModel model = Zoo.find(name).orElseThrow();
    return model.graph(model.defaults().withResolution(96));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aFasterLinkNeverCostsCycles(TriedNetwork network) {
    for (Accelerator accelerator : withLink()) {
      HostLink link = accelerator.hostLink().orElseThrow();
      assertNeverRises(
          times ->
              network
                  .on(
                      AcceleratorBuilder.like(accelerator)
                          .hostLink(
                              times * link.toDeviceBytesPerSecond() / 8,
                              times * link.fromDeviceBytesPerSecond() / 8,
                              link.latencyNs()))
                  .cycles());
    }
  }

  private static List<Accelerator> withLink() {
    return Evaluate.accelerators().stream().filter(a -> a.hostLink().isPresent()).toList();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void fasterMemoryNeverCostsCycles(TriedNetwork network) {
    for (Accelerator accelerator : withDram()) {
      Dram dram = accelerator.dram().orElseThrow();
      assertNeverRises(
          times ->
              network
                  .on(
                      AcceleratorBuilder.like(accelerator)
                          .dram(
                              new Dram(
                                  times * dram.bytesPerSecond() / 8,
                                  dram.latencyNs(),
                                  dram.part())))
                  .cycles());
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void memoryThatAnswersSoonerNeverCostsCycles(TriedNetwork network) {
    for (Accelerator accelerator : withDram()) {
      Dram dram = accelerator.dram().orElseThrow();
      assertNeverRises(
          times ->
              network
                  .on(
                      AcceleratorBuilder.like(accelerator)
                          .dram(new Dram(dram.bytesPerSecond(), (int) (4096 / times), dram.part())))
                  .cycles());
    }
  }

  /** Also such whose DRAM is slower than the port: one channel of it. */
  private static List<Accelerator> withDram() {
    DramPart narrow = DramPart.of("lpddr4-4266", OptionalInt.of(1));
    return Stream.concat(
            Evaluate.accelerators().stream().filter(a -> a.dram().isPresent()),
            Stream.of("tensor-g1", "edgetpu-v1")
                .map(AcceleratorBuilder::like)
                .map(preset -> preset.peMemoryBytes(32 << 10).hiding(true, true))
                .map(preset -> preset.dram(new Dram(8_000_000_000L, 50, Optional.of(narrow))))
                .map(AcceleratorBuilder::build))
        .toList();
  }

  private static void assertNeverRises(LongFunction<Long> cost) {
    long before = Long.MAX_VALUE;
    for (long times : new long[] {1, 3, 8, 9, 2048}) {
      long now = cost.apply(times);
      assertThat(now).isLessThanOrEqualTo(before);
      before = now;
    }
  }

  /**
   * Of accelerators that are cut in one way. Others change the way when a port grows, for the least
   * time of a layer by itself, and that may be one whose exchange between PEs is longer and whose
   * compute, hidden under parameters from outside, was no matter: see {@code
   * dev.ppe.simulator.compile.TilingMonotonicityTest} for these.
   */
  private static List<Accelerator> spatial() {
    return Evaluate.accelerators().stream()
        .map(
            accelerator ->
                AcceleratorBuilder.like(accelerator)
                    .split(Split.SPATIAL)
                    .weightsStay(false)
                    .build())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void widerPortsNeverCostCycles(TriedNetwork network) {
    for (Accelerator accelerator : spatial()) {
      PeMemory memory = accelerator.peMemory();
      assertNeverRises(
          times ->
              network
                  .on(
                      AcceleratorBuilder.like(accelerator)
                          .peMemory(
                              memory.withPorts(
                                  width(times, memory.readBytesPerCycle()),
                                  memory.writeBytesPerCycle())))
                  .cycles());
      assertNeverRises(
          times ->
              network
                  .on(
                      AcceleratorBuilder.like(accelerator)
                          .peMemory(
                              memory.withPorts(
                                  memory.readBytesPerCycle(),
                                  width(times, memory.writeBytesPerCycle()))))
                  .cycles());
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void moreBanksNeverCostCycles(TriedNetwork network) {
    for (Accelerator accelerator : Evaluate.accelerators()) {
      long before = Long.MAX_VALUE;
      for (int banks = 1; banks <= 3; banks++) {
        long now = network.on(AcceleratorBuilder.like(accelerator).banks(banks)).cycles();
        assertThat(now).isLessThanOrEqualTo(before);
        before = now;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void widerWaysForWeightsNeverCostCycles(TriedNetwork network) {
    for (Accelerator accelerator : spatial()) {
      ParameterMemory memory = accelerator.parameterMemory();
      assertNeverRises(
          times ->
              network
                  .on(
                      AcceleratorBuilder.like(accelerator)
                          .parameterWidths(
                              width(times, memory.bytesPerCycle()),
                              width(times, memory.broadcastBytesPerCycle())))
                  .cycles());
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void fasterVectorUnitsAndLinksBetweenPesNeverCostCycles(TriedNetwork network) {
    for (Accelerator accelerator : spatial()) {
      VectorUnit unit = accelerator.vectorUnit();
      assertNeverRises(
          times ->
              network
                  .on(
                      AcceleratorBuilder.like(accelerator)
                          .vectorUnit(
                              width(times, unit.elementsPerCycle()),
                              width(times, unit.gatheredInFourCycles())))
                  .cycles());
      assertNeverRises(
          times -> network.on(AcceleratorBuilder.like(accelerator).network((int) times)).cycles());
    }
  }

  private static int width(long times, int usual) {
    return Math.clamp(times * usual / 8, 1, 65_536);
  }

  /** Durations are rounded up to cycles, so each instruction on the path may cost one more. */
  @ParameterizedTest
  @MethodSource("networks")
  void aFasterClockNeverCostsTime(TriedNetwork network) {
    for (Accelerator accelerator : Evaluate.accelerators()) {
      double before = Double.MAX_VALUE;
      for (long percent : new long[] {20, 70, 100, 101, 300}) {
        long clockHz = accelerator.clockHz() / 100 * percent;
        Costs now = network.on(AcceleratorBuilder.like(accelerator).clockHz(clockHz));
        double roundingUs = 2e6 / clockHz * 1000 * (1 + now.layers());
        assertThat(now.latencyUs())
            .isLessThanOrEqualTo(before + Math.min(roundingUs, 0.02 * before));
        before = now.latencyUs();
      }
    }
  }

  /**
   * But where an input that overflows the PE memories comes to fit into it and takes its room
   * first; {@code dev.ppe.simulator.compile.ParameterCacheTest} has both cases that may fetch more.
   * The last memory holds everything, even where narrow layers are in the first PE's part alone.
   */
  @ParameterizedTest
  @MethodSource("networks")
  void moreMemoryForParametersNeverFetchesMoreOfThem(TriedNetwork network) {
    for (Accelerator accelerator : whereInputsNeedNoneOfIt()) {
      long before = Long.MAX_VALUE;
      for (long kib : new long[] {0, 50, 200, 1000, 3000, 20_000, 400_000}) {
        MemoryReport memory =
            network
                .on(
                    AcceleratorBuilder.like(accelerator)
                        .parameterMemory(kib << 10, accelerator.parameterMemory().stagingBytes()))
                .memory();
        assertThat(memory.paramsStreamedBytes()).isLessThanOrEqualTo(before);
        before = memory.paramsStreamedBytes();
      }
      assertThat(before).isZero();
    }
  }

  private static List<Accelerator> whereInputsNeedNoneOfIt() {
    return Evaluate.accelerators().stream()
        .map(accelerator -> AcceleratorBuilder.like(accelerator).overflow(Overflow.OFF_CHIP))
        .map(AcceleratorBuilder::build)
        .toList();
  }

  /**
   * Not strictly: what goes off chip is chosen greedily, largest first, and where a little more
   * memory spares one tensor another may have to leave instead. By no more than a third, though.
   * Less than 4 KiB does not hold the inputs of a dense layer of 3000.
   */
  @ParameterizedTest
  @MethodSource("networks")
  void morePeMemoryHardlyEverSendsMoreActivationsOffChip(TriedNetwork network) {
    for (String preset : List.of("coral-usb", "edgetpu-v3")) {
      long least = Long.MAX_VALUE;
      for (long bytes = 4 << 10; bytes <= 8 << 20; bytes += bytes / 3) {
        long offChip =
            network
                .on(AcceleratorBuilder.like(preset).peMemoryBytes(bytes))
                .memory()
                .offChipActivationBytes();
        assertThat(offChip).isLessThanOrEqualTo(least < Long.MAX_VALUE ? least * 4 / 3 : least);
        least = Math.min(least, offChip);
      }
      assertThat(least).isZero();
    }
  }
}
