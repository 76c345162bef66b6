package dev.ppe.simulator.format.tflite;

import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.Mutants;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.format.tflite.export.TfliteWriter;
import dev.ppe.simulator.graph.Graph;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damaged copies of real models: each imports or throws one of the three exceptions, at a bounded
 * cost. Damage falls where the structure is, which is all but the weights: the largest runs of a
 * file are spared mostly.
 */
class MutatedModelsTest {
  private static final int LARGEST_FILE = 500_000;
  private static final Mutants MUTANTS =
      new Mutants(
          500,
          MutatedModelsTest::change,
          file -> TfliteReader.read("mutant", file, ImportOptions.DEFAULT),
          256L << 20,
          4_000);
  private static final int[] INTERESTING = {
    0,
    1,
    -1,
    2,
    4,
    127,
    128,
    255,
    0x7fff,
    0xffff,
    0x10000,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0x7ffffff0,
    0x3fffffff,
    0x40000000,
    1 << 20,
    -4,
    -8,
    100_000
  };

  static List<Path> models() {
    return SharedModels.all().stream()
        .filter(path -> SharedModels.bytes(path).remaining() <= LARGEST_FILE)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyMutantImportsOrIsRefusedAtABoundedCost(Path model) {
    MUTANTS.check(SharedModels.bytes(model).array());
  }

  /** Operators in parts, which the importer takes together again, may be damaged as well. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.ppe.simulator.format.export.RareNetworks#several")
  void everyMutantOfOurOwnFilesToo(String name, Graph graph) {
    ByteBuffer file = TfliteWriter.write(graph, Weights.ZERO);
    byte[] bytes = new byte[file.remaining()];
    file.get(bytes);

    MUTANTS.check(bytes);
  }

  private static void change(byte[] mutant, Random random) {
    int at = structural(mutant, random);
    int word = Math.min(at & ~3, mutant.length - 4);
    ByteBuffer words = ByteBuffer.wrap(mutant).order(ByteOrder.LITTLE_ENDIAN);
    switch (random.nextInt(5)) {
      case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> mutant[at] = (byte) random.nextInt(256);
      case 2 -> words.putInt(word, INTERESTING[random.nextInt(INTERESTING.length)]);
      case 3 -> words.putInt(word, words.getInt(word) + random.nextInt(9) - 4);
      default -> Mutants.copyWithin(mutant, at, 4, 63, random);
    }
  }

  /**
   * A place that more often than not holds structure: offsets and small numbers are full of zeros.
   */
  private static int structural(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    for (int attempt = 0; attempt < 50; attempt++) {
      int word = at & ~3;
      if (word + 4 <= bytes.length && (bytes[word + 2] == 0 && bytes[word + 3] == 0)) {
        break;
      }
      at = random.nextInt(bytes.length);
    }
    return at;
  }
}
