package dev.ppe.nas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.foreign.katib.SuggestionGrpc;
import dev.ppe.foreign.katib.ValidateAlgorithmSettingsRequest;
import dev.ppe.nas.study.NasProcess;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ppe nas serve-suggestions} as a process, and its mistakes. */
class ServeSuggestionsCommandTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void itServesUntilItIsToldToEnd() throws Exception {
    Path log = folder.resolve("log");
    Process process = NasProcess.start(List.of("serve-suggestions", "--port=0"), log);
    try {
      int port = port(log, process);
      ManagedChannel channel =
          Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create()).build();
      try {
        assertThat(refusal(channel).getDescription()).contains("has no parameters");
      } finally {
        channel.shutdownNow();
      }
      process.destroy(); // SIGTERM
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static Status refusal(ManagedChannel channel) {
    try {
      throw new AssertionError(
          SuggestionGrpc.newBlockingStub(channel)
              .validateAlgorithmSettings(ValidateAlgorithmSettingsRequest.getDefaultInstance()));
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }

  private static int port(Path log, Process process) throws Exception {
    Pattern listening = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+), pid \\d+");
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      Matcher line = listening.matcher(Files.exists(log) ? Files.readString(log) : "");
      if (line.find()) {
        return Integer.parseInt(line.group(1));
      }
      assertThat(process.isAlive() && System.nanoTime() < end).as(line.toString()).isTrue();
      Thread.sleep(10);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--host=0.0.0.0|other machines reach 0.0.0.0: give --tls-cert and --tls-key, or --plaintext",
        "--port=65536|--port is 65536, must be 0 to 65535",
        "--tls-cert=c.pem|--tls-cert and --tls-key belong together",
        "--tls-cert=c.pem --tls-key=k.pem|c.pem: no such file",
        "--tls-cert=c.pem --tls-key=k.pem --plaintext|--plaintext and --tls-cert exclude each other"
      })
  void mistakesAreSaidInALine(String arguments, String message) {
    String[] all = ("serve-suggestions " + arguments).split(" ", -1);
    Nas nas = Nas.run(all);
    assertThat(nas.exitCode()).isEqualTo(2);
    assertThat(nas.err()).startsWith("ppe: ").contains(message).hasLineCount(1);
  }
}
