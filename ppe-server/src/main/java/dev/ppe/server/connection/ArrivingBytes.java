package dev.ppe.server.connection;

import dev.ppe.server.security.ClientIdentity;
import java.util.HashMap;
import java.util.Map;

/**
 * How many bytes lie about of requests that have begun to arrive, and are held for whoever answers
 * them. They are outside of the heap, where what has no room takes connections with it, whosesoever
 * they are; what is unpacked is in the heap, whose end is the server's.
 *
 * <p>A client may have as many as are left free beside everybody's: one alone half of the limit,
 * two a third each, and so on (dynamic thresholds, Choudhury and Hahne 1998). So whoever comes next
 * finds room, and all together never reach the limit by more than each client's last frame.
 */
final class ArrivingBytes {
  private final long most;
  private final Map<ClientIdentity, Long> arriving = new HashMap<>();
  private long total;

  /** Lets {@code most} bytes lie about. */
  ArrivingBytes(long most) {
    this.most = most;
  }

  /** More have come. Returns whether their client may go on; else it has to give some up. */
  synchronized boolean add(ClientIdentity client, long bytes) {
    total += bytes;
    long own = arriving.merge(client, bytes, Long::sum);
    arriving.remove(client, 0L);
    return own <= most - total;
  }

  /** Whether a client may have so many if that is all, and no other client has any. */
  boolean mayHave(long bytes) {
    return bytes <= most - bytes;
  }

  /** So many have been taken, or thrown away. */
  synchronized void release(ClientIdentity client, long bytes) {
    if (bytes > 0) {
      total -= bytes;
      arriving.merge(client, -bytes, Long::sum);
      arriving.remove(client, 0L);
    }
  }

  /** How many clients have any. */
  synchronized int clients() {
    return arriving.size();
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
