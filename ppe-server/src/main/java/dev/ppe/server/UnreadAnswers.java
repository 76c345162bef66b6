package dev.ppe.server;

import dev.ppe.server.security.ClientIdentity;
import io.grpc.StatusRuntimeException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How many bytes of answers lie about because their clients have not read them: in the transport's
 * buffers, and in streams that the transport takes no more from.
 *
 * <p>What bounds them is that clients with too much unread get no more. A client may leave as much
 * as is left free beside everybody's: one alone half of the limit, two a third each, and so on
 * (dynamic thresholds, Choudhury and Hahne 1998). So whoever comes next finds room, and whoever
 * reads is not refused because others do not. Only when so many clients leave something that twice
 * the limit is reached is everybody refused.
 */
final class UnreadAnswers {
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final long maxBytes;
  private final Map<ClientIdentity, Long> unread = new HashMap<>();
  private long total;

  /** Lets {@code maxBytes} lie about. */
  UnreadAnswers(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * The account of a call that begins.
   *
   * @throws StatusRuntimeException if its client is to read others' answers first
   */
  Account open() {
    ClientIdentity client = ClientIdentity.current();
    requireReader(client);
    return new Account(client);
  }

  /** Bytes of all clients. */
  synchronized long bytes() {
    return total;
  }

  private synchronized void requireReader(ClientIdentity client) {
    long own = unread.getOrDefault(client, 0L);
    if (own > 0 && own > maxBytes - total) {
      throw Refusals.overloaded(
          "%d bytes of answers wait for this client to read them".formatted(own), RETRY_NANOS);
    }
    if (total - maxBytes > maxBytes) {
      throw Refusals.overloaded(
          "%d bytes of answers wait to be read".formatted(total), RETRY_NANOS);
    }
  }

  private synchronized void addIfReader(ClientIdentity client, long bytes) {
    requireReader(client);
    add(client, bytes);
  }

  private synchronized void add(ClientIdentity client, long bytes) {
    total += bytes;
    unread.merge(client, bytes, Long::sum);
    unread.remove(client, 0L);
  }

  /** The answers of one call. Whatever it holds when it is closed is forgotten. */
  final class Account {
    private final ClientIdentity client;
    private long bytes;
    private boolean closed;

    private Account(ClientIdentity client) {
      this.client = client;
    }

    /**
     * One more request is about to be taken.
     *
     * @throws StatusRuntimeException if its client is to read answers first
     */
    void requireReader() {
      UnreadAnswers.this.requireReader(client);
    }

    /**
     * An answer of so many bytes is there.
     *
     * @throws StatusRuntimeException if its client is to read others first: it is not to be kept
     */
    synchronized void add(long size) {
      if (!closed) {
        addIfReader(client, size);
        bytes += size;
      }
    }

    /** The same of an answer that is sent whatever waits, such as that there is none. */
    synchronized void addInAnyCase(long size) {
      if (!closed) {
        UnreadAnswers.this.add(client, size);
        bytes += size;
      }
    }

    /** So many of them have been sent, or thrown away. */
    synchronized void release(long size) {
      if (!closed) {
        UnreadAnswers.this.add(client, -size);
        bytes -= size;
      }
    }

    /** The call is over: the transport has sent all, or thrown it away. */
    synchronized void close() {
      release(bytes);
      closed = true;
    }
  }
}
