package dev.ppe.client;

import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Whether one call that failed is made again, and when. gRPC itself makes it again as the service
 * config says, as long as no replica has begun to answer. What is left for here:
 *
 * <ul>
 *   <li>a call that a replica refuses for a while, after the pause that it asks for ({@link
 *       RetryHint});
 *   <li>one that was lost after its answer had begun, or while all replicas were away for a moment
 *       though one had answered just before: up to {@link #MOST_LOST} times;
 *   <li>one that came to a server that does not know the service, once for each other replica;
 *   <li>one for an accelerator that a replica does not know, up to {@link #MOST_ELSEWHERE} times:
 *       another may be of a newer version.
 * </ul>
 *
 * <p>Those that were lost draw on the {@link Budget}; and where {@link Attempts#most()} is 1
 * nothing is asked again. Attempts come one after the other, so this needs no lock.
 */
final class FurtherAttempts {
  private static final int MOST_LOST = 6;
  private static final int MOST_ELSEWHERE = 3;
  private static final Duration JUST_BEFORE = Duration.ofSeconds(10);
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 2000;

  private final Fleet fleet;
  private int lost;
  private int elsewhere;

  /** Those of a call that is about to be made for the first time. */
  FurtherAttempts(Fleet fleet) {
    this.fleet = fleet;
  }

  /**
   * How long to wait before the next attempt, which counts as made; empty where there is none.
   *
   * @param begun whether the answer had begun
   */
  Optional<Duration> after(Status status, Metadata trailers, boolean begun) {
    if (!fleet.allowsFurtherAttempts()) {
      return Optional.empty();
    }
    if (LostCall.by(status) && takeAfterLoss(begun)) {
      return Optional.of(backoff(lost));
    }
    return switch (status.getCode()) {
      case UNIMPLEMENTED -> {
        boolean again = Unoffered.by(status) && takeAnother();
        if (again) {
          fleet.doesNotOffer(status);
        }
        yield again ? Optional.of(Duration.ZERO) : Optional.empty();
      }
      case NOT_FOUND ->
          elsewhere < MOST_ELSEWHERE && takeAnother()
              ? Optional.of(Duration.ZERO)
              : Optional.empty();
      default -> RetryHint.of(status, trailers); // overloaded, for the most part
    };
  }

  private boolean takeAfterLoss(boolean begun) {
    boolean allowed = fleet.allowsAnotherAfterLoss(); // counts the loss, too
    boolean worthIt = begun || fleet.hasAnsweredWithin(JUST_BEFORE);
    if (!allowed || !worthIt || lost == MOST_LOST) {
      return false;
    }
    lost++;
    return true;
  }

  /** Whether there is a replica that has not been asked; {@link Trail} leads there. */
  private boolean takeAnother() {
    if (elsewhere + 1 >= fleet.replicas()) {
      return false;
    }
    elsewhere++;
    return true;
  }

  /** Doubles; anywhere in its upper half, so that callers do not come back all at once. */
  private static Duration backoff(int attempt) {
    long most = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << (attempt - 1));
    return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2));
  }
}
