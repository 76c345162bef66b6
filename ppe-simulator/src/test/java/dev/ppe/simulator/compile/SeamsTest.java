package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.Presets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images of 3 channels on the machine of the vendor's compiler. */
class SeamsTest {
  private static final Accelerator CORAL = Presets.find("coral-compiler").orElseThrow();
  private static final Activation NONE = Activation.NONE;

  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);

  /**
   * A row at stride 2 needs 3, of which the next needs one: one row of 512 columns comes twice. The
   * image takes 129 x 129 x 4 bytes of a PE, what is made of it 64 x 64 x 32, more than there is.
   */
  @Test
  void aRowOfAnImageThatComesInTwoBlocksIsSentTwice() {
    Value x = net.input("image", 1, 512, 512, 3);
    Value y = net.conv("y", x, 32, Kernel.of(3).stride(2), NONE);

    assertThat(sentAgain(net.pointwise("z", y, 8, NONE))).isEqualTo(512 * 3);
  }

  /**
   * 4 rows of the last layer need 9 of the one before, 11 of the stem's and 23 of the image: the
   * next 4 begin 16 rows on, and 7 come twice, 7 x 512 x 3 bytes, as the vendor has it.
   */
  @ParameterizedTest
  @CsvSource({"512, 10752", "224, 0"})
  void windowsOfLayersThatPassBlocksOnAddUp(int size, long bytes) {
    Value x = net.input("image", 1, size, size, 3);
    Value stem = net.conv("stem", x, 32, Kernel.of(3).stride(2), NONE);
    Value first = net.depthwise("first", stem, Kernel.of(3), NONE);
    Value wide = net.pointwise("wide", net.pointwise("narrow", first, 16, NONE), 96, NONE);
    Value second = net.depthwise("second", wide, Kernel.of(3).stride(2), NONE);

    assertThat(sentAgain(net.pointwise("end", second, 24, NONE))).isEqualTo(bytes);
  }

  private long sentAgain(Value output) {
    return sentAgain(output, CORAL);
  }

  private long sentAgain(Value output, Accelerator accelerator) {
    Mapping mapping =
        Compiler.map(CanonicalGraph.of(net.build(output)), accelerator, Interruption.NEVER);
    int image = mapping.graph().inputs().getFirst();
    long again = mapping.memory().sentAgainBytes().get(image);
    assertThat(mapping.inputBytes(image)).isEqualTo(mapping.graph().tensor(image).bytes() + again);
    return again;
  }

  /** Where activations leave the chip nothing is passed on in blocks, and memory is shared. */
  @Test
  void nothingIsSentTwiceWhereActivationsGoOffTheChip() {
    Accelerator shared =
        AcceleratorBuilder.small().dram(2_000_000_000, 50).withoutHostLink().build();
    Value x = net.input("image", 1, 512, 512, 3);

    assertThat(sentAgain(net.conv("y", x, 32, Kernel.of(3).stride(2), NONE), shared)).isZero();
  }

  /** Each goes through its own layers: a row of a 3 at stride 2; 3 rows of it and 5 at stride 2. */
  @Test
  void whatIsSentTwiceOfAnImageFollowsFromTheLayersThatItGoesThrough() {
    Value small = net.input("small", 1, 512, 512, 3);
    Value large = net.input("large", 1, 512, 512, 3);
    Value one = net.conv("one", small, 32, Kernel.of(3).stride(2), NONE);
    Value other = net.conv("other", large, 32, Kernel.of(5).stride(2), NONE);
    Value deep = net.depthwise("deep", other, Kernel.of(3), NONE);
    Mapping mapping =
        Compiler.map(
            CanonicalGraph.of(
                net.build(net.pointwise("y", one, 8, NONE), net.pointwise("z", deep, 8, NONE))),
            CORAL,
            Interruption.NEVER);

    assertThat(mapping.graph().inputs())
        .extracting(
            image -> mapping.graph().tensor(image).name(),
            image -> mapping.memory().sentAgainBytes().get(image))
        .containsExactlyInAnyOrder(tuple("small", 512L * 3), tuple("large", 7 * 512L * 3));
  }

  /** Counted in questions whether the answer is still wanted: each layer and input asks some. */
  @Test
  void fourTimesTheImagesAreFourTimesTheWork() {
    assertThat(questions(2000)).isGreaterThan(4000).isLessThan(42 * questions(500) / 10);
  }

  private static long questions(int images) {
    GraphBuilder many = GraphBuilder.named("many", Arithmetic.INT8);
    Value[] outputs = new Value[images];
    for (int i = 0; i < images; i++) {
      Value x = many.input("x" + i, 1, 512, 512, 3);
      outputs[i] = many.conv("y" + i, x, 32, Kernel.of(3).stride(2), NONE);
    }
    AtomicLong asked = new AtomicLong();
    Mapping mapping =
        Compiler.map(CanonicalGraph.of(many.build(outputs)), CORAL, asked::incrementAndGet);
    assertThat(mapping.graph().inputs())
        .allMatch(image -> mapping.memory().sentAgainBytes().get(image) == 512 * 3);
    return asked.get();
  }
}
