package dev.ppe.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ppe.wire.Certificates;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose a call is, at its beginning and for as long as it lasts. */
class AuthenticatorTest {
  @TempDir private Path folder;
  private final AtomicLong clock = new AtomicLong();
  private final List<ClientIdentity> found = new ArrayList<>();
  private final List<String> taken = new ArrayList<>();
  private int edition;
  private KnownClients clients;

  @BeforeEach
  void readClients() throws Exception {
    list("search", 2);
    clients = new KnownClients(folder.resolve("clients.yaml"), clock::get);
  }

  /** One client with a token and a certificate, and so many requests a second. */
  private void list(String name, int quota) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest("token".getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        folder.resolve("clients.yaml"),
        "%s: {tokens: [%s], certificates: [search-a], requestsPerSecond: %d} # edition %d"
            .formatted(name, HexFormat.of().formatHex(hash), quota, ++edition));
  }

  private void listAgain(String name, int quota) throws Exception {
    list(name, quota);
    clients.file().poll();
  }

  /** A call of a stream, by a client that shows the token. */
  private ServerCall.Listener<String> streamByToken() {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer token");
    return start(Attributes.EMPTY, headers);
  }

  private ServerCall.Listener<String> streamByCertificate() throws Exception {
    Certificates issued = new Certificates.Authority("authority").issue("search-a");
    Certificate certificate =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(issued.certificate().getBytes(StandardCharsets.US_ASCII)));
    SSLSession session =
        (SSLSession)
            Proxy.newProxyInstance(
                SSLSession.class.getClassLoader(),
                new Class<?>[] {SSLSession.class},
                (proxy, method, arguments) -> new Certificate[] {certificate});
    return start(
        Attributes.newBuilder().set(Grpc.TRANSPORT_ATTR_SSL_SESSION, session).build(),
        new Metadata());
  }

  private ServerCall.Listener<String> start(Attributes connection, Metadata headers) {
    return new Authenticator(Optional.of(clients), found::add)
        .interceptCall(
            new Call(connection),
            headers,
            (call, metadata) ->
                new ServerCall.Listener<>() {
                  @Override
                  public void onMessage(String message) {
                    Quota.spend();
                    taken.add(message);
                  }
                });
  }

  private static Code refusal(ServerCall.Listener<String> call) {
    return catchThrowableOfType(StatusRuntimeException.class, () -> call.onMessage("refused"))
        .getStatus()
        .getCode();
  }

  @Test
  void aClientIsOneWhateverItShows() throws Exception {
    streamByToken();
    streamByCertificate();
    assertThat(found).hasSize(2).containsOnly(ClientIdentity.listed("search"));
    assertThat(found.getFirst()).isEqualTo(found.getLast());
    assertThat(found.getFirst()).isNotEqualTo(ClientIdentity.ofAddress("search"));
  }

  @Test
  void whoIsStruckOffSendsNoMoreInItsStreams() throws Exception {
    List<ServerCall.Listener<String>> calls = List.of(streamByToken(), streamByCertificate());
    calls.forEach(call -> call.onMessage("taken"));
    Files.writeString(
        folder.resolve("clients.yaml"), "search: {tokens: [" + "ab".repeat(32) + "]}");
    clients.file().poll();
    for (int again = 0; again < 2; again++) {
      assertThat(calls).extracting(AuthenticatorTest::refusal).containsOnly(Code.UNAUTHENTICATED);
    }
    assertThat(taken).containsExactly("taken", "taken");
  }

  @Test
  void whoGetsAnotherNameSendsNoMoreInItsStreams() throws Exception {
    ServerCall.Listener<String> call = streamByToken();
    listAgain("renamed", 2);
    assertThat(refusal(call)).isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void aQuotaThatChangesHoldsInStreamsThatAreOpen() throws Exception {
    ServerCall.Listener<String> call = streamByToken();
    call.onMessage("1");
    call.onMessage("2");
    assertThat(refusal(call)).isEqualTo(Code.RESOURCE_EXHAUSTED);
    listAgain("search", 1);
    call.onMessage("3");
    assertThat(refusal(call)).isEqualTo(Code.RESOURCE_EXHAUSTED);
    listAgain("search", 1); // nothing new: what is left of a quota stays
    assertThat(refusal(call)).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(taken).containsExactly("1", "2", "3");
  }

  /** A call of a method with streams in both directions, of which nobody hears anything. */
  private static final class Call extends ServerCall<String, String> {
    private final Attributes connection;

    Call(Attributes connection) {
      this.connection = connection;
    }

    @Override
    public Attributes getAttributes() {
      return connection;
    }

    @Override
    public MethodDescriptor<String, String> getMethodDescriptor() {
      return MethodDescriptor.newBuilder(new NoMarshaller(), new NoMarshaller())
          .setType(MethodType.BIDI_STREAMING)
          .setFullMethodName("service/method")
          .build();
    }

    @Override
    public void request(int messages) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(String message) {}

    @Override
    public void close(Status status, Metadata trailers) {}

    @Override
    public boolean isCancelled() {
      return false;
    }
  }

  private static final class NoMarshaller implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String value) {
      throw new UnsupportedOperationException("nothing is sent");
    }

    @Override
    public String parse(InputStream stream) {
      throw new UnsupportedOperationException("nothing comes");
    }
  }
}
