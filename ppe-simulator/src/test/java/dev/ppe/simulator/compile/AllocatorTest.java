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
import dev.ppe.simulator.hardware.PeMemory.Overflow;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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

  /** From so small that a dense layer of 3000 inputs can just be tiled to large enough. */
  private static List<Accelerator> accelerators() {
    return Stream.concat(
            IntStream.of(3, 5, 16, 64, 256, 4096)
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
      MemoryPlans.assertSharedInPlaceOnly(mapping);
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
                  .count();
          // What overflows passes through one buffer for all of a layer's streams.
          List<Boolean> out = mapping.memory().overflowing();
          long inputs = layer.inputs().stream().filter(tensor -> !out.get(tensor)).count();
          long outputs = layer.outputs().stream().filter(tensor -> !out.get(tensor)).count();
          boolean streams =
              Stream.of(layer.inputs(), layer.outputs()).flatMap(List::stream).anyMatch(out::get);
          assertThat(there).isGreaterThanOrEqualTo(Math.max(inputs, outputs) + (streams ? 1 : 0));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void nothingOverflowsWhereMemoryAbounds(Graph graph) {
    Accelerator large = AcceleratorBuilder.like("coral-usb").peMemoryBytes(1L << 32).build();
    MemoryPlan plan = map(graph, large).memory();

    assertThat(plan.overflowing()).doesNotContain(true);
    assertThat(plan.offChip()).doesNotContain(true);
  }

  /**
   * 16 x 16 x 16 and 16 x 16 x 6, whose channels take 8 bytes, over 2 x 2 PEs. The rows that the
   * host sends land beside the input's tile.
   */
  @Test
  void whatALayerReadsAndWritesAndWhereTheInputLandsAreThereTogether() {
    Value x = net.input("x", 1, 16, 16, 16);
    Value y = net.pointwise("y", x, 6, Activation.NONE);
    Mapping mapping = map(net.build(y), AcceleratorBuilder.small().build());

    assertThat(mapping.memory().buffers())
        .extracting(Buffer::what, Buffer::bytes, Buffer::firstStep, Buffer::lastStep)
        .containsExactlyInAnyOrder(
            tuple("x", 1024L, 0, 0), tuple("y", 512L, 0, 0), tuple("streams of y", 1024L, 0, 0));
    assertThat(mapping.memory().peakBytes()).isEqualTo(2560);
    assertThat(mapping.memory().lowerBoundBytes()).isEqualTo(2560);
  }

  /** The first layer needs its input's landing place too; each other two buffers of 1024 bytes. */
  @Test
  void memoryOfTheDeadIsUsedAgain() {
    Value x = net.input("x", 1, 16, 16, 16);
    Value y = x;
    for (int i = 0; i < 5; i++) {
      y = net.pointwise("y" + i, y, 16, Activation.NONE);
    }
    Mapping mapping = map(net.build(y), AcceleratorBuilder.small().build());

    assertThat(mapping.memory().peakBytes()).isEqualTo(3 * 1024);
  }

  /**
   * Three channels land through three lines of 64 bytes. They stay for a layer more where the
   * accelerator says so, wherever activations go that do not fit.
   */
  @ParameterizedTest
  @CsvSource({"true, OFF_CHIP", "false, OFF_CHIP", "true, PARAMETER_MEMORY"})
  void anImageStaysForALayerMoreWhereImagesStay(boolean stay, Overflow overflow) {
    Value y = net.input("image", 1, 16, 16, 3);
    for (int i = 0; i < 3; i++) {
      y = net.pointwise("y" + i, y, 16, Activation.NONE);
    }
    Mapping mapping =
        map(net.build(y), AcceleratorBuilder.small().overflow(overflow).imagesStay(stay).build());
    int last = stay ? 1 : 0;

    assertThat(mapping.memory().buffers())
        .filteredOn(buffer -> buffer.firstStep() == 0)
        .extracting(Buffer::what, Buffer::bytes, Buffer::lastStep)
        .containsExactlyInAnyOrder(
            tuple("image", 256L, last), tuple("y0", 1024L, 1), tuple("streams of y0", 192L, 0));
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
        .filteredOn(buffer -> !buffer.what().startsWith("streams of "))
        .extracting(Buffer::what, Buffer::firstStep, Buffer::lastStep)
        .containsExactlyInAnyOrder(
            tuple("x", 0, 2), tuple("layout of flat", 0, 0), tuple("z", 2, 2));
  }

  /** 64 classes over 4 PEs, 16 each: 8 bytes beside each are brought in with the weights. */
  @Test
  void wherePesShareOutChannelsTheirBiasesAndScalesComeToPeMemory() {
    Value x = net.input("x", 1, 256);
    Mapping mapping =
        map(
            net.build(net.fullyConnected("y", x, 64, Activation.NONE)),
            AcceleratorBuilder.small().build());

    assertThat(mapping.memory().buffers())
        .extracting(Buffer::what, Buffer::bytes)
        .containsExactlyInAnyOrder(
            tuple("x", 256L), tuple("y", 16L), tuple("streams of y", 8L * 16));
  }

  /**
   * y would need all of the 5 KiB: it is made, streamed out through a third of them, as another
   * block has to have room, and comes back for z. With the first stream x lands, 1 KiB.
   */
  @ParameterizedTest
  @EnumSource(Overflow.class)
  void theLargestOverflowsWhereTheLivingDoNotFit(Overflow overflow) {
    Value x = net.input("x", 1, 16, 16, 16);
    Value y = net.pointwise("y", x, 80, Activation.NONE);
    Value z = net.pointwise("z", y, 16, Activation.NONE);
    Mapping mapping =
        map(
            net.build(net.add("sum", z, x, Activation.NONE)),
            AcceleratorBuilder.small().peMemoryBytes(5 << 10).overflow(overflow).build());
    MemoryPlan plan = mapping.memory();

    assertThat(names(mapping, plan.overflowing())).containsExactly("y");
    assertThat(names(mapping, plan.offChip()))
        .containsExactlyElementsOf(overflow == Overflow.OFF_CHIP ? List.of("y") : List.of());
    assertThat(plan.buffers())
        .filteredOn(buffer -> buffer.what().startsWith("streams of "))
        .extracting(Buffer::what, Buffer::firstStep, Buffer::bytes)
        .containsExactlyInAnyOrder(
            tuple("streams of y", 0, (5L << 10) / 3 + (1 << 10)),
            tuple("streams of z", 1, (5L << 10) / 3));
  }

  private static List<String> names(Mapping mapping, List<Boolean> which) {
    return IntStream.range(0, mapping.graph().tensors().size())
        .filter(which::get)
        .mapToObj(i -> mapping.graph().tensor(i).name())
        .toList();
  }

  private static Mapping map(Graph graph, Accelerator accelerator) {
    return Compiler.map(CanonicalGraph.of(graph), accelerator, Interruption.NEVER);
  }
}
