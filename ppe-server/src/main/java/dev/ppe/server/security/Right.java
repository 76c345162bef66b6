package dev.ppe.server.security;

import dev.ppe.server.security.KnownClients.Known;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.function.Supplier;

/**
 * The right by which a call is made: what it shows, and whose that is by the file of clients as it
 * is now. A call may last for days, and its client may be struck off, or get another quota,
 * meanwhile.
 */
final class Right {
  /** That of the current call, where clients are listed. */
  static final Context.Key<Right> KEY = Context.key("ppe-right");

  /** What was found, in which edition of the file. */
  private record Found(int edition, Known client) {}

  private final KnownClients clients;
  private final Supplier<Known> search;
  private volatile Found found;

  /**
   * The right of a call that begins.
   *
   * @param search finds the client; throws UNAUTHENTICATED if there is none
   */
  Right(KnownClients clients, Supplier<Known> search) {
    this.clients = clients;
    this.search = search;
    this.found = find();
  }

  /**
   * The client, looked up again if the file has changed.
   *
   * @throws StatusRuntimeException UNAUTHENTICATED if it is not listed any more, or if another one
   *     has what the call shows
   */
  Known client() {
    Found last = found;
    if (last.edition() != clients.edition()) {
      Found next = find();
      if (!next.client().name().equals(last.client().name())) {
        throw Status.UNAUTHENTICATED
            .withDescription("what the call shows is another client's by now")
            .asRuntimeException();
      }
      found = next;
      return next.client();
    }
    return last.client();
  }

  /**
   * Goes on only while the client is listed.
   *
   * @throws StatusRuntimeException UNAUTHENTICATED if it is not
   */
  void require() {
    var unused = client();
  }

  private Found find() {
    int edition = clients.edition(); // first: what changes meanwhile is looked up once more
    return new Found(edition, search.get());
  }
}
