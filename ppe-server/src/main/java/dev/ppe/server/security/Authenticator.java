package dev.ppe.server.security;

import dev.ppe.server.security.KnownClients.Known;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out who is calling. Where clients are listed, a call that shows neither a token nor a
 * certificate of one of them fails with UNAUTHENTICATED, before its message is read; a call of one
 * message counts against the client's quota at the same point. Streams count each of their messages
 * where it is taken in, and end with UNAUTHENTICATED at the first one that comes when their client
 * is not listed any more. Of a call that shows both, the token counts: the connection may be a
 * proxy's.
 *
 * <p>Throws its refusals: the interceptor around it closes the call.
 */
public final class Authenticator implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  /** RFC 6750; the scheme's name in any case, as RFC 9110 has it. */
  private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +([A-Za-z0-9._~+/-]+=*)");

  private final Optional<KnownClients> clients;

  private final Consumer<ClientIdentity> found;

  /**
   * Asks for tokens or certificates if {@code clients} are given.
   *
   * @param found told whose the current call is, before its quota is looked at
   */
  public Authenticator(Optional<KnownClients> clients, Consumer<ClientIdentity> found) {
    this.clients = clients;
    this.found = found;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (clients.isEmpty()) {
      Context context = identified(ClientIdentity.of(call.getAttributes()));
      return Contexts.interceptCall(context, call, headers, next);
    }
    Right right = right(clients.get(), ClientIdentity.of(call.getAttributes()), headers);
    Context context =
        identified(ClientIdentity.listed(right.client().name())).withValue(Right.KEY, right);
    boolean oneMessage = call.getMethodDescriptor().getType().clientSendsOneMessage();
    if (oneMessage) {
      context.run(Quota::spend);
    }
    ServerCall.Listener<Q> listener = Contexts.interceptCall(context, call, headers, next);
    return oneMessage ? listener : new AskedAgain<>(listener, right);
  }

  private Context identified(ClientIdentity client) {
    found.accept(client);
    return Context.current().withValue(ClientIdentity.KEY, client);
  }

  /** Whether its client is still listed is asked again with each message of a stream. */
  private static final class AskedAgain<Q> extends SimpleForwardingServerCallListener<Q> {
    private final Right right;

    AskedAgain(ServerCall.Listener<Q> listener, Right right) {
      super(listener);
      this.right = right;
    }

    @Override
    public void onMessage(Q message) {
      right.require();
      super.onMessage(message);
    }
  }

  private static Right right(KnownClients clients, ClientIdentity peer, Metadata headers) {
    String authorization = headers.get(AUTHORIZATION);
    return authorization == null
        ? new Right(clients, () -> byCertificate(clients, peer))
        : new Right(clients, () -> byToken(clients, authorization));
  }

  private static Known byCertificate(KnownClients clients, ClientIdentity peer) {
    if (peer.proof() != ClientIdentity.Proof.CERTIFICATE) {
      throw unauthenticated("a token is wanted: metadata \"authorization: Bearer TOKEN\"");
    }
    return clients
        .ofCertificate(peer.name())
        .orElseThrow(
            () ->
                unauthenticated(
                    "the certificate's name is not known, and there is no token:"
                        + " metadata \"authorization: Bearer TOKEN\""));
  }

  private static Known byToken(KnownClients clients, String authorization) {
    Matcher bearer = BEARER.matcher(authorization);
    if (!bearer.matches()) {
      throw unauthenticated("the metadata \"authorization\" is not of the form \"Bearer TOKEN\"");
    }
    return clients
        .find(bearer.group(1))
        .orElseThrow(() -> unauthenticated("the token is not known"));
  }

  private static StatusRuntimeException unauthenticated(String reason) {
    return Status.UNAUTHENTICATED.withDescription(reason).asRuntimeException();
  }
}
