package dev.ppe.client.load;

import com.google.protobuf.ByteString;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Requests as bytes, made a little ahead of their time by a thread of their own, so that building
 * networks delays none. Those that fit into {@link #KEPT_BYTES} are kept for the next turn.
 */
final class RequestQueue implements AutoCloseable {
  private static final long KEPT_BYTES = 64L << 20;
  private static final int AHEAD = 256;

  /** A request of the workload, and which one. */
  record Prepared(int index, ByteString bytes) {}

  private final BlockingQueue<Prepared> ahead = new ArrayBlockingQueue<>(AHEAD);
  private final Workload workload;
  private final Prepared[] kept;
  private final Thread thread;
  private long keptBytes;

  RequestQueue(Workload workload) {
    this.workload = workload;
    this.kept = new Prepared[workload.size()];
    this.thread = Thread.ofPlatform().name("load-requests").daemon().start(this::fill);
  }

  /** The next one; waits if there is none yet. */
  Prepared take() throws InterruptedException {
    return ahead.take();
  }

  private void fill() {
    try {
      for (int index = 0; ; index = (index + 1) % workload.size()) {
        ahead.put(prepared(index));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private Prepared prepared(int index) {
    Prepared before = kept[index];
    if (before != null) {
      return before;
    }
    Prepared made = new Prepared(index, workload.request(index).toByteString());
    if (keptBytes + made.bytes().size() <= KEPT_BYTES) {
      keptBytes += made.bytes().size();
      kept[index] = made;
    }
    return made;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
