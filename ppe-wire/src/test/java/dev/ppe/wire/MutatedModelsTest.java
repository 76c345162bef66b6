package dev.ppe.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import com.sun.management.ThreadMXBean;
import dev.ppe.simulator.Interruption;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.Precision;
import io.grpc.Status;
import io.grpc.Status.Code;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damaged model files on their whole way, from bytes to an answer: each is answered or refused with
 * a reason, at a bounded cost. Where the real models are absent, one written here stands for them.
 */
class MutatedModelsTest {
  private static final Path FOLDER = Path.of("..", "..", "shared", "models");
  private static final List<String> ACCELERATORS = List.of("coral-usb", "tensor-g1");
  private static final List<Precision> PRECISIONS =
      List.of(Precision.PRECISION_STORED, Precision.PRECISION_INT8, Precision.PRECISION_BF16);
  private static final int MUTANTS_OF_THE_SMALL_MODEL = 3_000;
  private static final int MUTANTS_PER_MODEL = 100;
  private static final long MAX_ALLOCATED_BYTES = 256L << 20;
  private static final long MAX_CPU_NANOS = 1_000_000_000L;

  private final Estimator estimator = new LocalEstimator(ServiceLimits.DEFAULT);
  private final ThreadMXBean meter = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static List<Path> models() throws IOException {
    if (!Files.isDirectory(FOLDER)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(path -> path.toString().endsWith(".tflite"))
          .filter(path -> !path.toString().endsWith("_edgetpu.tflite"))
          .sorted()
          .toList();
    }
  }

  @Test
  void noMutantOfASmallModelFailsInside() {
    Map<Code, Integer> codes = outcomes(SmallTflite.bytes(), MUTANTS_OF_THE_SMALL_MODEL);
    assertThat(codes.get(Code.OK)).isGreaterThan(MUTANTS_OF_THE_SMALL_MODEL / 10);
    assertThat(codes.get(Code.INVALID_ARGUMENT)).isGreaterThan(MUTANTS_OF_THE_SMALL_MODEL / 10);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("models")
  void noMutantOfARealModelFailsInside(Path model) throws IOException {
    outcomes(Files.readAllBytes(model), MUTANTS_PER_MODEL);
  }

  private Map<Code, Integer> outcomes(byte[] original, int mutants) {
    Map<Code, Integer> codes = new EnumMap<>(Code.class);
    for (String accelerator : ACCELERATORS) { // also loads and compiles what it takes
      for (Precision precision : PRECISIONS) {
        assertThat(outcome(original, accelerator, precision)).isEqualTo(Code.OK);
      }
    }
    TfliteMutator mutator = new TfliteMutator(original);
    for (int seed = 0; seed < mutants; seed++) {
      byte[] mutant = mutator.mutant(new Random(31L * seed + original.length));
      for (String accelerator : ACCELERATORS) {
        codes.merge(bounded(mutant, seed, accelerator), 1, Integer::sum);
      }
    }
    return codes;
  }

  private Code bounded(byte[] mutant, int seed, String accelerator) {
    long thread = Thread.currentThread().threadId();
    long allocated = meter.getThreadAllocatedBytes(thread);
    long nanos = meter.getCurrentThreadCpuTime();

    Code code = outcome(mutant, accelerator, PRECISIONS.get(seed % PRECISIONS.size()));

    nanos = meter.getCurrentThreadCpuTime() - nanos;
    allocated = meter.getThreadAllocatedBytes(thread) - allocated;
    String which = "mutant %d on %s: %s".formatted(seed, accelerator, code);
    assertThat(code).as(which).isNotIn(Code.INTERNAL, Code.UNKNOWN);
    assertThat(allocated).as("bytes allocated for " + which).isLessThan(MAX_ALLOCATED_BYTES);
    assertThat(nanos).as("time taken for " + which).isLessThan(MAX_CPU_NANOS);
    return code;
  }

  private Code outcome(byte[] model, String accelerator, Precision precision) {
    ByteString bytes = UnsafeByteOperations.unsafeWrap(model);
    try {
      estimator.estimate(
          EstimateRequest.newBuilder()
              .setTflite(bytes)
              .setAcceleratorName(accelerator)
              .setPrecision(precision)
              .build(),
          Interruption.NEVER);
      return Code.OK;
    } catch (RuntimeException | Error e) {
      Status status = Statuses.of(e);
      if (status.getCause() != null) {
        throw new AssertionError("an internal error on " + accelerator, e);
      }
      assertThat(status.getDescription()).isNotBlank();
      return status.getCode();
    }
  }
}
