package dev.ppe.client.load;

import com.google.protobuf.ByteString;
import dev.ppe.simulator.Interruption;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.wire.Estimator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Answers as digests (SHA-256) by request, so that they can be compared byte for byte after the
 * load with what this process works out, without either disturbing it or being kept whole.
 */
final class AnswerDigests {
  private final Map<Answer, AtomicLong> counts = new ConcurrentHashMap<>();

  /** An answer that was seen. */
  private record Answer(int request, ByteString digest) {}

  /** What the comparison came to. */
  record Comparison(long verified, long wrong, long unverified) {}

  void add(int request, ByteString answer) {
    counts
        .computeIfAbsent(new Answer(request, digest(answer)), seen -> new AtomicLong())
        .incrementAndGet();
  }

  /**
   * Compares all answers with those of {@code estimator}.
   *
   * @param enough asked before each request whether to stop
   */
  Comparison compare(Workload workload, Estimator estimator, BooleanSupplier enough) {
    AtomicLong verified = new AtomicLong();
    AtomicLong wrong = new AtomicLong();
    AtomicLong unverified = new AtomicLong();
    Map<Integer, List<Answer>> byRequest = new ConcurrentHashMap<>();
    counts
        .keySet()
        .forEach(
            answer ->
                byRequest.computeIfAbsent(answer.request(), r -> new ArrayList<>()).add(answer));
    byRequest.entrySet().parallelStream()
        .forEach(
            entry -> {
              Optional<ByteString> right =
                  enough.getAsBoolean()
                      ? Optional.empty()
                      : Optional.of(expected(workload.request(entry.getKey()), estimator));
              for (Answer answer : entry.getValue()) {
                long count = count(answer);
                if (right.isEmpty()) {
                  unverified.addAndGet(count);
                  continue;
                }
                verified.addAndGet(count);
                if (!answer.digest().equals(right.get())) {
                  wrong.addAndGet(count);
                }
              }
            });
    return new Comparison(verified.get(), wrong.get(), unverified.get());
  }

  private long count(Answer answer) {
    AtomicLong count = counts.get(answer);
    return count == null ? 0 : count.get();
  }

  /** A request that this process cannot answer has no right answer. */
  private static ByteString expected(EstimateRequest request, Estimator estimator) {
    try {
      return digest(estimator.estimate(request, Interruption.NEVER).toByteString());
    } catch (IllegalArgumentException e) {
      return digest(ByteString.EMPTY);
    }
  }

  private static ByteString digest(ByteString bytes) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(bytes.asReadOnlyByteBuffer());
      return ByteString.copyFrom(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
