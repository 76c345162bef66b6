package dev.ppe.server;

import dev.ppe.server.security.ClientIdentity;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How many bytes of answers lie in the transport's buffers because their clients have not read
 * them. One answer a call is always handed over, so what bounds them is that clients with too much
 * unread get no more: once all clients together leave more than a number of bytes unread, those
 * that leave at least their equal share of it are refused. Whoever reads is not.
 *
 * <p>A stream needs none of this: it takes no more requests than answers that were read.
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
   * The answer of a call that begins.
   *
   * @throws StatusRuntimeException if its client is to read others first
   */
  Answer begin(ServerCallStreamObserver<?> call) {
    ClientIdentity client = ClientIdentity.current();
    requireReader(client);
    Answer answer = new Answer(client);
    call.setOnCloseHandler(answer::gone);
    call.setOnCancelHandler(answer::gone);
    return answer;
  }

  /** Bytes of all clients. */
  synchronized long bytes() {
    return total;
  }

  private synchronized void requireReader(ClientIdentity client) {
    long own = unread.getOrDefault(client, 0L);
    if (total > maxBytes && own >= total / unread.size()) {
      throw Refusals.overloaded(
          "%d bytes of answers wait for this client to read them".formatted(own), RETRY_NANOS);
    }
  }

  private synchronized void add(ClientIdentity client, long bytes) {
    total += bytes;
    unread.merge(client, bytes, Long::sum);
    unread.remove(client, 0L);
  }

  /** The answer of one call. */
  final class Answer {
    private final ClientIdentity client;
    private long bytes;
    private boolean gone;

    private Answer(ClientIdentity client) {
      this.client = client;
    }

    /** It is about to be handed to the transport. */
    synchronized void handOver(long size) {
      if (!gone) {
        bytes = size;
        add(client, bytes);
      }
    }

    /** The transport has sent it, or thrown it away. */
    private synchronized void gone() {
      if (!gone) {
        gone = true;
        add(client, -bytes);
      }
    }
  }
}
