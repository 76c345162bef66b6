package dev.ppe.server.connection;

import dev.ppe.server.security.ClientIdentity;
import java.util.HashMap;
import java.util.Map;

/**
 * How many bytes lie about of requests that have begun to arrive, and have not been taken by
 * whoever answers them. They are outside of the heap: what has no room there takes connections with
 * it, whosesoever they are.
 *
 * <p>A client may have as many as are left free beside everybody's: one alone half of the limit,
 * two a third each, and so on (dynamic thresholds, Choudhury and Hahne 1998). So whoever comes next
 * finds room, and all together never reach the limit by more than each client's last frame. A
 * client that has more gives up the call that has most. What that holds counts until it is thrown
 * away; meanwhile nothing else of its client has to go for it.
 */
final class ArrivingBytes {
  private final long most;
  private final Map<ClientIdentity, Long> arriving = new HashMap<>();

  /** What of that is held by calls that are being ended. */
  private final Map<ClientIdentity, Long> leaving = new HashMap<>();

  private long total;

  /** Lets {@code most} bytes lie about. */
  ArrivingBytes(long most) {
    this.most = most;
  }

  /** More have come. Returns whether their client may go on; else it has to give some up. */
  synchronized boolean add(ClientIdentity client, long bytes) {
    total += bytes;
    long own = arriving.merge(client, bytes, Long::sum) - leaving.getOrDefault(client, 0L);
    return own <= most - total;
  }

  /** So many of those that have come are of a call that is being ended. */
  synchronized void leave(ClientIdentity client, long bytes) {
    leaving.merge(client, bytes, Long::sum);
  }

  /** So many of these are thrown away. */
  synchronized void left(ClientIdentity client, long bytes) {
    leaving.merge(client, -bytes, Long::sum);
    leaving.remove(client, 0L);
    release(client, bytes);
  }

  /** So many have been taken, or thrown away. */
  synchronized void release(ClientIdentity client, long bytes) {
    if (bytes > 0) {
      total -= bytes;
      arriving.merge(client, -bytes, Long::sum);
      arriving.remove(client, 0L);
    }
  }

  /** Bytes of all clients. */
  synchronized long bytes() {
    return total;
  }

  /** How many there may be. */
  long most() {
    return most;
  }
}
