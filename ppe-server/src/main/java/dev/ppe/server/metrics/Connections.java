package dev.ppe.server.metrics;

import io.grpc.Attributes;
import io.grpc.ServerTransportFilter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts connections. */
public final class Connections extends ServerTransportFilter {
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong total = new AtomicLong();

  @Override
  public Attributes transportReady(Attributes attributes) {
    open.incrementAndGet();
    total.incrementAndGet();
    return attributes;
  }

  @Override
  public void transportTerminated(Attributes attributes) {
    open.decrementAndGet();
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
