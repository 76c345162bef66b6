package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.client.ConnectionSecurity;
import dev.ppe.client.Target;
import dev.ppe.client.TestServer;
import dev.ppe.wire.Certificates;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class SecurityOptionsTest {
  @TempDir private Path folder;

  private final Certificates.Authority authority = new Certificates.Authority("authority");

  private static ConnectionSecurity security(
      String target, Map<String, String> environment, String... arguments) {
    SecurityOptions options = new SecurityOptions();
    CommandSpec spec = CommandSpec.create();
    spec.addMixin("security", CommandSpec.forAnnotatedObject(options));
    new CommandLine(spec).parseArgs(arguments);
    return options.forTarget(Target.parse(target), environment);
  }

  private String token(String content) throws IOException {
    return Files.writeString(folder.resolve("token"), content).toString();
  }

  @Test
  void nothingGivenIsPlaintext() {
    assertThat(security("host:1", Map.of())).isEqualTo(ConnectionSecurity.PLAINTEXT);
  }

  @Test
  void theFileOfATokenGoesBeforeTheVariable() throws IOException {
    Map<String, String> environment = Map.of("PPE_TOKEN", "fromVariable");
    assertThat(security("localhost", environment).token()).contains("fromVariable");
    assertThat(security("localhost", environment, "--token-file", token("fromFile\n")).token())
        .contains("fromFile");
    assertThat(security("localhost", Map.of("PPE_TOKEN", "")).token()).isEmpty();
  }

  @Test
  void aTokenIsNotSentUnencryptedToOtherMachines() {
    Map<String, String> token = Map.of("PPE_TOKEN", "abc");
    for (String target : new String[] {"host", "localhost,host", "dns:///localhost.example"}) {
      assertThatThrownBy(() -> security(target, token))
          .isInstanceOf(UsageException.class)
          .hasMessageStartingWith("a token is not sent unencrypted to other machines: give --tls");
      assertThat(security(target, token, "--tls").token()).contains("abc");
      assertThat(security(target, token, "--insecure-token").token()).contains("abc");
    }
    assertThat(security("localhost:1,127.0.0.1:2,[::1]:3", token).token()).contains("abc");
  }

  @Test
  void whatIsNoTokenIsNotQuoted() throws IOException {
    String file = token("two words");
    assertThatThrownBy(() -> security("localhost", Map.of(), "--token-file", file))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--token-file " + file + ": is no token")
        .hasMessageNotContaining("words");
  }

  @Test
  void aCertificateNeedsItsKey() {
    assertThatThrownBy(() -> security("host", Map.of(), "--tls-cert", "a.pem"))
        .hasMessage("--tls-cert and --tls-key belong together");
  }

  @Test
  void withoutServersTheOptionsMeanNothing() {
    Cli run = Cli.ppe("accelerators", "--tls");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("ppe: --tls, --tls-ca, --tls-cert and --tls-key need --target%n".formatted());
    assertThat(Cli.ppe("estimate", "mobilenet_v2", "--token-file", "x").err())
        .isEqualTo("ppe: --token-file and --insecure-token need --target%n".formatted());
  }

  @Test
  void anEncryptedServerAnswersTheSame() throws IOException {
    Certificates own = authority.issue("server");
    ServerCredentials tls =
        TlsServerCredentials.create(
            new ByteArrayInputStream(own.certificate().getBytes(StandardCharsets.US_ASCII)),
            new ByteArrayInputStream(own.key().getBytes(StandardCharsets.US_ASCII)));
    String ca = Files.writeString(folder.resolve("ca.pem"), authority.certificate()).toString();
    try (TestServer server = TestServer.start(tls)) {
      assertThat(Cli.ppe("estimate", "mobilenet_v2", "--target", server.address(), "--tls-ca", ca))
          .isEqualTo(Cli.ppe("estimate", "mobilenet_v2"));
      Cli plaintext = Cli.ppe("estimate", "mobilenet_v2", "--target", server.address());
      assertThat(plaintext.exitCode()).isEqualTo(1);
      assertThat(plaintext.err())
          .isEqualTo(
              "ppe: mobilenet_v2: no replica answers at %s: the server closed the connection; where it speaks TLS, give --tls or --tls-ca%n"
                  .formatted(server.address()));
    }
  }

  @Test
  void theTokenInAFileIsShown() throws IOException {
    AtomicReference<String> shown = new AtomicReference<>();
    try (TestServer server = TestServer.noting("authorization", shown::set)) {
      Cli run =
          Cli.ppe("accelerators", "--target", server.address(), "--token-file", token("abc\n"));
      assertThat(run.exitCode()).isZero();
      assertThat(shown).hasValue("Bearer abc");
    }
  }

  @Test
  void aFileThatIsOfNoUseEndsTheRun() {
    Cli run = Cli.ppe("accelerators", "--target", "localhost:1", "--tls-ca", folder + "/none.pem");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("ppe: %s/none.pem: no such file%n".formatted(folder));
  }
}
