package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.PeMemory.Overflow;
import dev.ppe.simulator.job.LoopOrder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two convolutions around a map of 64 KiB that no memory holds. Nothing is cached, and the
 * parameters of each are 16 KiB and biases.
 */
class StreamOrderTest {
  private static final int WIDE = 0;
  private static final int NARROW = 1;

  private static Graph hourglass() {
    GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
    Value x = net.input("x", 1, 16, 16, 64);
    Value y = net.pointwise("y", x, 256, Activation.NONE);
    return net.build(net.pointwise("z", y, 64, Activation.NONE));
  }

  private static AcceleratorBuilder small(long stagingBytes) {
    return AcceleratorBuilder.small().peMemoryBytes(8 << 10).parameterMemory(0, stagingBytes);
  }

  private static Mapping map(Graph graph, AcceleratorBuilder accelerator) {
    return Compiler.map(CanonicalGraph.of(graph), accelerator.build(), Interruption.NEVER);
  }

  private static long fetched(Mapping mapping, int layer, Cause cause) {
    return Scheduler.program(mapping, Interruption.NEVER).instructions().stream()
        .filter(i -> i.layer() == layer && i.cause() == cause)
        .filter(i -> i.resource() == Resource.LINK_IN)
        .mapToLong(Instruction::bytes)
        .sum();
  }

  @ParameterizedTest
  @ValueSource(ints = {WIDE, NARROW})
  void parametersForWhichThereIsRoomStayWhileBlocksPassBy(int layer) {
    Mapping mapping = map(hourglass(), small(64 << 10));
    Passes work = mapping.passes(layer);

    assertThat(work.passes()).isGreaterThan(1);
    assertThat(work.order()).isEqualTo(LoopOrder.WEIGHTS_OUTER);
    assertThat(work.rounds()).isEqualTo(1);
    assertThat(fetched(mapping, layer, Cause.PARAMETER_FETCH))
        .isEqualTo(mapping.memory().parameterBytes().get(layer));
  }

  @ParameterizedTest
  @ValueSource(ints = {WIDE, NARROW})
  void whereTheyDoNotStayTheyAreFetchedForEachBlock(int layer) {
    Mapping mapping = map(hourglass(), small(64 << 10).weightsStay(false));
    Passes work = mapping.passes(layer);

    assertThat(work.order()).isEqualTo(LoopOrder.ACTIVATIONS_OUTER);
    assertThat(fetched(mapping, layer, Cause.PARAMETER_FETCH))
        .isEqualTo(work.passes() * mapping.memory().parameterBytes().get(layer));
  }

  /** The input has its place in PE memory, so that reading it again costs nothing. */
  @Test
  void partsOfThemStayWhereOnlyResultsOverflow() {
    Mapping mapping = map(hourglass(), small(8 << 10).peMemoryBytes(16 << 10));
    Passes work = mapping.passes(WIDE);
    long parameters = mapping.memory().parameterBytes().get(WIDE);

    assertThat(work.bytesIn()).isZero();
    assertThat(work.order()).isEqualTo(LoopOrder.WEIGHTS_OUTER);
    assertThat(work.rounds()).isEqualTo(Math.ceilDiv(parameters, 4 << 10)).isGreaterThan(1);
    assertThat(work.exchanges()).isEqualTo(1);
    assertThat(fetched(mapping, WIDE, Cause.PARAMETER_FETCH)).isEqualTo(parameters);
  }

  /** 64 KiB in five rounds are more than 64 KiB, and 18 KiB in each of some passes. */
  @Test
  void blocksStayWhereOperandsAreMoreThanParameters() {
    Mapping mapping = map(hourglass(), small(8 << 10));
    Passes work = mapping.passes(NARROW);

    assertThat(work.order()).isEqualTo(LoopOrder.ACTIVATIONS_OUTER);
    assertThat(fetched(mapping, NARROW, Cause.DMA)).isEqualTo(64 << 10);
    assertThat(fetched(mapping, NARROW, Cause.PARAMETER_FETCH))
        .isEqualTo(work.passes() * mapping.memory().parameterBytes().get(NARROW));
  }

  /** 16 channels fill the 16 lanes once: in two rounds lanes would idle. */
  @Test
  void blocksStayWhereChannelsDoNotFillTheLanesInEachRound() {
    GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
    Value x = net.input("x", 1, 16, 16, 64);
    Graph graph = net.build(net.conv("y", x, 16, Kernel.of(3), Activation.NONE));
    AcceleratorBuilder accelerator =
        AcceleratorBuilder.small().peMemoryBytes(2 << 10).parameterMemory(0, 12 << 10);
    Mapping mapping = map(graph, accelerator);
    Passes work = mapping.passes(0);
    long parameters = mapping.memory().parameterBytes().getFirst();

    assertThat(2 * work.bytesIn() + parameters)
        .isLessThan(work.bytesIn() + work.passes() * parameters);
    assertThat(work.order()).isEqualTo(LoopOrder.ACTIVATIONS_OUTER);
    assertThat(fetched(mapping, 0, Cause.PARAMETER_FETCH)).isEqualTo(work.passes() * parameters);
  }

  /** A map of 16 KiB, and more than 144 KiB of parameters in five rounds and not in each pass. */
  @Test
  void operandsAreFetchedAgainWhereParametersAreMore() {
    GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
    Value x = net.input("x", 1, 16, 16, 64);
    Graph graph = net.build(net.conv("y", x, 256, Kernel.of(3), Activation.NONE));
    Mapping mapping =
        map(graph, AcceleratorBuilder.small().peMemoryBytes(2 << 10).parameterMemory(0, 32 << 10));
    Passes work = mapping.passes(0);

    assertThat(work.bytesIn()).isEqualTo(16 << 10);
    assertThat(work.order()).isEqualTo(LoopOrder.WEIGHTS_OUTER);
    assertThat(work.rounds()).isGreaterThan(1);
    assertThat(work.exchanges()).isEqualTo(work.rounds());
    assertThat(work.parameterBytes() + work.operandBytes())
        .isLessThan(work.passes() * work.streamedBytes() + work.bytesIn());
  }

  @Test
  void blocksThatLayersPassOnToEachOtherStay() {
    Mapping mapping =
        map(
            hourglass(),
            small(64 << 10).overflow(Overflow.PARAMETER_MEMORY).withoutHostLink().dram(1 << 30, 0));

    assertThat(mapping.memory().offChip()).doesNotContain(true);
    assertThat(List.of(mapping.passes(WIDE).order(), mapping.passes(NARROW).order()))
        .containsOnly(LoopOrder.ACTIVATIONS_OUTER);
  }

  /** Staged in halves, so with more room fewer rounds, and never more bytes. */
  @Test
  void moreRoomForParametersNeverCostsBytes() {
    long before = Long.MAX_VALUE;
    for (long staging = 2 << 10; staging <= 64 << 10; staging += 1 << 10) {
      Mapping mapping = map(hourglass(), small(staging));
      long bytes = 0;
      for (int layer : List.of(WIDE, NARROW)) {
        bytes += mapping.passes(layer).parameterBytes() + mapping.passes(layer).operandBytes();
      }
      assertThat(bytes).isLessThanOrEqualTo(before);
      before = bytes;
    }
  }

  /** 256 channels are 16 passes over 16 lanes, shared out by as many PEs as have channels apart. */
  @Test
  void theFirstPassBeginsWithTheFirstOfTheWeightsThatStay() {
    Mapping mapping = map(hourglass(), small(64 << 10));
    Passes work = mapping.passes(WIDE);
    int parts = mapping.tilings().get(WIDE).orElseThrow().split().channels();
    Program program = Scheduler.program(mapping, Interruption.NEVER);
    List<Integer> fetches = instructions(program, Cause.PARAMETER_FETCH);
    int first = instructions(program, Cause.COMPUTE).getFirst();

    assertThat(work.order()).isEqualTo(LoopOrder.WEIGHTS_OUTER);
    assertThat(work.pieces()).isEqualTo(256 / 16 / parts).isGreaterThan(1);
    assertThat(fetches).hasSize(work.pieces());
    assertThat(program.instructions().get(first).dependencies())
        .contains(fetches.getFirst())
        .doesNotContainAnyElementsOf(fetches.subList(1, fetches.size()));
  }

  private static List<Integer> instructions(Program program, Cause cause) {
    return IntStream.range(0, program.instructions().size())
        .filter(i -> program.instructions().get(i).layer() == WIDE)
        .filter(i -> program.instructions().get(i).cause() == cause)
        .boxed()
        .toList();
  }

  /** Without prefetch they come whole, as everything does there. */
  @Test
  void withoutPrefetchTheWeightsOfARoundComeTogether() {
    Mapping mapping = map(hourglass(), small(64 << 10).hiding(true, false));

    assertThat(mapping.passes(WIDE).order()).isEqualTo(LoopOrder.WEIGHTS_OUTER);
    assertThat(mapping.passes(WIDE).pieces()).isEqualTo(1);
  }

  /** A round writes its channels of all rows; rows of a block are read in each round's place. */
  @Test
  void resultsOfRoundsLieOneAfterTheOther() {
    Mapping mapping =
        map(hourglass(), small(8 << 10).peMemoryBytes(16 << 10).withoutHostLink().dram(1 << 30, 0));
    int rounds = mapping.passes(WIDE).rounds();
    List<Work.DramTransfer> moves =
        Scheduler.program(mapping, Interruption.NEVER).instructions().stream()
            .filter(i -> i.cause() == Cause.DMA)
            .map(i -> (Work.DramTransfer) i.work())
            .toList();
    List<Work.DramTransfer> reads = moves.stream().filter(move -> !move.write()).toList();
    AddressRange whole = new AddressRange(least(moves), 16 * 16 * 256);

    assertThat(rounds).isGreaterThan(1);
    assertThat(moves.stream().filter(Work.DramTransfer::write))
        .allMatch(m -> m.ranges().size() == 1);
    assertThat(reads).isNotEmpty();
    for (int pass = 0; pass < reads.size(); pass++) {
      int reader = pass % mapping.passes(NARROW).passes();
      assertThat(reads.get(pass).ranges())
          .isEqualTo(
              IntStream.range(0, rounds)
                  .mapToObj(round -> whole.part(round, rounds))
                  .map(block -> block.part(reader, mapping.passes(NARROW).passes()))
                  .toList());
    }
  }

  private static long least(List<Work.DramTransfer> moves) {
    return moves.stream().mapToLong(move -> move.ranges().getFirst().address()).min().orElseThrow();
  }
}
