package dev.ppe.simulator.format.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.format.tflite.TfliteFile.TensorSpec;
import dev.ppe.simulator.graph.GraphException;
import dev.ppe.simulator.graph.GraphTooLargeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedFileTest {
  private final TfliteFile file = new TfliteFile();

  @Test
  void everyTruncationIsRefused() {
    byte[] whole = relu().bytes().array();

    for (int length = 0; length < whole.length - 8; length++) {
      assertRefusedOrImported(Arrays.copyOf(whole, length));
    }
    assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length / 2)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("truncated or damaged");
  }

  @Test
  void everyFlippedBitIsRefusedOrHarmless() {
    byte[] whole = relu().bytes().array();

    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertRefusedOrImported(flipped);
    }
  }

  @Test
  void everyWordMayHoldAnything() {
    byte[] whole = relu().bytes().array();
    for (int value : new int[] {0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 30, 8, -8}) {
      for (int at = 0; at + 4 <= whole.length; at += 4) {
        byte[] changed = whole.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        assertRefusedOrImported(changed);
      }
    }
  }

  @Test
  void emptyAndForeignContentIsRefused() {
    assertThatThrownBy(() -> read(new byte[0])).hasMessageContaining("TFL3");
    assertThatThrownBy(() -> read(new byte[1000])).hasMessageContaining("TFL3");
    assertThatThrownBy(() -> read("TFL3TFL2TFL1".getBytes(StandardCharsets.US_ASCII)))
        .hasMessageContaining("TFL3");
  }

  @Test
  void anIdentifierAloneMakesNoModel() {
    byte[] zeros = new byte[1 << 20];
    System.arraycopy(new byte[] {'T', 'F', 'L', '3'}, 0, zeros, 4, 4);

    assertThatThrownBy(() -> read(zeros)).isInstanceOf(ModelFormatException.class);
  }

  @Test
  void anotherSchemaVersionIsRefused() {
    assertThatThrownBy(() -> relu().schemaVersion(4).graph())
        .hasMessage("model: has schema version 4; version 3 is understood");
  }

  @Test
  void aModelWithoutSubgraphOrNodesIsRefused() {
    assertThatThrownBy(() -> new TfliteFile().subgraphs(0).graph())
        .hasMessage("model: has no subgraph");
    assertThatThrownBy(() -> new TfliteFile().graph())
        .isInstanceOf(GraphException.class)
        .hasMessage("graph: has no nodes");
  }

  @Test
  void negativeDimensionsAreRefused() {
    file.input("x", 1, -5, 5);

    assertThatThrownBy(file::graph)
        .isInstanceOf(ModelFormatException.class)
        .hasMessage("tensor 0 \"x\": shape [1, -5, 5] has a negative dimension");
  }

  @Test
  void dimensionsWhoseProductOverflowsAreRefused() {
    file.input("x", 1 << 20, 1 << 20, 1 << 24);

    assertThatThrownBy(file::graph).hasMessageContaining("more than 2^40 elements");
  }

  @Test
  void ranksPastEightAreRefused() {
    file.input("x", 1, 1, 1, 1, 1, 1, 1, 1, 1);

    assertThatThrownBy(file::graph).hasMessageContaining("9 entries, it may have 8");
  }

  @Test
  void operatorsOfThousandsOfOperandsAreTooLarge() {
    int input = file.input("x", 4);
    int output = file.output(file.tensor("y", 4));
    file.custom("wide", Collections.nCopies(5_000, input), List.of(output));

    assertThatThrownBy(file::graph)
        .isInstanceOf(GraphTooLargeException.class)
        .hasMessage("node 0: has 5000 operands, the limit is 4096");
  }

  @Test
  void tensorsLargerThanTheLimitAreTooLarge() {
    int input = file.input("x", 1 << 20, 1 << 13);
    relu(input, file.output(file.tensor("y", 1 << 20, 1 << 13)));

    assertThatThrownBy(file::graph)
        .isInstanceOf(GraphTooLargeException.class)
        .hasMessageContaining("tensor 0 \"x\"");
  }

  @Test
  void dataThatDoNotFillTheirTensorAreRefused() {
    file.add(TensorSpec.of("w", TfliteFile.FLOAT32, 30, 8));

    assertThatThrownBy(file::graph)
        .hasMessage("tensor 0 \"w\": 8 elements of FLOAT32 take 32 bytes, but 30 are stored");
  }

  @Test
  void unknownElementTypesAreRefused() {
    file.input(file.tensorOf(77, "x", 4));

    assertThatThrownBy(file::graph).hasMessage("tensor 0 \"x\": its element type 77 is unknown");
  }

  @Test
  void operandsThatAreNoTensorsAreRefused() {
    relu(7, file.output(file.tensor("y", 4)));

    assertThatThrownBy(file::graph).hasMessage("node 0: refers to tensor 7, there are 1");
  }

  @Test
  void inputsThatAreNoTensorsAreRefused() {
    file.input(-1);

    assertThatThrownBy(file::graph).hasMessage("graph inputs: refers to tensor -1, there are 0");
  }

  @Test
  void missingOperandsAreRefused() {
    file.input("x", 4);
    relu(-1, file.output(file.tensor("y", 4)));

    assertThatThrownBy(file::graph)
        .hasMessageContaining("node 0 \"y\" (RELU): operand 0 is missing");
  }

  @ParameterizedTest
  @ValueSource(ints = {33, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
  void unknownVersionsOfKnownOperatorsAreRefused(int version) {
    int code = TfliteFile.code(BuiltinOperator.RELU);
    List<Integer> output = List.of(file.output(file.tensor("y", 4)));
    file.operator(code, version, OptionsSpec.NONE, List.of(file.input("x", 4)), output);

    assertThatThrownBy(file::graph)
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("RELU has version " + version + "; versions up to 32");
  }

  @Test
  void stridesOfZeroAreRefused() {
    int input = file.input("x", 1, 8, 8, 4);
    int weights = file.weights("w", 4, 3, 3, 4);
    int output = file.output(file.tensor("y", 1, 8, 8, 4));
    file.operator(
        BuiltinOperator.CONV_2D, OptionsSpec.NONE, List.of(input, weights), List.of(output));

    assertThatThrownBy(file::graph)
        .hasMessageContaining("node 0 \"y\" (CONV_2D): stride height is 0");
  }

  @Test
  void attributesMayNotBeHuge() {
    int input = file.input("x", 4);
    int target = file.integers(new int[10_000]);
    file.operator(
        BuiltinOperator.RESHAPE,
        OptionsSpec.NONE,
        List.of(input, target),
        List.of(file.output(file.tensor("y", 4))));

    assertThatThrownBy(file::graph).hasMessageContaining("as an attribute it may have 32");
  }

  @Test
  void attributesOfAnotherTypeAreRefused() {
    int input = file.input("x", 4);
    file.operator(
        BuiltinOperator.RESHAPE,
        OptionsSpec.NONE,
        List.of(input, file.weights("target", 2)),
        List.of(file.output(file.tensor("y", 4))));

    assertThatThrownBy(file::graph).hasMessageContaining("is INT8, must be INT32 or INT64");
  }

  @Test
  void twoHundredThousandNodesAreTooLarge() {
    int last = file.input("x", 4);
    for (int i = 0; i < 200_000; i++) {
      int next = file.tensor("t", 4);
      relu(last, next);
      last = next;
    }
    file.output(last);

    assertThatThrownBy(file::graph)
        .isInstanceOf(GraphTooLargeException.class)
        .hasMessage("graph: has 200000 nodes, the limit is 50000");
  }

  @Test
  void aChainOfFortyThousandNodesImports() {
    int last = file.input("x", 4);
    for (int i = 0; i < 40_000; i++) {
      int next = file.tensor("t", 4);
      relu(last, next);
      last = next;
    }
    file.output(last);

    assertThat(file.graph().nodes()).hasSize(40_000);
  }

  /** A small file may name one long list many times; each time costs. */
  @Test
  void listsThatManyOperatorsShareAreLimitedInSum() {
    int input = file.input("x", 4);
    List<Integer> operands = new ArrayList<>(Collections.nCopies(4_096, input));
    for (int i = 0; i < 2_000; i++) {
      file.custom("Wide", operands, List.of(file.tensor("y", 1)));
    }

    assertThatThrownBy(file::graph)
        .isInstanceOf(GraphTooLargeException.class)
        .hasMessageContaining("operands and results, the limit is 800000");
  }

  @Test
  void namesAreLimitedInSumToo() {
    String name = "n".repeat(200);
    int input = file.input("x", 4);
    for (int i = 0; i < 90_000; i++) {
      file.tensor(name, 4);
    }
    relu(input, file.output(file.tensor("y", 4)));

    assertThatThrownBy(file::graph)
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("no network needs that");
  }

  private TfliteFile relu() {
    TfliteFile small = new TfliteFile();
    int input = small.input(small.open("x", new int[] {1, 4, 4, 2}, new int[] {-1, 4, 4, 2}));
    int weights = small.weights("w", 3, 1, 1, 2);
    int features = small.tensor("f", 1, 4, 4, 3);
    int output = small.output(small.tensor("y", 1, 48));
    return small
        .operator(
            BuiltinOperator.CONV_2D,
            OptionsSpec.conv(OptionsSpec.SAME, 1),
            List.of(input, weights),
            List.of(features))
        .operator(
            BuiltinOperator.RESHAPE,
            OptionsSpec.NONE,
            List.of(features, small.integers(1, 48)),
            List.of(output));
  }

  private void relu(int input, int output) {
    file.operator(BuiltinOperator.RELU, OptionsSpec.NONE, List.of(input), List.of(output));
  }

  private static void assertRefusedOrImported(byte[] bytes) {
    try {
      assertThat(read(bytes)).isNotNull();
    } catch (ModelFormatException | GraphException | GraphTooLargeException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private static Object read(byte[] bytes) {
    return TfliteReader.read("x", ByteBuffer.wrap(bytes), ImportOptions.DEFAULT);
  }
}
