package dev.ppe.server.security;

import io.grpc.Context;
import io.grpc.Contexts;
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
 * where it is taken in. Of a call that shows both, the token counts: the connection may be a
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
    Context context =
        clients.isPresent() ? listed(clients.get(), call, headers) : byConnection(call);
    context.run(() -> found.accept(ClientIdentity.current()));
    if (call.getMethodDescriptor().getType().clientSendsOneMessage()) {
      context.run(Quota::spend);
    }
    return Contexts.interceptCall(context, call, headers, next);
  }

  private static Context byConnection(ServerCall<?, ?> call) {
    return Context.current().withValue(ClientIdentity.KEY, ClientIdentity.of(call.getAttributes()));
  }

  private static Context listed(KnownClients clients, ServerCall<?, ?> call, Metadata headers) {
    return Optional.ofNullable(headers.get(AUTHORIZATION))
        .map(authorization -> byToken(clients, authorization))
        .orElseGet(() -> byCertificate(clients, ClientIdentity.of(call.getAttributes())));
  }

  private static Context byCertificate(KnownClients clients, ClientIdentity peer) {
    if (peer.proof() != ClientIdentity.Proof.CERTIFICATE) {
      throw unauthenticated("a token is wanted: metadata \"authorization: Bearer TOKEN\"");
    }
    return context(
        clients
            .ofCertificate(peer.name())
            .orElseThrow(
                () ->
                    unauthenticated(
                        "the certificate's name is not known, and there is no token:"
                            + " metadata \"authorization: Bearer TOKEN\"")),
        ClientIdentity.Proof.CERTIFICATE);
  }

  private static Context byToken(KnownClients clients, String authorization) {
    Matcher bearer = BEARER.matcher(authorization);
    if (!bearer.matches()) {
      throw unauthenticated("the metadata \"authorization\" is not of the form \"Bearer TOKEN\"");
    }
    return context(
        clients.find(bearer.group(1)).orElseThrow(() -> unauthenticated("the token is not known")),
        ClientIdentity.Proof.TOKEN);
  }

  private static Context context(KnownClients.Known client, ClientIdentity.Proof proof) {
    Context context =
        Context.current()
            .withValue(ClientIdentity.KEY, ClientIdentity.listed(proof, client.client().name()));
    return client.quota().map(quota -> context.withValue(Quota.KEY, quota)).orElse(context);
  }

  private static StatusRuntimeException unauthenticated(String reason) {
    return Status.UNAUTHENTICATED.withDescription(reason).asRuntimeException();
  }
}
