package dev.ppe.simulator.format.onnx;

import static dev.ppe.simulator.format.onnx.OnnxFile.attribute;
import static dev.ppe.simulator.format.onnx.OnnxFile.list;

import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.Mutants;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.format.onnx.export.OnnxWriter;
import dev.ppe.simulator.graph.Graph;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damaged copies of generated models: each imports or throws one of the three exceptions, at a
 * bounded cost. Damage falls mostly on tags, lengths and small numbers; weights are small.
 */
class MutatedModelsTest {
  private static final int MUTANTS_PER_MODEL = 3_000;
  private static final long MAX_ALLOCATED_BYTES = 64L << 20;
  private static final int MUTANTS_OF_OUR_OWN = 500;

  /** Names have up to 4,096 characters, and several may be said. */
  private static final int LONGEST_MESSAGE = 20_000;

  static List<byte[]> models() {
    return List.of(convolutions(), attention(), quantised(), recurrent());
  }

  private static byte[] convolutions() {
    return OnnxFile.opset(13)
        .input("x", -1, 4, 8, 8)
        .weights("w", 8, 4, 3, 3)
        .weights("d", 8, 1, 3, 3)
        .weights("t", 8, 4, 2, 2)
        .weights("n", 8)
        .floats("scales", 1, 1, 2, 2)
        .ints("pads", 0, 0, 1, 1, 0, 0, 1, 1)
        .ints("shape", 0, -1)
        .weights("m", 10, 1296)
        .node("Conv", "x w n", "c", list("pads", 1, 1, 1, 1), list("strides", 2, 2))
        .node("BatchNormalization", "c n n n n", "b")
        .node("Clip", "b", "r")
        .node("Conv", "r d", "e", attribute("group", 8), attribute("auto_pad", "SAME_UPPER"))
        .node("HardSigmoid", "e", "h", attribute("alpha", 1f / 6))
        .node("Mul", "e h", "s")
        .node("ConvTranspose", "s t", "u", list("strides", 2, 2))
        .node("Resize", "u - scales", "z", attribute("mode", "linear"))
        .node("Pad", "z pads", "p")
        .node("AveragePool", "p", "a", list("kernel_shape", 1, 1), attribute("ceil_mode", 1))
        .node("Reshape", "a shape", "f")
        .node("Gemm", "f m", "y", attribute("transB", 1))
        .output("y")
        .bytes();
  }

  private static byte[] attention() {
    return OnnxFile.opset(13)
        .input("x", 1, 6, 16)
        .weights("w", 16, 48)
        .weights("b", 48)
        .ints("heads", 1, 6, 3, 2, 8)
        .ints("joined", 0, 0, -1)
        .ints("starts", 1)
        .ints("ends", 9)
        .ints("axes", 2)
        .node("MatMul", "x w", "p")
        .node("Add", "b p", "q")
        .node("Reshape", "q heads", "r")
        .node("Transpose", "r", "t", list("perm", 2, 0, 3, 1, 4))
        .node("Split", "t", "q1 k1 v1", attribute("axis", 0))
        .node("Transpose", "k1", "k2", list("perm", 0, 1, 2, 4, 3))
        .node("MatMul", "q1 k2", "s")
        .node("Softmax", "s", "a", attribute("axis", -1))
        .node("MatMul", "a v1", "o")
        .node("Transpose", "o", "o2", list("perm", 0, 1, 3, 2, 4))
        .node("Constant", "", "i", attribute("value_int", 0))
        .node("Gather", "o2 i", "o3", attribute("axis", 0))
        .node("Reshape", "o3 joined", "o4")
        .node("Slice", "o4 starts ends axes", "y")
        .output("y")
        .bytes();
  }

  private static byte[] quantised() {
    return OnnxFile.opset(13)
        .typedInput("x", OnnxFile.INT8, 1, 4, 6, 6)
        .zeros("w", OnnxFile.INT8, 1, 8, 4, 1, 1)
        .zeros("b", OnnxFile.INT32, 4, 8)
        .floats("ws", new float[8])
        .zeros("wz", OnnxFile.INT8, 1, 8)
        .scalar("s", 0.5f)
        .zeroPoint("z", OnnxFile.INT8)
        .node("DequantizeLinear", "x s z", "xr")
        .node("DequantizeLinear", "w ws wz", "wr", attribute("axis", 0))
        .node("Conv", "xr wr b", "c")
        .node("Relu", "c", "r")
        .node("QuantizeLinear", "r s z", "q")
        .node("com.microsoft", "QLinearAdd", "q s z q s z s z", "a")
        .node("DequantizeLinear", "a s z", "y")
        .output("y")
        .bytes();
  }

  private static byte[] recurrent() {
    return OnnxFile.opset(14)
        .input("x", 5, 1, 4)
        .weights("w", 1, 16, 4)
        .weights("r", 1, 16, 4)
        .weights("k", 6, 4, 3)
        .ints("axes", 1)
        .node("LSTM", "x w r", "all last", attribute("hidden_size", 4))
        .node("Squeeze", "all axes", "s")
        .node("Transpose", "s", "t", list("perm", 1, 2, 0))
        .node("Conv", "t k", "c")
        .node("GlobalAveragePool", "c", "g")
        .node("Shape", "g", "h")
        .node("ConstantOfShape", "h", "o")
        .node("Expand", "g h", "e")
        .node("Add", "e o", "y")
        .output("y")
        .bytes();
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyMutantImportsOrIsRefusedAtABoundedCost(byte[] original) {
    OnnxReader.read("original", ByteBuffer.wrap(original), ImportOptions.DEFAULT);

    mutants(MUTANTS_PER_MODEL).check(original);
  }

  /** What the writer notes for the importer may be damaged as well. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.ppe.simulator.format.export.RareNetworks#several")
  void everyMutantOfOurOwnFilesToo(String name, Graph graph) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OnnxWriter.write(graph, Weights.ZERO, out);

    mutants(MUTANTS_OF_OUR_OWN).check(out.toByteArray());
  }

  private static Mutants mutants(int count) {
    return new Mutants(
        count,
        MutatedModelsTest::change,
        file -> OnnxReader.read("mutant", file, ImportOptions.DEFAULT),
        MAX_ALLOCATED_BYTES,
        LONGEST_MESSAGE);
  }

  private static void change(byte[] mutant, Random random) {
    int at = structural(mutant, random);
    switch (random.nextInt(6)) {
      case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> mutant[at] = (byte) random.nextInt(256);
      case 2 -> mutant[at] = (byte) random.nextInt(16);
      case 3 -> mutant[at] = (byte) 0xff;
      case 4 -> mutant[at] += (byte) (random.nextInt(5) - 2);
      default -> Mutants.copyWithin(mutant, at, 1, 24, random);
    }
  }

  /** A place that is not among zeros, which are weights. */
  private static int structural(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    for (int attempt = 0; attempt < 100 && bytes[at] == 0; attempt++) {
      at = random.nextInt(bytes.length);
    }
    return at;
  }
}
