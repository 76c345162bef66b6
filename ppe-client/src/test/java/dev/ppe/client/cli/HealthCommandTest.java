package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.client.TestServer;
import dev.ppe.wire.Certificates;
import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A probe reads the exit code, a person the lines. */
class HealthCommandTest {
  @TempDir private Path folder;

  private final HealthStatusManager health = new HealthStatusManager();
  private final Server server;

  HealthCommandTest() throws IOException {
    server = start(InsecureServerCredentials.create(), health.getHealthService());
  }

  private static Server start(ServerCredentials credentials, BindableService service)
      throws IOException {
    return Grpc.newServerBuilderForPort(0, credentials).addService(service).build().start();
  }

  @AfterEach
  void close() {
    server.shutdownNow();
  }

  private String target() {
    return address(server);
  }

  private static String address(Server server) {
    return "127.0.0.1:" + server.getPort();
  }

  private static void says(Cli run, int exitCode, String... lines) {
    assertThat(run.lines()).containsExactly(lines);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(exitCode);
  }

  @Test
  void aNameThatOnlyAControlPlaneKnowsIsRefused() {
    Cli run = Cli.ppe("health", "--target", "xds:///ppe");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("ppe: xds:///ppe: only its control plane knows the replicas; name those to ask")
        .hasLineCount(1);
  }

  @Test
  void aServerThatServesIsReady() {
    says(Cli.ppe("health", "--target", target()), 0, target() + "  SERVING");
  }

  @Test
  void aServerThatEndsIsNot() {
    health.enterTerminalState();
    says(Cli.ppe("health", "--target", target()), 1, target() + "  NOT_SERVING");
  }

  @Test
  void aServiceHasAStateOfItsOwn() {
    health.setStatus("a.Service", ServingStatus.NOT_SERVING);
    says(
        Cli.ppe("health", "--target", target(), "--service", "a.Service"),
        1,
        target() + "  NOT_SERVING");
    says(
        Cli.ppe("health", "--target", target(), "--service", "b.Service"),
        1,
        target() + "  knows no service \"b.Service\"");
  }

  @Test
  void everyReplicaIsAskedAndOneThatIsGoneFailsThem() throws IOException {
    Server gone = start(InsecureServerCredentials.create(), health.getHealthService());
    String goneAddress = address(gone);
    gone.shutdownNow();
    Cli run = Cli.ppe("health", "--target", target() + "," + goneAddress);
    assertThat(run.lines())
        .hasSize(2)
        .contains(target() + "  SERVING")
        .element(1)
        .asString()
        .startsWith(goneAddress + "  Connection refused");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void allAddressesOfANameAreAsked() {
    Cli run = Cli.ppe("health", "--target", "dns:///127.0.0.1:" + server.getPort());
    says(run, 0, target() + "  SERVING");
    says(
        Cli.ppe("health", "--target", "dns:///no-such-host.invalid"),
        1,
        "no-such-host.invalid:50051  there is no host of that name");
  }

  @Test
  void aServerWithoutHealthChecksIsNamed() {
    try (TestServer other = TestServer.start()) {
      says(
          Cli.ppe("health", "--target", other.address()),
          1,
          other.address() + "  is a gRPC server without health checks");
    }
  }

  @Test
  void encryptedServersAreAskedEncrypted() throws IOException {
    Certificates.Authority authority = new Certificates.Authority("authority");
    Certificates own = authority.issue("server");
    Server encrypted =
        start(
            TlsServerCredentials.newBuilder()
                .keyManager(stream(own.certificate()), stream(own.key()))
                .build(),
            health.getHealthService());
    try {
      Path ca = Files.writeString(folder.resolve("ca.pem"), authority.certificate());
      says(
          Cli.ppe("health", "--target", address(encrypted), "--tls-ca", ca.toString()),
          0,
          address(encrypted) + "  SERVING");
      says(
          Cli.ppe("health", "--target", address(encrypted)),
          1,
          address(encrypted)
              + "  the server closed the connection; where it speaks TLS, give --tls or --tls-ca");
    } finally {
      encrypted.shutdownNow();
    }
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void whatCannotBeAskedIsAMistake() {
    assertThat(Cli.ppe("health", "--target", "host:x").exitCode()).isEqualTo(2);
    assertThat(Cli.ppe("health", "--tls-ca", "missing.pem"))
        .isEqualTo(new Cli(2, "", "ppe: missing.pem: no such file\n"));
  }
}
