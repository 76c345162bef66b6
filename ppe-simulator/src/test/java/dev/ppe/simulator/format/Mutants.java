package dev.ppe.simulator.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.ppe.simulator.graph.GraphException;
import dev.ppe.simulator.graph.GraphTooLargeException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/**
 * Damaged copies of a model file. Each imports or throws one of the three exceptions that importers
 * have, at a bounded cost.
 *
 * @param count how many of one file
 * @param damage changes one place of a copy
 * @param reader imports it
 * @param mostBytes that one may allocate
 * @param longestMessage characters of a message; names of the file may stand in it
 */
public record Mutants(int count, Damage damage, Reader reader, long mostBytes, int longestMessage) {
  private static final long MAX_CPU_NANOS = 1_000_000_000L;
  private static final int CUT_OFF_ONE_IN = 20;
  private static final int MAX_CHANGES = 4;

  /** Changes one place. */
  public interface Damage {
    void change(byte[] mutant, Random random);
  }

  /** Imports a file. */
  public interface Reader {
    void read(ByteBuffer file);
  }

  /** Checks that every mutant keeps the rules. */
  public void check(byte[] original) {
    ThreadMXBean meter = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().threadId();
    for (int seed = 0; seed < count; seed++) {
      byte[] mutant = mutate(original, new Random(31L * seed + original.length));
      long allocated = meter.getThreadAllocatedBytes(thread);
      long nanos = meter.getCurrentThreadCpuTime();

      String outcome = outcome(mutant);

      assertThat(meter.getThreadAllocatedBytes(thread) - allocated)
          .as("bytes allocated for mutant %d: %s", seed, outcome)
          .isLessThan(mostBytes);
      assertThat(meter.getCurrentThreadCpuTime() - nanos)
          .as("time taken for mutant %d: %s", seed, outcome)
          .isLessThan(MAX_CPU_NANOS);
    }
  }

  /** What became of it; any other exception fails the test. */
  private String outcome(byte[] mutant) {
    try {
      reader.read(ByteBuffer.wrap(mutant));
      return "imported";
    } catch (ModelFormatException | GraphException | GraphTooLargeException e) {
      assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(longestMessage);
      return "refused";
    }
  }

  private byte[] mutate(byte[] original, Random random) {
    byte[] mutant = original.clone();
    if (random.nextInt(CUT_OFF_ONE_IN) == 0) {
      return Arrays.copyOf(mutant, random.nextInt(mutant.length));
    }
    int changes = 1 + random.nextInt(MAX_CHANGES);
    for (int i = 0; i < changes; i++) {
      damage.change(mutant, random);
    }
    return mutant;
  }

  /** Overwrites up to so many bytes from a place on with others of the file. */
  public static void copyWithin(byte[] mutant, int at, int least, int most, Random random) {
    int length = Math.min(least + random.nextInt(most - least + 1), mutant.length - at);
    int from = random.nextInt(mutant.length - length + 1);
    System.arraycopy(mutant.clone(), from, mutant, at, length);
  }
}
