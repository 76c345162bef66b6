package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.client.TestServer;
import dev.ppe.simulator.Interruption;
import dev.ppe.wire.Certificates;
import dev.ppe.wire.Estimator;
import dev.ppe.wire.LocalEstimator;
import dev.ppe.wire.ServiceLimits;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir private Path folder;

  private static Estimator ofVersion(String version) {
    LocalEstimator estimator = new LocalEstimator(ServiceLimits.DEFAULT);
    return (request, interruption) ->
        estimator.estimate(request, Interruption.NEVER).toBuilder()
            .setSimulatorVersion(version)
            .build();
  }

  private static String nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return "localhost:" + socket.getLocalPort();
    }
  }

  @Test
  void aMachineThatHasEverythingIsHealthy() {
    Cli run = Cli.ppe("doctor");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("ok     Java: ", "memory: ", "ok     estimate in this process: mobilenet_v1")
        .contains("port 50051: ")
        .doesNotContain("WRONG");
  }

  @Test
  void aServerThatAnswersIsHealthy() {
    try (TestServer server = TestServer.start()) {
      Cli run = Cli.ppe("doctor", "--target", server.address());
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).contains("ok     " + server.address() + ": ready, estimates in ");
    }
  }

  @Test
  void everyServerIsLookedAtWhateverTheOthersAre() throws IOException {
    String nobody = nobody();
    try (TestServer server = TestServer.start()) {
      Cli run = Cli.ppe("doctor", "--target", nobody + "," + server.address());
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out())
          .contains("WRONG  " + nobody + ": no replica answers at " + nobody)
          .contains("Connection refused")
          .contains("ok     " + server.address() + ": ready");
    }
  }

  @Test
  void everyAddressOfANameIsLookedAtUnderTheName() throws IOException {
    Certificates.Authority authority = new Certificates.Authority("authority");
    Path ca = Files.writeString(folder.resolve("ca.pem"), authority.certificate());
    // For a name alone, and not for its address: names are compared without regard to case.
    Certificates own = authority.issue("server", "LOCALHOST", Instant.now().plusSeconds(3600));
    own.write(folder, "server");
    ServerCredentials credentials =
        TlsServerCredentials.create(
            folder.resolve("server.pem").toFile(), folder.resolve("server.key").toFile());
    try (TestServer server = TestServer.start(credentials)) {
      String port = server.address().substring(server.address().indexOf(':'));
      Cli run = Cli.ppe("doctor", "--target", "dns:///localhost" + port, "--tls-ca", "" + ca);
      assertThat(run.out()).contains("ok     127.0.0.1" + port + ": ready");
      Cli unknown = Cli.ppe("doctor", "--target", "dns:///no-such-host.invalid:1");
      assertThat(unknown.exitCode()).isEqualTo(1);
      assertThat(unknown.out())
          .contains("WRONG  dns:///no-such-host.invalid:1: there is no host of that name");
    }
  }

  @Test
  void anotherVersionIsNotedAndTwoVersionsAreWrong() {
    try (TestServer older = TestServer.around(ofVersion("0.0.1"));
        TestServer current = TestServer.start()) {
      Cli one = Cli.ppe("doctor", "--target", older.address());
      assertThat(one.exitCode()).isZero();
      assertThat(one.out()).contains("note   " + older.address() + ": has simulator 0.0.1");
      Cli both = Cli.ppe("doctor", "--target", older.address() + "," + current.address());
      assertThat(both.exitCode()).isEqualTo(1);
      assertThat(both.out()).contains("WRONG  versions: simulators 0.0.1 and ");
    }
  }

  @Test
  void otherFiguresOfTheSameVersionAreWrong() {
    LocalEstimator estimator = new LocalEstimator(ServiceLimits.DEFAULT);
    Estimator other =
        (request, interruption) ->
            estimator.estimate(request, interruption).toBuilder().setCycles(1).build();
    try (TestServer server = TestServer.around(other)) {
      Cli run = Cli.ppe("doctor", "--target", server.address());
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).contains("other figures: it was built of other sources");
    }
  }
}
