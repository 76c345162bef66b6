package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.Cycles;
import dev.ppe.simulator.hardware.ParameterMemory;
import dev.ppe.simulator.hardware.PeMemory.Overflow;
import dev.ppe.simulator.job.Job;
import dev.ppe.simulator.job.LoopOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** "Small" does a cycle a nanosecond; its link takes a byte in a cycle in, and in two out. */
class SchedulerTest {
  private static final Activation NONE = Activation.NONE;

  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);

  @Test
  void anInferenceIsInvocationInstructionsInputComputeAndOutput() {
    Value x = net.input("x", 1, 8, 8, 16);
    Value y = net.pointwise("y", x, 32, NONE);

    assertThat(instructions(net.build(y), AcceleratorBuilder.small()))
        .containsExactly(
            whole(new Work.HostTask(1000), Cause.INVOCATION),
            whole(new Work.LinkTransfer(true, 300), Cause.HOST_LINK, 0),
            whole(new Work.LinkTransfer(true, 1024), Cause.HOST_LINK, 1),
            of(0, new Work.Compute(128), Cause.COMPUTE, 1, 2),
            whole(new Work.LinkTransfer(false, 2048), Cause.HOST_LINK, 3));
  }

  /** Fetching and decoding 50 ns, before the layer's own cycles. */
  @Test
  void aLayersInstructionsAreDecodedBeforeItComputes() {
    Value x = net.input("x", 1, 8, 8, 16);
    Value y = net.pointwise("y", x, 32, NONE);

    assertThat(instructions(net.build(y), AcceleratorBuilder.small().invocation(1000, 50)))
        .contains(
            of(0, new Work.Compute(50), Cause.DECODE, 1, 2),
            of(0, new Work.Compute(128), Cause.COMPUTE, 3));
  }

  /**
   * 64 x 32 weights and 32 x 8 bytes beside are 2304 bytes, in pieces of at most 512: five. A piece
   * waits until the last but one was used. They lie from address 0 on, then each on a page of its
   * own input, output and instructions. Four PEs take 8 of the 32 outputs each; 48 of 64 bytes of
   * input lie in other PEs: 6 cycles. 16 words are 16 steps, in five parts; lines of 8 x 4 bytes
   * take a cycle each as well.
   */
  @Test
  void parametersThatDoNotStayArriveInPiecesOfHalfTheStagingMemory() {
    assertThat(instructions(dense(), streaming()))
        .containsExactly(
            whole(new Work.HostTask(1000), Cause.INVOCATION),
            whole(read(12_288, 300), Cause.HOST_LINK, 0),
            whole(read(4096, 64), Cause.HOST_LINK, 1),
            of(0, new Work.Exchange(6, 4 * 48), Cause.ACTIVATION_FETCH, 1, 2),
            of(0, read(0, 461), Cause.PARAMETER_FETCH, 1),
            of(0, new Work.Compute(4), Cause.COMPUTE, 3, 4),
            of(0, read(461, 461), Cause.PARAMETER_FETCH, 1),
            of(0, new Work.Compute(3), Cause.COMPUTE, 3, 6),
            of(0, read(922, 461), Cause.PARAMETER_FETCH, 1, 5),
            of(0, new Work.Compute(3), Cause.COMPUTE, 3, 8),
            of(0, read(1383, 461), Cause.PARAMETER_FETCH, 1, 7),
            of(0, new Work.Compute(3), Cause.COMPUTE, 3, 10),
            of(0, read(1844, 460), Cause.PARAMETER_FETCH, 1, 9),
            of(0, new Work.Compute(3), Cause.COMPUTE, 3, 12),
            whole(write(8192, 32), Cause.HOST_LINK, 13));
  }

  /**
   * Without prefetch they come in one go, when the operands are there, and the cores work through
   * them tile by tile: 512 bytes of lines are two fillings of a core memory of 256.
   */
  @Test
  void withoutPrefetchParametersComeWhenAllElseIsThere() {
    assertThat(instructions(dense(), streaming().parameterMemory(0, 1 << 10).hiding(true, false)))
        .startsWith(
            whole(new Work.HostTask(1000), Cause.INVOCATION),
            whole(read(12_288, 300), Cause.HOST_LINK, 0),
            whole(read(4096, 64), Cause.HOST_LINK, 1),
            of(0, new Work.Exchange(6, 4 * 48), Cause.ACTIVATION_FETCH, 1, 2),
            of(0, read(0, 2304), Cause.PARAMETER_FETCH, 1, 3),
            of(0, new Work.Compute(8), Cause.COMPUTE, 4),
            of(0, new Work.Compute(8), Cause.COMPUTE, 5));
  }

  /** 16 lines of a cycle, and then 16 steps, all in one fill of 2 KiB. */
  @Test
  void linesOfWeightsThatNothingHidesAreWaitedFor() {
    assertThat(instructions(dense(), streaming().parameterMemory(0, 8 << 10).hiding(false, false)))
        .contains(
            of(0, read(0, 2304), Cause.PARAMETER_FETCH, 1, 3),
            of(0, new Work.Compute(16), Cause.PARAMETER_FETCH, 4),
            of(0, new Work.Compute(16), Cause.COMPUTE, 5));
  }

  /**
   * 256 to 64 on four PEs: 64 lines of 64 bytes in each. A core memory of 1 KiB is filled four
   * times; that the parameters stay on the chip changes nothing.
   */
  @Test
  void weightsComeInFillsOfTheCoreMemories() {
    Graph graph = net.build(net.fullyConnected("y", net.input("x", 1, 256), 64, NONE));
    AcceleratorBuilder small =
        AcceleratorBuilder.small().parameterMemory(1 << 20, 4 << 10).hiding(false, true);

    assertThat(instructions(graph, small))
        .filteredOn(i -> i.resource() == Resource.ARRAY)
        .extracting(Instruction::cause, SchedulerTest::cycles)
        .containsExactly(
            tuple(Cause.PARAMETER_FETCH, 32L),
            tuple(Cause.COMPUTE, 16L),
            tuple(Cause.PARAMETER_FETCH, 32L),
            tuple(Cause.COMPUTE, 16L),
            tuple(Cause.PARAMETER_FETCH, 32L),
            tuple(Cause.COMPUTE, 16L),
            tuple(Cause.PARAMETER_FETCH, 32L),
            tuple(Cause.COMPUTE, 16L));
  }

  /**
   * 1000 x 1000 weights, padded to 1008 outputs, and 8 bytes beside for each of those: far more
   * than 64 pieces of half of 2 KiB, and none of them larger.
   */
  @Test
  void largeLayersComeInAsManyPiecesAsTheStagingMemoryAsksFor() {
    Graph graph = net.build(net.fullyConnected("y", net.input("x", 1, 1000), 1000, NONE));
    List<Instruction> fetches =
        instructions(graph, streaming().parameterMemory(0, 2 << 10)).stream()
            .filter(i -> i.cause() == Cause.PARAMETER_FETCH && i.bytes() > 0)
            .toList();

    assertThat(fetches).hasSize(Math.ceilDiv(1008 * 1000 + 1008 * 8, 1 << 10));
    assertThat(fetches).allMatch(fetch -> fetch.bytes() <= 1 << 10);
  }

  /**
   * 64 x 64 positions on four PEs, in fours for each line: 256 times 256 lines of 64 bytes are 2048
   * fillings of 2 KiB, which 64 pieces share; above 1024 an instruction does several.
   */
  @Test
  void aTileIsNoMoreThanAFillingOfTheCoreMemoriesHoweverManyThereAre() {
    Value x = net.input("x", 1, 64, 64, 64);
    Graph graph = net.build(net.pointwise("y", x, 256, NONE));

    AcceleratorBuilder small = AcceleratorBuilder.small().peMemoryBytes(1 << 20);

    assertThat(computed(graph, small.parameterMemory(1 << 20, 16 << 10)))
        .hasSize(1024)
        .allMatch(compute -> compute.tiles() == 1);
    assertThat(computed(graph, small.parameterMemory(1 << 20, 8 << 10)))
        .hasSize(1024)
        .allMatch(compute -> compute.tiles() == 2);
  }

  private static List<Work.Compute> computed(Graph graph, AcceleratorBuilder accelerator) {
    return instructions(graph, accelerator).stream()
        .map(Instruction::work)
        .filter(Work.Compute.class::isInstance)
        .map(Work.Compute.class::cast)
        .toList();
  }

  private Graph dense() {
    return net.build(net.fullyConnected("y", net.input("x", 1, 64), 32, NONE));
  }

  private static AcceleratorBuilder streaming() {
    return AcceleratorBuilder.small()
        .parameterMemory(0, 1 << 10)
        .dram(2_000_000_000, 50)
        .withoutHostLink();
  }

  @Test
  void parametersOfTheNextLayerArriveWhileThisOneComputes() {
    Value x = net.input("x", 1, 64);
    Value y = net.fullyConnected("y", x, 16, NONE);
    List<Instruction> instructions =
        instructions(
            net.build(net.fullyConnected("z", y, 16, NONE)),
            AcceleratorBuilder.small().parameterMemory(0, 4 << 10));
    Instruction second =
        instructions.stream()
            .filter(i -> i.layer() == 1 && i.cause() == Cause.PARAMETER_FETCH)
            .filter(i -> i.resource() == Resource.LINK_IN)
            .findFirst()
            .orElseThrow();

    assertThat(second.dependencies()).containsExactly(1); // the program alone
  }

  /**
   * 4 KiB in each of 4 PEs, and the output alone has 4 KiB in each. A row of a PE has 16 x (4 + 64)
   * bytes, so two of four are a block: with the seam three passes, out and in.
   */
  @Test
  void activationsThatDoNotFitLeaveAndReturnInBlocks() {
    Value x = net.input("x", 1, 16, 16, 4);
    Value y = net.pointwise("y", x, 64, NONE);
    Graph graph = net.build(net.pointwise("z", y, 4, NONE));
    AcceleratorBuilder small =
        AcceleratorBuilder.small()
            .peMemoryBytes(4 << 10)
            .parameterMemory(64 << 10, 64 << 10)
            .dram(1_000_000_000, 0)
            .withoutHostLink();
    List<Instruction> instructions = instructions(graph, small);
    List<Instruction> moved = instructions.stream().filter(i -> i.cause() == Cause.DMA).toList();

    assertThat(moved)
        .extracting(Instruction::layer, Instruction::resource, Instruction::bytes)
        .containsExactly( // 16,384 bytes in three parts
            tuple(0, Resource.DRAM, 5462L),
            tuple(0, Resource.DRAM, 5461L),
            tuple(0, Resource.DRAM, 5461L),
            tuple(1, Resource.DRAM, 5462L),
            tuple(1, Resource.DRAM, 5461L),
            tuple(1, Resource.DRAM, 5461L));
    // A block's buffer is free when the last but one was used.
    List<Instruction> computed =
        instructions.stream()
            .filter(i -> i.layer() == 1 && i.resource() == Resource.ARRAY)
            .toList();
    assertThat(computed).hasSize(3);
    assertThat(moved.get(5).dependencies()).containsExactly(instructions.indexOf(computed.get(0)));
  }

  /** The same without a way off the chip: z takes each block of y as it is made. */
  @Test
  void activationsThatTheNextLayerAloneReadsArePassedOnInBlocks() {
    Value x = net.input("x", 1, 16, 16, 4);
    Value y = net.pointwise("y", x, 64, NONE);
    Mapping mapping = map(net.build(net.pointwise("z", y, 4, NONE)), overflowingOnChip());
    List<Instruction> instructions = Scheduler.program(mapping, Interruption.NEVER).instructions();

    assertThat(mapping.memory().overflowing()).contains(true);
    assertThat(mapping.memory().takenBytes()).isEqualTo(200 + 2 * 100); // instructions
    assertThat(instructions).noneMatch(i -> i.cause() == Cause.DMA);
    assertThat(instructions).filteredOn(i -> i.layer() == 1).hasSize(3);
  }

  /**
   * y is read by its pooling and again by what is multiplied with it, which cannot begin before the
   * whole of y was seen. Its 16,384 bytes lie in the parameter memory; over four ways of 32 bytes a
   * cycle they take 128 cycles in each direction.
   */
  @Test
  void activationsThatAreReadLaterGoIntoTheParameterMemoryAndBack() {
    Value y = net.pointwise("y", net.input("x", 1, 16, 16, 4), 64, NONE);
    Value mean = net.globalAveragePool("mean", y);
    Mapping mapping = map(net.build(net.multiply("scaled", y, mean)), overflowingOnChip());
    List<Instruction> moved =
        plain(Scheduler.program(mapping, Interruption.NEVER)).stream()
            .filter(i -> i.cause() == Cause.DMA)
            .toList();

    assertThat(mapping.memory().takenBytes()).isEqualTo(200 + 3 * 100 + 16_384);
    assertThat(moved).allMatch(i -> i.resource() == Resource.ARRAY);
    assertThat(IntStream.range(0, 3).mapToLong(layer -> cycles(of(layer, moved), Resource.ARRAY)))
        .containsExactly(128L, 128L, 128L);
  }

  /** A residual block is a cascade: z and back take a block of y before the sum takes it again. */
  @Test
  void whatIsReadAgainWhileItsBlockIsThereIsPassedOnToo() {
    Value y = net.pointwise("y", net.input("x", 1, 16, 16, 4), 64, NONE);
    Value back = net.pointwise("back", net.conv("z", y, 4, Kernel.of(3), NONE), 64, NONE);
    Mapping mapping = map(net.build(net.add("sum", back, y, NONE)), overflowingOnChip());

    assertThat(mapping.memory().overflowing()).contains(true);
    assertThat(mapping.memory().inParameterMemory()).doesNotContain(true);
    assertThat(mapping.memory().offChip()).doesNotContain(true);
  }

  /** Two blocks of eight rows, and windows that reach over nine: there is no second block. */
  @Test
  void windowsThatReachOverHalfOfAMapEndACascade() {
    Value y = net.pointwise("y", net.input("x", 1, 16, 16, 4), 64, NONE);
    Value z = net.conv("z", net.conv("z1", y, 4, Kernel.of(5), NONE), 64, Kernel.of(5), NONE);
    Mapping mapping = map(net.build(net.add("sum", z, y, NONE)), overflowingOnChip());

    assertThat(mapping.memory().inParameterMemory().stream().filter(kept -> kept)).hasSize(1);
  }

  /** Two windows of five reach over eight rows of 16: the second map is whole, the third not. */
  @Test
  void aCascadeOfManyLayersEndsWhereItsWindowsReachOverHalfOfTheMap() {
    Value y = net.pointwise("y0", net.input("x", 1, 16, 16, 4), 64, NONE);
    for (int i = 1; i < 4; i++) {
      y = net.conv("y" + i, y, 64, Kernel.of(5), NONE);
    }
    Mapping mapping = map(net.build(y), overflowingOnChip());

    assertThat(
            mapping.memory().activations().stream()
                .filter(a -> mapping.memory().inParameterMemory().get(a.tensor())))
        .extracting(MemoryPlan.Activation::name)
        .containsExactly("y1");
  }

  /** A row of 8 x 320 bytes fits a memory of 4 KiB once, and not twice. */
  @Test
  void aCascadeNeedsRoomForARowOfEachMap() {
    Value y = net.pointwise("y1", net.input("x", 1, 16, 16, 4), 320, NONE);
    Value z = net.pointwise("z", net.pointwise("y2", y, 320, NONE), 4, NONE);
    Mapping mapping = map(net.build(z), overflowingOnChip().parameterMemory(1 << 20, 64 << 10));

    assertThat(
            mapping.memory().activations().stream()
                .filter(a -> mapping.memory().inParameterMemory().get(a.tensor())))
        .extracting(MemoryPlan.Activation::name)
        .containsExactly("y2");
  }

  private static List<Instruction> of(int layer, List<Instruction> instructions) {
    return instructions.stream().filter(i -> i.layer() == layer).toList();
  }

  private static AcceleratorBuilder overflowingOnChip() {
    return AcceleratorBuilder.small()
        .peMemoryBytes(4 << 10)
        .parameterMemory(64 << 10, 64 << 10)
        .overflow(Overflow.PARAMETER_MEMORY);
  }

  /** 16 x 16 x 64 bytes and the output do not fit 4 x 4 KiB. */
  @Test
  void anInputThatDoesNotFitStaysInTheMemoryOfTheHost() {
    Value x = net.input("x", 1, 16, 16, 64);
    Mapping mapping =
        map(
            net.build(net.pointwise("y", x, 4, NONE)),
            AcceleratorBuilder.small().peMemoryBytes(4 << 10));
    List<Instruction> instructions = plain(Scheduler.program(mapping, Interruption.NEVER));

    assertThat(mapping.staysShared(0)).isTrue();
    assertThat(sum(instructions, i -> i.cause() == Cause.DMA)).isEqualTo(16 * 16 * 64);
    assertThat(sum(instructions, i -> i.cause() == Cause.HOST_LINK))
        .isEqualTo(300 + 16 * 16 * 4); // instructions and output
  }

  /** 1024 floats become 8 bits at one a nanosecond; 2048 bytes in and out take one each. */
  @Test
  void theHostWorksBeforeAndAfterTheAccelerator() {
    Value image = net.input("image", DataType.FLOAT32, 1, 8, 8, 16);
    Value q = net.apply("q", new Operator.Quantize(), image);
    Value y = net.pointwise("y", q, 32, NONE);
    Graph graph = net.build(net.unary("sine", UnaryFunction.SIN, y));

    assertThat(instructions(graph, AcceleratorBuilder.small()))
        .containsExactly(
            of(0, new Work.HostTask(500 + 1024), Cause.HOST),
            whole(new Work.HostTask(1000), Cause.INVOCATION),
            whole(new Work.LinkTransfer(true, 300), Cause.HOST_LINK, 1),
            whole(new Work.LinkTransfer(true, 1024), Cause.HOST_LINK, 2, 0),
            of(1, new Work.Compute(128), Cause.COMPUTE, 2, 3),
            whole(new Work.LinkTransfer(false, 2048), Cause.HOST_LINK, 4),
            of(2, new Work.HostTask(500 + 2048 + 2048), Cause.HOST, 5));
  }

  /** 8 x 8 x 16 x 32 multiply-accumulates at one a nanosecond take longer than the bytes do. */
  @Test
  void theHostTakesTheSlowerOfArithmeticAndTraffic() {
    GraphBuilder floats = GraphBuilder.named("floats", Arithmetic.FLOAT32);
    Value y = floats.pointwise("y", floats.input("x", 1, 8, 8, 16), 32, NONE);

    assertThat(instructions(floats.build(y), AcceleratorBuilder.small()))
        .containsExactly(of(0, new Work.HostTask(500 + 32_768), Cause.HOST));
  }

  @Test
  void everyStageOnTheAcceleratorIsAnInvocationOfItsOwn() {
    Value y = net.input("x", 1, 8, 8, 16);
    for (int i = 0; i < 3; i++) {
      y = net.pointwise("conv" + i, y, 16, NONE);
      y = net.unary("sine" + i, UnaryFunction.SIN, y);
    }
    Mapping mapping = map(net.build(y), AcceleratorBuilder.small().contiguousRegion(false));
    List<Instruction> instructions = plain(Scheduler.program(mapping, Interruption.NEVER));

    assertThat(instructions).filteredOn(i -> i.cause() == Cause.INVOCATION).hasSize(3);
    assertThat(InstructionBytes.of(mapping)).isEqualTo(3 * 300);
    assertThat(sum(instructions, i -> i.cause() == Cause.HOST_LINK))
        .isEqualTo(3 * 300 + 2 * 3 * 1024);
  }

  @Test
  void cachedParametersAreUploadedOnce() {
    Value x = net.input("x", 1, 8, 8, 16);
    Mapping mapping = map(net.build(net.pointwise("y", x, 32, NONE)), AcceleratorBuilder.small());

    assertThat(plain(Scheduler.upload(mapping, Interruption.NEVER)))
        .containsExactly(
            whole(new Work.HostTask(1000), Cause.INVOCATION),
            whole(new Work.LinkTransfer(true, 768), Cause.PARAMETER_FETCH, 0));
  }

  @Test
  void thereIsNothingToUploadWhereNothingStays() {
    Value x = net.input("x", 1, 8, 8, 16);
    Mapping mapping =
        map(
            net.build(net.pointwise("y", x, 32, NONE)),
            AcceleratorBuilder.small().parameterMemory(0, 1 << 10));

    assertThat(plain(Scheduler.upload(mapping, Interruption.NEVER))).isEmpty();
  }

  @Test
  void aProgramWithoutReasonableEndIsRefused() {
    Value y = net.input("x", 1, 1024);
    for (int i = 0; i < 200; i++) { // 2064 pieces each, to fetch and to use
      y = net.fullyConnected("layer" + i, y, 1024, NONE);
    }
    Mapping mapping = map(net.build(y), AcceleratorBuilder.small().parameterMemory(0, 1 << 10));

    assertThatExceptionOfType(CompilationException.class)
        .isThrownBy(() -> Scheduler.program(mapping, Interruption.NEVER))
        .withMessageContaining("the program needs more than 500000 instructions");
  }

  static Stream<Graph> networks() {
    return Stream.concat(Networks.some().stream(), Stream.of(OperatorZoo.everyOperator()));
  }

  private static List<AcceleratorBuilder> accelerators() {
    return List.of(
        AcceleratorBuilder.small(),
        AcceleratorBuilder.small().peMemoryBytes(8 << 10).contiguousRegion(false),
        AcceleratorBuilder.small().dram(1_000_000_000, 10).peMemoryBytes(8 << 10),
        AcceleratorBuilder.small().hiding(false, false).parameterMemory(9 << 10, 2 << 10),
        AcceleratorBuilder.like("coral-usb"),
        AcceleratorBuilder.like("coral-compiler"),
        AcceleratorBuilder.like("edgetpu-v3"),
        AcceleratorBuilder.like("tensor-g1").peMemoryBytes(32 << 10));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyLayerDoesItsWorkAndMovesItsBytes(Graph graph) {
    for (AcceleratorBuilder accelerator : accelerators()) {
      Mapping mapping = map(graph, accelerator);
      List<Instruction> all = plain(Scheduler.program(mapping, Interruption.NEVER));
      for (int index = 0; index < mapping.layers().size(); index++) {
        int layer = index;
        List<Instruction> own = all.stream().filter(i -> i.layer() == layer).toList();
        if (mapping.tilings().get(index).isEmpty()) {
          assertThat(own).hasSize(1);
          continue;
        }
        Tiling tiling = mapping.tilings().get(index).get();
        boolean view = tiling.equals(Tiling.VIEW);
        Passes work = mapping.passes(index);
        long decoding =
            Cycles.ofNanos(
                mapping.accelerator().invocation().layerOverheadNs(),
                mapping.accelerator().clockHz());
        assertThat(cycles(own, Resource.ARRAY))
            .isEqualTo(view ? 0 : work.coreCycles(tiling) + decoding);
        if (!view && work.coreCycles(tiling) == tiling.computeCycles()) {
          assertThat(tiles(own))
              .isGreaterThanOrEqualTo(Math.min(work.tiles(), tiling.computeCycles()));
        }
        assertThat(cycles(own, Resource.NETWORK)).isEqualTo(work.networkCycles(tiling));
        assertThat(sum(own, i -> i.resource() == Resource.NETWORK))
            .isEqualTo(mapping.accelerator().network().isPresent() ? work.networkBytes(tiling) : 0);
        if (!view) {
          assertThat(sum(own, i -> i.cause() == Cause.DMA)).isEqualTo(offChipBytes(mapping, index));
        }
        long fetched =
            sum(own, i -> i.cause() == Cause.PARAMETER_FETCH && i.resource() != Resource.ARRAY);
        long stored = mapping.memory().parameterBytes().get(index);
        if (mapping.memory().cached().get(index) || stored == 0) {
          assertThat(fetched).isZero();
        } else { // once, or once for each block
          assertThat(fetched)
              .isEqualTo(work.order() == LoopOrder.WEIGHTS_OUTER ? stored : work.passes() * stored);
        }
      }
    }
  }

  private static long tiles(List<Instruction> instructions) {
    return instructions.stream()
        .filter(i -> i.cause() != Cause.DECODE && i.work() instanceof Work.Compute)
        .mapToLong(i -> ((Work.Compute) i.work()).tiles())
        .sum();
  }

  private static long offChipBytes(Mapping mapping, int index) {
    Layer layer = mapping.layers().get(index);
    return Stream.concat(
            layer.inputs().stream()
                .flatMap(input -> Stream.generate(() -> input).limit(mapping.comes(index, input))),
            layer.outputs().stream())
        .filter(mapping.memory().offChip()::get)
        .mapToLong(tensor -> mapping.graph().tensor(tensor).bytes())
        .sum();
  }

  /** What must have ended, by dependencies or by its place in a queue, before another begins. */
  @ParameterizedTest
  @MethodSource("networks")
  void aLayerComputesAfterItsProducersAndAfterItsProgramIsThere(Graph graph) {
    for (AcceleratorBuilder accelerator : accelerators()) {
      Mapping mapping = map(graph, accelerator);
      List<Instruction> all = plain(Scheduler.program(mapping, Interruption.NEVER));
      BitSet[] before = before(all);
      int[] lastOf = new int[mapping.layers().size()];
      Arrays.fill(lastOf, -1);
      int[] made = new int[mapping.graph().tensors().size()];
      Arrays.fill(made, -1);
      for (int i = 0; i < all.size(); i++) {
        if (works(all.get(i))) {
          lastOf[all.get(i).layer()] = i;
        }
      }
      for (int layer = 0; layer < mapping.layers().size(); layer++) {
        for (int output : mapping.layers().get(layer).outputs()) {
          made[output] = lastOf[layer];
        }
      }
      for (int i = 0; i < all.size(); i++) {
        if (works(all.get(i))) {
          Layer layer = mapping.layers().get(all.get(i).layer());
          for (int input : layer.inputs()) {
            assertThat(made[input] < 0 || before[i].get(made[input])).isTrue();
          }
          assertThat(before[i].stream().anyMatch(b -> isProgram(all.get(b))))
              .isEqualTo(layer.onAccelerator() || layer.stage() > 0);
        }
      }
    }
  }

  private static boolean works(Instruction instruction) {
    return instruction.layer() != Instruction.NO_LAYER
        && (instruction.resource() == Resource.ARRAY || instruction.resource() == Resource.HOST);
  }

  private static boolean isProgram(Instruction instruction) {
    return instruction.cause() == Cause.HOST_LINK;
  }

  private static BitSet[] before(List<Instruction> all) {
    BitSet[] before = new BitSet[all.size()];
    int[] last = new int[Resource.values().length];
    Arrays.fill(last, -1);
    List<Resource> resources = List.of(Resource.values());
    for (int i = 0; i < all.size(); i++) {
      before[i] = new BitSet();
      int resource = resources.indexOf(all.get(i).resource());
      List<Integer> direct = last[resource] < 0 ? List.of() : List.of(last[resource]);
      for (int d : Stream.concat(direct.stream(), all.get(i).dependencies().stream()).toList()) {
        before[i].or(before[d]);
        before[i].set(d);
      }
      last[resource] = i;
    }
    return before;
  }

  /** Half of it holds a piece, or all of a round's where they stay. */
  @ParameterizedTest
  @MethodSource("networks")
  void noPieceOfParametersOverrunsTheHalfOfTheStagingMemoryThatIsFree(Graph graph) {
    for (AcceleratorBuilder accelerator : accelerators()) {
      Mapping mapping = map(graph, accelerator);
      List<Instruction> all = plain(Scheduler.program(mapping, Interruption.NEVER));
      BitSet[] before = before(all);
      List<List<Integer>> halves = halves(mapping, all);
      ParameterMemory memory = mapping.accelerator().parameterMemory();
      if (memory.prefetch()) { // else nothing overlaps, and a layer's parameters come in one go
        for (List<Integer> half : halves) {
          assertThat(half.stream().mapToLong(fetch -> all.get(fetch).bytes()).sum())
              .isLessThanOrEqualTo(memory.stagingBytes() / 2);
        }
      }
      for (int k = 2; k < halves.size(); k++) {
        int user = lastUser(all, halves.get(k - 2).getFirst(), halves.get(k - 1).getFirst());
        for (int fetch : halves.get(k)) {
          assertThat(before[fetch].get(user)).isTrue();
        }
      }
    }
  }

  /** Fetches of parameters, those together that share a half of the staging memory. */
  private static List<List<Integer>> halves(Mapping mapping, List<Instruction> all) {
    List<List<Integer>> halves = new ArrayList<>();
    int left = 0;
    for (int i = 0; i < all.size(); i++) {
      Instruction one = all.get(i);
      if (one.cause() == Cause.PARAMETER_FETCH && one.resource() != Resource.ARRAY) {
        if (left == 0) {
          Passes work = mapping.passes(one.layer());
          left = work.order() == LoopOrder.WEIGHTS_OUTER ? work.pieces() : 1;
          halves.add(new ArrayList<>());
        }
        halves.getLast().add(i);
        left--;
      }
    }
    return halves;
  }

  /** The last that the cores do in the layer of a fetch before the next but its own come. */
  private static int lastUser(List<Instruction> all, int fetch, int next) {
    return IntStream.range(fetch, next)
        .filter(i -> all.get(i).resource() == Resource.ARRAY)
        .filter(i -> all.get(i).layer() == all.get(fetch).layer())
        .max()
        .orElseThrow();
  }

  private static long cycles(List<Instruction> instructions, Resource resource) {
    return instructions.stream()
        .filter(i -> i.resource() == resource)
        .mapToLong(SchedulerTest::cycles)
        .sum();
  }

  private static long cycles(Instruction instruction) {
    assertThat(instruction.work()).isInstanceOf(Work.Task.class);
    assertThat(((Work.Task) instruction.work()).job()).isInstanceOf(Job.Given.class);
    return ((Job.Given) ((Work.Task) instruction.work()).job()).cycles();
  }

  private static Work read(long address, long bytes) {
    return new Work.DramTransfer(List.of(new AddressRange(address, bytes)), false);
  }

  private static Work write(long address, long bytes) {
    return new Work.DramTransfer(List.of(new AddressRange(address, bytes)), true);
  }

  private static long sum(List<Instruction> instructions, Predicate<Instruction> which) {
    return instructions.stream().filter(which).mapToLong(Instruction::bytes).sum();
  }

  private static List<Instruction> instructions(Graph graph, AcceleratorBuilder accelerator) {
    return plain(Scheduler.program(map(graph, accelerator), Interruption.NEVER));
  }

  /** With the cycles that blocks take in place of what they do. */
  private static List<Instruction> plain(Program program) {
    Durations durations = new Durations(program.accelerator());
    return program.instructions().stream()
        .map(
            one ->
                new Instruction(
                    one.layer(),
                    plain(one.work(), durations.cycles(one.work())),
                    one.cause(),
                    one.dependencies()))
        .toList();
  }

  private static Work plain(Work work, long cycles) {
    return switch (work) {
      case Work.HostTask task -> new Work.HostTask(cycles);
      case Work.Exchange exchange -> new Work.Exchange(cycles, exchange.bytes());
      case Work.Compute compute ->
          new Work.Compute(compute.tiles(), new Job.Given(cycles), Job.Part.WHOLE);
      case Work.LinkTransfer transfer -> transfer;
      case Work.DramTransfer transfer -> transfer;
    };
  }

  private static Mapping map(Graph graph, AcceleratorBuilder builder) {
    Accelerator accelerator = builder.build();
    return Compiler.map(CanonicalGraph.of(graph), accelerator, Interruption.NEVER);
  }

  private static Instruction whole(Work work, Cause cause, Integer... after) {
    return of(Instruction.NO_LAYER, work, cause, after);
  }

  private static Instruction of(int layer, Work work, Cause cause, Integer... after) {
    return new Instruction(layer, work, cause, List.of(after));
  }
}
