package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ppe.v1.ListAcceleratorsRequest;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import dev.ppe.wire.Certificates;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.TlsChannelCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encryption, client certificates, and their replacement while the server runs. */
class TlsTest {
  @TempDir private Path folder;

  private final Certificates.Authority authority = new Certificates.Authority("authority");
  private final Certificates.Authority other = new Certificates.Authority("other authority");

  private Map<String, Object> tls() {
    authority.issue("server").write(folder, "server");
    return new HashMap<>(
        Map.of(
            "tls.certificate",
            folder.resolve("server.pem").toString(),
            "tls.key",
            folder.resolve("server.key").toString(),
            "reloadSeconds",
            1));
  }

  private Map<String, Object> mutualTls() throws IOException {
    Map<String, Object> fields = tls();
    replace("clients.pem", authority.certificate());
    fields.put("tls.clientAuthorities", folder.resolve("clients.pem").toString());
    return fields;
  }

  /** By renaming, as tools do that replace certificates. */
  private void replace(String name, String content) throws IOException {
    Path written = Files.writeString(folder.resolve(name + ".new"), content);
    Files.move(written, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static ChannelCredentials trusting(Certificates.Authority trusted) throws IOException {
    return TlsChannelCredentials.newBuilder().trustManager(stream(trusted.certificate())).build();
  }

  private static ChannelCredentials trusting(Certificates.Authority trusted, Certificates own)
      throws IOException {
    return TlsChannelCredentials.newBuilder()
        .trustManager(stream(trusted.certificate()))
        .keyManager(stream(own.certificate()), stream(own.key()))
        .build();
  }

  /** The status of a call on a connection of its own. */
  private static Status call(Loopback loopback, ChannelCredentials credentials) {
    ManagedChannel channel =
        Grpc.newChannelBuilder("localhost:" + loopback.server.address().getPort(), credentials)
            .build();
    try {
      PowerPerformanceEvaluationServiceGrpc.newBlockingStub(channel)
          .withDeadlineAfter(30, TimeUnit.SECONDS)
          .listAccelerators(ListAcceleratorsRequest.getDefaultInstance());
      return Status.OK;
    } catch (RuntimeException e) {
      return Status.fromThrowable(e);
    } finally {
      channel.shutdownNow();
    }
  }

  private static void awaitCode(Loopback loopback, ChannelCredentials credentials, Code code)
      throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    Status status = call(loopback, credentials);
    while (status.getCode() != code && System.nanoTime() < end) {
      Thread.sleep(50);
      status = call(loopback, credentials);
    }
    assertThat(status.getCode()).isEqualTo(code);
  }

  @Test
  void callsAreEncryptedForThoseWhoTrustTheAuthority() throws Exception {
    try (Loopback loopback = Loopback.start(tls())) {
      assertThat(call(loopback, trusting(authority)).getCode()).isEqualTo(Code.OK);
      assertThat(call(loopback, trusting(other)).getCode()).isEqualTo(Code.UNAVAILABLE);
      assertThat(
              Status.fromThrowable(
                      catchThrowable(() -> loopback.blocking().estimate(Requests.small())))
                  .getCode())
          .isEqualTo(Code.UNAVAILABLE); // in plaintext
    }
  }

  @Test
  void whatArrivesCountsFromTheFirstFrameOn() throws Exception {
    Map<String, Object> fields = tls();
    fields.put("connections.maxArrivingBytes", 200); // an empty request counts with more than half
    try (Loopback loopback = Loopback.start(fields)) {
      for (int i = 0; i < 5; i++) {
        assertThat(call(loopback, trusting(authority)).getCode())
            .isEqualTo(Code.RESOURCE_EXHAUSTED);
      }
    }
  }

  @Test
  void mutualTlsLetsInWhoHasACertificateOfTheAuthorityAndKnowsItsName() throws Exception {
    Map<String, Object> fields = mutualTls();
    fields.putAll(Map.of("admin.enabled", true, "admin.port", 0, "log.slowRequestMillis", 0));
    try (Loopback loopback = Loopback.start(fields)) {
      assertThat(call(loopback, trusting(authority)).getCode()).isEqualTo(Code.UNAVAILABLE);
      assertThat(call(loopback, trusting(authority, other.issue("stranger"))).getCode())
          .isEqualTo(Code.UNAVAILABLE);
      ManagedChannel channel =
          Grpc.newChannelBuilder(
                  "localhost:" + loopback.server.address().getPort(),
                  trusting(authority, authority.issue("search-a")))
              .build();
      PowerPerformanceEvaluationServiceGrpc.newBlockingStub(channel).estimate(Requests.small());
      channel.shutdownNow();
      assertThat(AdminClient.of(loopback.server).get("/").body())
          .contains("<td>search-a</td><td>Estimate</td>");
    }
  }

  private Map<String, Object> mutualTlsWithClients(String clients) throws IOException {
    Map<String, Object> fields = mutualTls();
    replace("clients.yaml", clients);
    fields.put("clientsFile", folder.resolve("clients.yaml").toString());
    return fields;
  }

  @Test
  void aQuotaHoldsForAllCertificatesOfAListedClient() throws Exception {
    Map<String, Object> fields =
        mutualTlsWithClients(
            "search: {certificates: [search-a, search-b], requestsPerSecond: 1, burst: 2}");
    fields.putAll(Map.of("admin.enabled", true, "admin.port", 0));
    try (Loopback loopback = Loopback.start(fields)) {
      ChannelCredentials one = trusting(authority, authority.issue("search-a"));
      ChannelCredentials two = trusting(authority, authority.issue("search-b"));
      List<Status> statuses = new ArrayList<>();
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (statuses.stream().allMatch(Status::isOk) && System.nanoTime() < end) {
        statuses.add(call(loopback, one)); // more often than once a second, sooner or later
        statuses.add(call(loopback, two));
      }
      Status refused = statuses.stream().filter(s -> !s.isOk()).findFirst().orElseThrow();
      assertThat(statuses).hasSizeGreaterThanOrEqualTo(2);
      assertThat(statuses.getFirst().isOk()).isTrue();
      assertThat(refused.getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
      assertThat(refused.getDescription())
          .isEqualTo("client \"search\" is over its quota of 1 requests a second");
      assertThat(AdminClient.of(loopback.server).metrics())
          .contains("ppe_client_requests_total{client=\"search\",code=\"OK\"}");
    }
  }

  @Test
  void whereClientsAreListedACertificateThatNobodyListsNeedsAToken() throws Exception {
    Map<String, Object> fields =
        mutualTlsWithClients(
            "search: {certificates: [search-a]}\nother: {tokens: [" + "ab".repeat(32) + "]}");
    try (Loopback loopback = Loopback.start(fields)) {
      Status known = call(loopback, trusting(authority, authority.issue("search-a")));
      Status unknown = call(loopback, trusting(authority, authority.issue("somebody")));
      assertThat(known.getCode()).isEqualTo(Code.OK);
      assertThat(unknown.getCode()).isEqualTo(Code.UNAUTHENTICATED);
      assertThat(unknown.getDescription())
          .contains("the certificate's name is not known", "Bearer TOKEN");
    }
  }

  @Test
  void aReplacedCertificateIsShownToNewConnectionsAndOldOnesLiveOn() throws Exception {
    try (Loopback loopback = Loopback.start(tls())) {
      ManagedChannel old =
          Grpc.newChannelBuilder(
                  "localhost:" + loopback.server.address().getPort(), trusting(authority))
              .build();
      var stub = PowerPerformanceEvaluationServiceGrpc.newBlockingStub(old);
      stub.estimate(Requests.small());
      Certificates next = other.issue("server");
      replace("server.pem", next.certificate());
      replace("server.key", next.key());
      awaitCode(loopback, trusting(other), Code.OK);
      assertThat(call(loopback, trusting(authority)).getCode()).isEqualTo(Code.UNAVAILABLE);
      assertThat(stub.estimate(Requests.small()).getLatencyUs()).isPositive();
      old.shutdownNow();
    }
  }

  @Test
  void theAuthoritiesOfClientsAreReplacedToo() throws Exception {
    try (Loopback loopback = Loopback.start(mutualTls())) {
      ChannelCredentials newcomer = trusting(authority, other.issue("newcomer"));
      assertThat(call(loopback, newcomer).getCode()).isEqualTo(Code.UNAVAILABLE);
      replace("clients.pem", authority.certificate() + other.certificate());
      awaitCode(loopback, newcomer, Code.OK);
      replace("clients.pem", authority.certificate());
      awaitCode(loopback, newcomer, Code.UNAVAILABLE);
    }
  }

  @Test
  void whatIsBrokenReplacesNothing() throws Exception {
    Map<String, Object> fields = tls();
    fields.put("admin.enabled", true);
    fields.put("admin.port", 0);
    try (Loopback loopback = Loopback.start(fields)) {
      replace("server.pem", other.issue("server").certificate()); // with the former key
      AdminClient admin = AdminClient.of(loopback.server);
      admin.awaitMetric("ppe_reload_failures_total", failures -> failures > 0);
      assertThat(call(loopback, trusting(authority)).getCode()).isEqualTo(Code.OK);
    }
  }

  private void cannotStart(Map<String, Object> fields, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Loopback.start(fields).close())
        .withMessageContaining(reason);
  }

  @Test
  void filesThatAreOfNoUseAreNamed() throws Exception {
    Map<String, Object> fields = tls();
    Certificates stranger = other.issue("server");
    replace("server.key", stranger.key());
    cannotStart(fields, "server.key: is not the key of the first certificate in ");
    replace("server.key", "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
    cannotStart(fields, "must be a PRIVATE KEY without password: openssl pkcs8 -topk8 -nocrypt");
    replace("server.key", stranger.certificate());
    cannotStart(fields, "server.key: holds no PEM private key");
    replace("server.key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    cannotStart(fields, "server.key: is no private key of the kind that the certificate has (EC)");
    replace("server.pem", "no certificate");
    cannotStart(fields, "server.pem: ");
    replace("server.pem", "");
    cannotStart(fields, "server.pem: holds no certificate");
    Files.delete(folder.resolve("server.pem"));
    cannotStart(fields, "there is no file " + folder.resolve("server.pem"));
  }

  @Test
  void otherMachinesAreNotServedInPlaintextUnlessThatIsAskedFor() throws Exception {
    cannotStart(Map.of("host", "0.0.0.0"), "host is 0.0.0.0, which other machines reach: give tls");
    try (Loopback loopback = Loopback.start(Map.of("host", "0.0.0.0", "plaintext", true))) {
      assertThat(loopback.server.address().getPort()).isPositive();
    }
    Map<String, Object> fields = tls();
    fields.put("host", "0.0.0.0");
    try (Loopback loopback = Loopback.start(fields)) {
      assertThat(call(loopback, trusting(authority)).getCode()).isEqualTo(Code.OK);
    }
  }

  @Test
  void aCertificateThatHasEndedIsNotTrusted() throws Exception {
    Map<String, Object> fields = tls();
    authority.issue("server", "localhost", Instant.now().minusSeconds(60)).write(folder, "server");
    try (Loopback loopback = Loopback.start(fields)) {
      assertThat(call(loopback, trusting(authority)).getCode()).isEqualTo(Code.UNAVAILABLE);
    }
  }
}
