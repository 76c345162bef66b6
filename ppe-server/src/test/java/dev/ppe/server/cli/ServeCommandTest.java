package dev.ppe.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.v1.ListAcceleratorsRequest;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ServeCommandTest {
  private static final Pattern LISTENING =
      Pattern.compile("ppe serve: listening on 127\\.0\\.0\\.1:(\\d+), pid (\\d+), 1 workers");

  private final StringWriter err = new StringWriter();

  private int execute(String... arguments) {
    return new CommandLine(new ServeCommand())
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void theCommandIsFoundByServiceLoader() {
    ServiceLoader<?> commands = ServiceLoader.load(Callable.class);
    assertThat(commands.iterator()).toIterable().hasAtLeastOneElementOfType(ServeCommand.class);
  }

  @Test
  void aPortInUseIsOneLineAndExitCode1() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(execute("--port", "" + taken.getLocalPort())).isEqualTo(1);
      assertThat(err.toString().lines())
          .singleElement()
          .asString()
          .startsWith("ppe serve: cannot listen on 127.0.0.1:" + taken.getLocalPort())
          .contains("in use");
    }
  }

  @Test
  void mistakesAreOneLineAndExitCode2(@TempDir Path directory) throws IOException {
    assertThat(execute("--workers", "0")).isEqualTo(2);
    assertThat(execute("--host", "no.such.host.invalid")).isEqualTo(2);
    assertThat(execute("--host", "0.0.0.0")).isEqualTo(2);
    assertThat(execute("--tls-cert", "server.pem")).isEqualTo(2);
    assertThat(execute("--log-format", "xml")).isEqualTo(2);
    assertThat(execute("--config", directory.resolve("none.yaml").toString())).isEqualTo(2);
    Path file = Files.writeString(directory.resolve("server.yaml"), "prot: 1");
    assertThat(execute("--config", file.toString())).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(7).allMatch(line -> line.startsWith("ppe serve: "));
  }

  @Test
  void sigtermEndsTheProcessWithCode0() throws Exception {
    Process process = startProcess("--port", "0", "--workers", "1", "--no-reflection");
    try (BufferedReader log = process.errorReader()) {
      Matcher listening = LISTENING.matcher(log.readLine());
      assertThat(listening.matches()).isTrue();
      assertThat(listening.group(2)).isEqualTo("" + process.pid());
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", Integer.parseInt(listening.group(1)))
              .usePlaintext()
              .build();
      assertThat(
              PowerPerformanceEvaluationServiceGrpc.newBlockingStub(channel)
                  .listAccelerators(ListAcceleratorsRequest.getDefaultInstance())
                  .getAcceleratorsCount())
          .isPositive();
      process.toHandle().destroy(); // unlike the process's own, leaves its output readable
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      channel.shutdownNow();
      assertThat(process.exitValue()).isZero();
      assertThat(log.lines()).last().asString().endsWith("stopped: all calls were answered");
      assertThat(process.inputReader().lines()).isEmpty();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void linesAreJsonForTheAsking() throws Exception {
    Process process =
        startProcess(
            "--port", "0", "--workers", "1", "--warm-up-seconds", "0", "--log-format", "json");
    try (BufferedReader log = process.errorReader()) {
      assertThat(log.readLine()).startsWith("ppe serve: listening on ");
      process.toHandle().destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(log.lines().toList())
          .last()
          .asString()
          .matches("\\{\"time\":\".*\"message\":\"stopped: all calls were answered\"}");
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process startProcess(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 23) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // starts fast
    command.add("-Dlogback.configurationFile=logback.xml");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ServeCommandTest.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ServeCommand()).execute(arguments));
  }
}
