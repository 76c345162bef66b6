package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.compile.MemoryPlan.Buffer;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AllocatorTest {
  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);

  static Stream<Graph> networks() {
    return Stream.of(
            Networks.some().stream(),
            Stream.of(OperatorZoo.everyOperator()),
            IntStream.range(100, 130).mapToObj(Networks::random))
        .flatMap(graphs -> graphs);
  }

  /** From far too small to large enough. */
  private static List<Accelerator> accelerators() {
    return Stream.concat(
            IntStream.of(1, 2, 5, 16, 64, 256, 4096)
                .mapToObj(
                    kib -> AcceleratorBuilder.small().peMemoryBytes((long) kib << 10).build()),
            Stream.of("coral-usb", "edgetpu-v1", "edgetpu-v3")
                .map(preset -> AcceleratorBuilder.like(preset).build()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void buffersNeverOverlapAndAlwaysFitTheMemory(Graph graph) {
    for (Accelerator accelerator : accelerators()) {
      Mapping mapping = map(graph, accelerator);
      MemoryPlan plan = mapping.memory();

      MemoryPlans.assertDisjoint(plan.buffers());
      assertThat(plan.buffers()).allMatch(buffer -> buffer.offset() >= 0 && buffer.bytes() >= 0);
      assertThat(plan.buffers().stream().mapToLong(b -> b.offset() + b.bytes()).max().orElse(0))
          .isEqualTo(plan.peakBytes())
          .isLessThanOrEqualTo(accelerator.peMemory().bytes());
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theLowerBoundIsWhatLivesAtATimeAndThePeakIsNoLess(Graph graph) {
    for (Accelerator accelerator : accelerators()) {
      Mapping mapping = map(graph, accelerator);
      MemoryPlan plan = mapping.memory();

      assertThat(plan.lowerBoundBytes())
          .isEqualTo(MemoryPlans.mostAlive(plan.buffers(), mapping.layers().size()))
          .isLessThanOrEqualTo(plan.peakBytes());
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void whatALayerTouchesIsInMemoryAtItsStep(Graph graph) {
    for (Accelerator accelerator : accelerators()) {
      Mapping mapping = map(graph, accelerator);
      for (int step = 0; step < mapping.layers().size(); step++) {
        Layer layer = mapping.layers().get(step);
        boolean view = mapping.tilings().get(step).filter(Tiling.VIEW::equals).isPresent();
        if (layer.onAccelerator() && !view) {
          int now = step;
          long there =
              mapping.memory().buffers().stream()
                  .filter(b -> b.firstStep() <= now && now <= b.lastStep())
                  .filter(b -> !b.what().startsWith("halo of "))
                  .count();
          // What is off chip passes through one buffer for all of a layer's streams.
          List<Boolean> offChip = mapping.memory().offChip();
          long inputs = layer.inputs().stream().filter(tensor -> !offChip.get(tensor)).count();
          long outputs = layer.outputs().stream().filter(tensor -> !offChip.get(tensor)).count();
          boolean streams =
              Stream.of(layer.inputs(), layer.outputs())
                  .flatMap(List::stream)
                  .anyMatch(offChip::get);
          assertThat(there).isGreaterThanOrEqualTo(Math.max(inputs, outputs) + (streams ? 1 : 0));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void nothingGoesOffChipWhereMemoryAbounds(Graph graph) {
    Accelerator large = AcceleratorBuilder.like("coral-usb").peMemoryBytes(1L << 32).build();
    MemoryPlan plan = map(graph, large).memory();

    assertThat(plan.offChip()).doesNotContain(true);
    assertThat(plan.buffers()).noneMatch(buffer -> buffer.what().startsWith("streams of "));
  }

  /** 16 x 16 x 16 and 16 x 16 x 6, whose channels take 8 bytes, over 4 PEs. */
  @Test
  void aTensorIsSpreadOverThePesWithItsChannelsPaddedToWords() {
    Value x = net.input("x", 1, 16, 16, 16);
    Value y = net.pointwise("y", x, 6, Activation.NONE);
    Mapping mapping = map(net.build(y), AcceleratorBuilder.small().build());

    assertThat(mapping.memory().buffers())
        .containsExactlyInAnyOrder(
            new Buffer("x", 0, 1024, 0, 0), new Buffer("y", 1024, 512, 0, 0));
    assertThat(mapping.memory().peakBytes()).isEqualTo(1536);
    assertThat(mapping.memory().lowerBoundBytes()).isEqualTo(1536);
  }

  @Test
  void memoryOfTheDeadIsUsedAgain() {
    Value x = net.input("x", 1, 16, 16, 16);
    Value y = x;
    for (int i = 0; i < 5; i++) {
      y = net.pointwise("y" + i, y, 16, Activation.NONE);
    }
    Mapping mapping = map(net.build(y), AcceleratorBuilder.small().build());

    assertThat(mapping.memory().peakBytes()).isEqualTo(2 * 1024);
  }

  @Test
  void aViewSharesTheBufferOfWhatItViews() {
    Value x = net.input("x", 1, 16, 16, 16);
    Value y = net.reshape("flat", x, 1, 256, 16);
    Value z = net.reshape("back", y, 1, 16, 16, 16);
    Mapping mapping =
        map(
            net.build(net.pointwise("z", z, 16, Activation.NONE)),
            AcceleratorBuilder.small().build());

    assertThat(mapping.memory().buffers())
        .extracting(Buffer::what, Buffer::firstStep, Buffer::lastStep)
        .containsExactlyInAnyOrder(tuple("x", 0, 2), tuple("z", 2, 2));
  }

  /** y would need all of the 5 KiB: it is made, sent out, and comes back for z. */
  @Test
  void theLargestGoesOffChipWhereTheLivingDoNotFit() {
    Value x = net.input("x", 1, 16, 16, 16);
    Value y = net.pointwise("y", x, 80, Activation.NONE);
    Value z = net.pointwise("z", y, 16, Activation.NONE);
    Mapping mapping =
        map(
            net.build(net.add("sum", z, x, Activation.NONE)),
            AcceleratorBuilder.small().peMemoryBytes(5 << 10).build());
    List<String> offChip =
        IntStream.range(0, mapping.graph().tensors().size())
            .filter(i -> mapping.memory().offChip().get(i))
            .mapToObj(i -> mapping.graph().tensor(i).name())
            .toList();

    assertThat(offChip).containsExactly("y");
    assertThat(mapping.memory().buffers())
        .filteredOn(buffer -> buffer.what().startsWith("streams of "))
        .extracting(Buffer::what, Buffer::firstStep, Buffer::bytes)
        .containsExactlyInAnyOrder(
            tuple("streams of y", 0, (5L << 10) / 3), tuple("streams of z", 1, (5L << 10) / 3));
  }

  private static Mapping map(Graph graph, Accelerator accelerator) {
    return Compiler.map(CanonicalGraph.of(graph), accelerator, Interruption.NEVER);
  }
}
