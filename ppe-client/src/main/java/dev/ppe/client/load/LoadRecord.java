package dev.ppe.client.load;

import com.google.protobuf.ByteString;
import dev.ppe.client.load.LoadResult.AnswerCounts;
import dev.ppe.wire.LocalEstimator;
import dev.ppe.wire.ServiceLimits;
import io.grpc.Status;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * What came of the requests of a run. One thread tells of those that it sends; gRPC's threads tell
 * of answers. Requests of the warm-up do not count, but for their answers.
 */
final class LoadRecord {
  private final boolean verify;
  private final LatencyLog latencies;
  private final LatencyLog lateness = new LatencyLog(Optional.empty());
  private final Map<String, String> firstMessages = new ConcurrentHashMap<>();
  private final AnswerDigests digests = new AnswerDigests();
  private final AtomicLong duplicates = new AtomicLong();
  private long due;
  private long notSent;

  /**
   * Nothing yet.
   *
   * @param verify whether answers are compared
   * @param log gets latencies as an HdrHistogram log
   */
  LoadRecord(boolean verify, Optional<OutputStream> log) {
    this.verify = verify;
    this.latencies = new LatencyLog(log);
  }

  /** A request was due when there was no room for it. */
  void notSent(boolean counts) {
    due += counts ? 1 : 0;
    notSent += counts ? 1 : 0;
  }

  /** A request is sent now. */
  void sent(long dueAt, boolean counts) {
    due += counts ? 1 : 0;
    if (counts) {
      lateness.record("", System.nanoTime() - dueAt);
    }
  }

  /** An interval of the log ends. */
  void endInterval() {
    latencies.endInterval();
  }

  /**
   * Takes what comes of one request.
   *
   * @param index of the workload
   * @param dueAt when it was due
   * @param ended told when nothing more comes
   */
  OneCall.Listener listener(int index, long dueAt, boolean counts, Runnable ended) {
    return new OneCall.Listener() {
      @Override
      public void answered(ByteString answer, int before) {
        if (before > 0) {
          duplicates.incrementAndGet();
        }
        if (verify) {
          digests.add(index, answer);
        }
      }

      @Override
      public void ended(Status status) {
        String code = status.getCode().name();
        if (counts) {
          latencies.record(code, System.nanoTime() - dueAt);
        }
        if (!status.isOk()) {
          firstMessages.putIfAbsent(code, String.valueOf(status.getDescription()));
        }
        ended.run();
      }
    };
  }

  /** No more comes; what comes nevertheless is not in the result. */
  void end() {
    latencies.endInterval();
    lateness.endInterval();
  }

  /**
   * Compares answers with those of this process, as far as they are wanted.
   *
   * @param workload what was asked
   * @param enough whether to compare no more
   */
  AnswerDigests.Comparison compare(Workload workload, BooleanSupplier enough) {
    return digests.compare(workload, new LocalEstimator(ServiceLimits.DEFAULT), enough);
  }

  /**
   * What the run comes to.
   *
   * @param seconds for which requests that count were due
   * @param sent how many were sent, the warm-up's too
   * @param open how many have not ended
   * @param interrupted whether somebody wanted to see what there is
   * @param comparison of the answers
   */
  LoadResult result(
      double seconds,
      long sent,
      int open,
      boolean interrupted,
      AnswerDigests.Comparison comparison) {
    return new LoadResult(
        seconds,
        due,
        latencies.totals(),
        firstMessages,
        notSent,
        interrupted ? open : 0,
        lateness.totals().getOrDefault("", Percentiles.NONE),
        new AnswerCounts(
            sent,
            interrupted ? 0 : open,
            duplicates.get(),
            comparison.verified(),
            comparison.wrong(),
            comparison.unverified()),
        interrupted);
  }
}
