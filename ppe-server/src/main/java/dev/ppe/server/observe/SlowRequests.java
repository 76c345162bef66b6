package dev.ppe.server.observe;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The last requests that took long. */
public final class SlowRequests implements RequestListener {
  private static final int KEPT = 50;

  private final long leastNanos;
  private final Deque<RequestRecord> requests = new ArrayDeque<>();

  /** Keeps those that take {@code least} or longer. */
  public SlowRequests(Duration least) {
    this.leastNanos = least.toNanos();
  }

  @Override
  public void finished(RequestRecord request, Optional<Throwable> failure) {
    if (request.nanos() >= leastNanos && request.isEstimate()) {
      synchronized (requests) {
        if (requests.size() == KEPT) {
          requests.removeLast();
        }
        requests.addFirst(request);
      }
    }
  }

  /** The newest first, 50 at most. */
  public List<RequestRecord> latest() {
    synchronized (requests) {
      return new ArrayList<>(requests);
    }
  }
}
