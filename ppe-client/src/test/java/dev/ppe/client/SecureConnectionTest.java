package dev.ppe.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ppe.client.ConnectionSecurity.Identity;
import dev.ppe.client.ConnectionSecurity.Tls;
import dev.ppe.wire.Certificates;
import io.grpc.ServerCredentials;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.TlsServerCredentials;
import io.grpc.TlsServerCredentials.ClientAuth;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encryption, and what somebody reads who has it wrong. */
class SecureConnectionTest {
  @TempDir private Path folder;

  private final Certificates.Authority authority = new Certificates.Authority("authority");
  private final Certificates.Authority other = new Certificates.Authority("other authority");

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static TlsServerCredentials.Builder identity(Certificates own) throws IOException {
    return TlsServerCredentials.newBuilder()
        .keyManager(stream(own.certificate()), stream(own.key()));
  }

  private ServerCredentials tls() throws IOException {
    return identity(authority.issue("server")).build();
  }

  private ServerCredentials mutualTls() throws IOException {
    return identity(authority.issue("server"))
        .trustManager(stream(authority.certificate()))
        .clientAuth(ClientAuth.REQUIRE)
        .build();
  }

  private ConnectionSecurity trusting(Certificates.Authority trusted) throws IOException {
    return trusting(trusted, Optional.empty());
  }

  private ConnectionSecurity trusting(Certificates.Authority trusted, Optional<Identity> own)
      throws IOException {
    Path file = Files.writeString(folder.resolve("ca.pem"), trusted.certificate());
    return new ConnectionSecurity(Optional.of(new Tls(Optional.of(file), own)), Optional.empty());
  }

  private Optional<Identity> own(Certificates certificates) {
    certificates.write(folder, "client");
    return Optional.of(new Identity(folder.resolve("client.pem"), folder.resolve("client.key")));
  }

  private static void answers(ServerCredentials server, ConnectionSecurity client) {
    try (TestServer running = TestServer.start(server);
        PpeClient connected = connect(running, client)) {
      assertThat(connected.listAccelerators().getAcceleratorsCount()).isPositive();
    }
  }

  private static PpeClient connect(TestServer server, ConnectionSecurity security) {
    return PpeClient.builder()
        .target(server.address())
        .security(security)
        .deadline(Duration.ofSeconds(30))
        .build();
  }

  private static void fails(TestServer running, ConnectionSecurity client, String reason) {
    try (running;
        PpeClient connected = connect(running, client)) {
      PpeException failure = catchThrowableOfType(PpeException.class, connected::listAccelerators);
      assertThat(failure.code()).isEqualTo(Code.UNAVAILABLE);
      assertThat(failure).hasMessage("no replica answers at " + running.address() + ": " + reason);
    }
  }

  @Test
  void aServerOfATrustedAuthorityIsSpokenTo() throws IOException {
    answers(tls(), trusting(authority));
    answers(mutualTls(), trusting(authority, own(authority.issue("client"))));
  }

  @Test
  void aServerOfAnotherAuthorityIsNot() throws IOException {
    fails(
        TestServer.start(tls()),
        trusting(other),
        "the server's certificate is not of an authority that is trusted; --tls-ca names one");
  }

  @Test
  void aServerForAnotherHostIsNot() throws IOException {
    Certificates elsewhere =
        authority.issue("server", "elsewhere.example", Instant.now().plusSeconds(60));
    fails(
        TestServer.start(identity(elsewhere).build()),
        trusting(authority),
        "the server's certificate is for another host");
  }

  @Test
  void aServerWhoseCertificateHasEndedIsNot() throws IOException {
    Certificates ended = authority.issue("server", "localhost", Instant.now().minusSeconds(60));
    fails(
        TestServer.start(identity(ended).build()),
        trusting(authority),
        "the server's certificate has ended or is not yet valid");
  }

  @Test
  void aServerInPlaintextIsNot() throws IOException {
    fails(
        TestServer.start(),
        trusting(authority),
        "the server does not speak TLS; leave out --tls and --tls-ca");
  }

  @Test
  void aServerThatIsEncryptedSaysSoToWhoIsNot() throws IOException {
    fails(
        TestServer.start(tls()),
        ConnectionSecurity.PLAINTEXT,
        "the server closed the connection; where it speaks TLS, give --tls or --tls-ca");
  }

  @Test
  void aServerThatWantsACertificateSaysSo() throws IOException {
    fails(
        TestServer.start(mutualTls()),
        trusting(authority),
        "the server wants a certificate of an authority that it trusts; --tls-cert and --tls-key"
            + " give one");
  }

  /** A server that names the authorities it trusts gets no other certificate at all. */
  @Test
  void aServerThatDoesNotTrustTheClientSaysSo() throws IOException {
    ConnectionSecurity stranger = trusting(authority, own(other.issue("client")));
    fails(
        TestServer.start(mutualTls()),
        stranger,
        "the server wants a certificate of an authority that it trusts; --tls-cert and --tls-key"
            + " give one");
    String alert = "error:10000416:SSL routines:OPENSSL_internal:SSLV3_ALERT_CERTIFICATE_UNKNOWN";
    assertThat(Unreachable.reason(Status.UNAVAILABLE.withCause(new IOException(alert)), true))
        .isEqualTo("the server does not accept the certificate of --tls-cert");
  }

  @Test
  void aTokenIsShownWithEveryCall() {
    AtomicReference<String> shown = new AtomicReference<>();
    try (TestServer server = TestServer.noting("authorization", shown::set);
        PpeClient client =
            connect(server, new ConnectionSecurity(Optional.empty(), Optional.of("abc.123")))) {
      client.listAccelerators();
      assertThat(shown).hasValue("Bearer abc.123");
    }
  }

  @Test
  void filesThatAreOfNoUseAreNamed() throws IOException {
    cannotBeUsed(Files.writeString(folder.resolve("none.pem"), ""), "holds no certificate");
    cannotBeUsed(Files.writeString(folder.resolve("bad.pem"), "x"), "is no file of PEM");
    cannotBeUsed(folder.resolve("missing.pem"), "no such file");
    cannotBeUsed(folder, "cannot be read");
    authority.issue("client").write(folder, "client");
    Files.writeString(folder.resolve("client.key"), "-----BEGIN EC PRIVATE KEY-----\n");
    Identity identity = new Identity(folder.resolve("client.pem"), folder.resolve("client.key"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connect(new Tls(Optional.empty(), Optional.of(identity))))
        .withMessageStartingWith(folder.resolve("client.key") + ": holds no PRIVATE KEY in PEM");
  }

  private static void cannotBeUsed(Path authorities, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connect(new Tls(Optional.of(authorities), Optional.empty())))
        .withMessageStartingWith(authorities + ": " + reason);
  }

  private static void connect(Tls tls) {
    ConnectionSecurity security = new ConnectionSecurity(Optional.of(tls), Optional.empty());
    PpeClient.builder().target("localhost:1").security(security).build().close();
  }
}
