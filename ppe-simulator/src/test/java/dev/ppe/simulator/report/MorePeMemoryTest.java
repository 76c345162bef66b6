package dev.ppe.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.compile.Networks;
import dev.ppe.simulator.compile.OperatorZoo;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.report.MoreMemoryTest.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * More memory in a PE moves no more bytes, and yet may cost cycles, each of which is accounted for
 * (docs/machine-model.md, "more PE memory and cycles"). The examples are on a chip of four PEs, 256
 * multiply-accumulates a cycle together, with a clock of 1 GHz, that takes 1000 cycles to begin and
 * has instructions of 300 bytes.
 */
@Execution(ExecutionMode.CONCURRENT)
class MorePeMemoryTest {
  /** The last two have layers whose weights stay with less memory, and come for each block then. */
  static Stream<Graph> graphs() {
    return Stream.of(
            Stream.of(OperatorZoo.everyOperator()),
            Networks.handMade().stream().filter(graph -> graph.name().startsWith("host-on")),
            IntStream.of(309, 329).mapToObj(Networks::random))
        .flatMap(graphs -> graphs);
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void morePeMemoryCostsNoMoreCyclesThanWhatNothingHides(Graph graph) {
    for (Kind kind : Kind.ALL) {
      List<StreamedWork> before = new ArrayList<>();
      for (long kib = 4; kib <= 256; kib *= 2) {
        StreamedWork now = StreamedWork.of(graph, kind.small().peMemoryBytes(kib << 10).build());
        for (StreamedWork less : before) {
          assertThat(now.cycles())
              .as("%s on %s with %d KiB", graph.name(), kind, kib)
              .isLessThanOrEqualTo(less.cycles() + now.mayTakeLongerThan(less));
        }
        before.add(now);
      }
    }
  }

  /**
   * 8 x 8 positions of 128 channels and as many results, a byte a cycle: 8192 cycles in, 16 x 32 x
   * 8 = 4096 cycles of work, 8192 out. With 2 KiB the map comes and goes in three passes, and the
   * work is under way meanwhile: 1300 + 16,384. With 8 KiB it stays, so it comes whole, and then it
   * is worked on, and then it goes: 4096 cycles more.
   */
  @Test
  void aMapThatComesToStayIsWaitedForWhole() {
    assertThat(cycles(onlyLayer(8), dram(1_000_000_000L, 2 << 10))).isEqualTo(1300 + 16_384);
    assertThat(cycles(onlyLayer(8), dram(1_000_000_000L, 8 << 10)))
        .isEqualTo(1300 + 8192 + 4096 + 8192);
  }

  /**
   * The same at 16 bytes a cycle: the work hides all but the first that comes and the last that
   * goes. Of seven passes with 1 KiB those are 74 cycles each, of three with 2 KiB 171.
   */
  @Test
  void ofFewerBlocksTheFirstAndTheLastAreLarger() {
    assertThat(cycles(onlyLayer(8), dram(16_000_000_000L, 1 << 10)))
        .isEqualTo(1019 + 74 + 4096 + 74);
    assertThat(cycles(onlyLayer(8), dram(16_000_000_000L, 2 << 10)))
        .isEqualTo(1019 + 171 + 4096 + 171);
  }

  /**
   * 16 x 16 positions, 16,384 cycles of work, and 17,408 bytes of weights that are fetched each
   * time, 1088 cycles. With 2 KiB a block that stays would fetch them fifteen times, so they stay,
   * in three rounds of 363 cycles: nothing hides them, the first block of fifteen (137), and what
   * the last block of each round makes (46). With 8 KiB there are three passes, and weights three
   * times are fewer bytes than operands three times; but none of it is hidden by the work, nor what
   * the block before made, as that goes before the weights come.
   */
  @Test
  void whereABlockComesToStayItsWeightsAreNotHidden() {
    AcceleratorBuilder less = dram(16_000_000_000L, 2 << 10).parameterMemory(0, 8 << 10);
    AcceleratorBuilder more = dram(16_000_000_000L, 8 << 10).parameterMemory(0, 8 << 10);

    assertThat(cycles(onlyLayer(16), less.weightsStay(true)))
        .isEqualTo(1019 + 137 + 3 * 363 + 16_384 + 3 * 46);
    assertThat(cycles(onlyLayer(16), more.weightsStay(true)))
        .isEqualTo(1019 + 683 + 3 * 1088 + 16_384 + 3 * 683);
  }

  private static AcceleratorBuilder dram(long bytesPerSecond, long peMemoryBytes) {
    return AcceleratorBuilder.small()
        .withoutHostLink()
        .dram(bytesPerSecond, 0)
        .peMemoryBytes(peMemoryBytes)
        .parameterMemory(64 << 10, 8 << 10)
        .hiding(true, false);
  }

  private static long cycles(Graph graph, AcceleratorBuilder accelerator) {
    return Evaluate.on(accelerator, graph).time().total();
  }

  private static Graph onlyLayer(int side) {
    GraphBuilder net = GraphBuilder.named("only-layer", Arithmetic.INT8);
    Value x = net.input("x", 1, side, side, 128);
    return net.build(net.pointwise("y", x, 128, Activation.NONE));
  }

  /**
   * In units of 128 bytes a PE: "a" has 5, lives to the end, and fits beside "b", which has 4, and
   * an input of 1 with 10 and not with 9. Then "e" comes, with 6, and 1 that it is made from. With
   * 9, "a" has left and "e" fits; with 10, "e" is the largest and leaves, but what streams of it
   * takes 5, so "a" has to follow, and "e" comes back. So "a" is what leaves in both, out and in.
   */
  @Test
  void whatLeftComesBackWhereASmallerOneHadToFollow() {
    long roundTrip = 2 * 8 * 8 * 40;

    assertThat(offChip(9 * 128)).isEqualTo(roundTrip);
    assertThat(offChip(10 * 128)).isEqualTo(roundTrip);
    assertThat(offChip(11 * 128)).isEqualTo(roundTrip);
    assertThat(offChip(12 * 128)).isZero();
  }

  private static long offChip(long peMemoryBytes) {
    GraphBuilder net = GraphBuilder.named("gate", Arithmetic.INT8);
    Value x = net.input("x", 1, 8, 8, 8);
    Value a = net.pointwise("a", x, 40, Activation.NONE);
    Value b = net.pointwise("b", x, 32, Activation.NONE);
    Value e = net.pointwise("e", net.pointwise("d", b, 8, Activation.NONE), 48, Activation.NONE);
    Value gate = net.pointwise("gate", net.globalAveragePool("mean", e), 40, Activation.NONE);
    return Evaluate.on(
            dram(1_000_000_000L, peMemoryBytes), net.build(net.multiply("scale", a, gate)))
        .memory()
        .offChipActivationBytes();
  }
}
