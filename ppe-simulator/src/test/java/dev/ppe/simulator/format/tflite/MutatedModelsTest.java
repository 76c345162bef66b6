package dev.ppe.simulator.format.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.graph.GraphException;
import dev.ppe.simulator.graph.GraphTooLargeException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
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
  private static final int MUTANTS_PER_MODEL = 500;
  private static final int LARGEST_FILE = 500_000;
  private static final long MAX_ALLOCATED_BYTES = 256L << 20;
  private static final long MAX_CPU_NANOS = 1_000_000_000L;
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
    byte[] original = SharedModels.bytes(model).array();
    ThreadMXBean meter = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().threadId();
    for (int seed = 0; seed < MUTANTS_PER_MODEL; seed++) {
      byte[] mutant = mutate(original, new Random(31L * seed + original.length));
      long allocated = meter.getThreadAllocatedBytes(thread);
      long nanos = meter.getCurrentThreadCpuTime();

      String outcome = read(mutant);

      assertThat(meter.getThreadAllocatedBytes(thread) - allocated)
          .as("bytes allocated for mutant %d: %s", seed, outcome)
          .isLessThan(MAX_ALLOCATED_BYTES);
      assertThat(meter.getCurrentThreadCpuTime() - nanos)
          .as("time taken for mutant %d: %s", seed, outcome)
          .isLessThan(MAX_CPU_NANOS);
    }
  }

  /** What became of it; any other exception fails the test. */
  private static String read(byte[] mutant) {
    try {
      TfliteReader.read("mutant", ByteBuffer.wrap(mutant), ImportOptions.DEFAULT);
      return "imported";
    } catch (ModelFormatException | GraphException | GraphTooLargeException e) {
      assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(4_000);
      return "refused";
    }
  }

  private static byte[] mutate(byte[] original, Random random) {
    byte[] mutant = original.clone();
    if (random.nextInt(20) == 0) {
      return Arrays.copyOf(mutant, random.nextInt(mutant.length));
    }
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      change(mutant, random);
    }
    return mutant;
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
      default -> {
        int length = Math.min(4 + random.nextInt(60), mutant.length - at);
        int from = random.nextInt(mutant.length - length + 1);
        System.arraycopy(mutant.clone(), from, mutant, at, length);
      }
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
