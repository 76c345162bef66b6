package dev.ppe.server.metrics;

import io.grpc.Attributes;
import io.grpc.ServerTransportFilter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts connections, from when calls can be made on them. gRPC tells of the end of those too that
 * ended before.
 */
public final class Connections extends ServerTransportFilter {
  private static final Attributes.Key<Boolean> COUNTED = Attributes.Key.create("counted");

  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong total = new AtomicLong();

  @Override
  public Attributes transportReady(Attributes attributes) {
    open.incrementAndGet();
    total.incrementAndGet();
    return attributes.toBuilder().set(COUNTED, true).build();
  }

  @Override
  public void transportTerminated(@Nullable Attributes attributes) {
    if (attributes != null && attributes.get(COUNTED) != null) {
      open.decrementAndGet();
    }
  }

  /** How many are open. */
  public int open() {
    return open.get();
  }

  /** How many there were since the start. */
  public long total() {
    return total.get();
  }
}
