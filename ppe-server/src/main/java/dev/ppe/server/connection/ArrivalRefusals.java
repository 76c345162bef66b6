package dev.ppe.server.connection;

import dev.ppe.server.connection.ClientLimits.Refusal;
import dev.ppe.server.security.RetryLater;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** The statuses of calls that are ended before their requests have come, and how many were. */
final class ArrivalRefusals {
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final CallLimits limits;
  private final long mostBytes;
  private final Duration patience;
  private final LongAdder forBytes = new LongAdder();
  private final LongAdder forTime = new LongAdder();

  /** In words of these limits: calls, bytes of all on their way in, time for each. */
  ArrivalRefusals(CallLimits limits, long mostBytes, Duration patience) {
    this.limits = limits;
    this.mostBytes = mostBytes;
    this.patience = patience;
  }

  /** Of a call that is one too many; {@link ClientLimits} counts these. */
  StatusRuntimeException tooMany(Refusal refusal) {
    return RetryLater.after(
        RETRY_NANOS,
        switch (refusal) {
          case FULL ->
              "the server is overloaded: it has %d calls, as many as may be open"
                  .formatted(limits.most());
          case CLIENT ->
              "this client has %d calls, as many as one may have open"
                  .formatted(limits.mostOfClient());
        });
  }

  /** Of one whose client has more bytes on their way in than there is room for now. */
  StatusRuntimeException tooMuch() {
    forBytes.increment();
    return RetryLater.after(
        RETRY_NANOS, "this client has too many bytes of requests on their way in");
  }

  /** Of one whose request would not find room if there were nothing else on its way in. */
  StatusRuntimeException tooLarge() {
    forBytes.increment();
    return Status.RESOURCE_EXHAUSTED
        .withDescription(
            "the request takes more than the %d bytes that a client may have on their way in here;"
                    .formatted(mostBytes / 2)
                + " one that is compressed takes twice what it unpacks to, and each frame 128 more")
        .asRuntimeException();
  }

  /** Of one whose bytes are no messages. */
  StatusRuntimeException noMessages(String fault) {
    return Status.INVALID_ARGUMENT.withDescription(fault).asRuntimeException();
  }

  /** Of one whose request has been on its way for too long. */
  StatusRuntimeException tooLate() {
    forTime.increment();
    return Status.DEADLINE_EXCEEDED
        .withDescription("the request had not come within %d s".formatted(patience.toSeconds()))
        .asRuntimeException();
  }

  /** How many calls were ended because there was no room for more of their requests. */
  long forBytes() {
    return forBytes.sum();
  }

  /** How many calls were ended because their requests took too long. */
  long forTime() {
    return forTime.sum();
  }
}
