package dev.ppe.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ppe.v1.ListAcceleratorsRequest;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import dev.ppe.wire.Certificates;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server as nobody, where nothing at all can be written: every file system is mounted read-only,
 * in a mount namespace of the server's own. Skipped where that takes rights that the test has not.
 */
class ReadOnlyFileSystemTest {
  private static final Pattern LISTENING =
      Pattern.compile("ppe serve: listening on 127\\.0\\.0\\.1:(\\d+), .*");

  /** Fails unless the user is nobody and finds no place to write to. */
  private static final String SEALED =
      """
      mount --make-rprivate / &&
      while read -r _ point _; do
        mount -o remount,bind,ro "$(printf '%b' "$point")" 2>/dev/null
      done </proc/self/mounts
      exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs -- sh -c '
        for folder in /tmp /var/tmp /dev/shm "$PWD"; do
          if touch "$folder/ppe-probe" 2>/dev/null; then echo "$folder can be written to"; exit 1; fi
        done
        [ "$(id -u)" != 0 ] || exit 1
        exec "$@"' sh "$@"
      """;

  @TempDir private Path folder;

  private static List<String> sealed(List<String> command) {
    List<String> whole = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", SEALED, "sh"));
    whole.addAll(command);
    return whole;
  }

  private static boolean canSeal() {
    try {
      Process probe = new ProcessBuilder(sealed(List.of("true"))).redirectErrorStream(true).start();
      return probe.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Jars and classes may lie where nobody but the user can read. */
  private String readableClassPath() throws IOException {
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path source = Path.of(entry);
      if (Files.exists(source)) {
        Path copy = folder.resolve(copies.size() + "-" + source.getFileName());
        copy(source, copy);
        copies.add(copy.toString());
      }
    }
    return String.join(File.pathSeparator, copies);
  }

  private static void copy(Path source, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Path copy = target.resolve(source.relativize(file).toString());
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private void openToReaders() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        boolean isFolder = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
        Files.setPosixFilePermissions(
            file, PosixFilePermissions.fromString(isFolder ? "rwxr-xr-x" : "rw-r--r--"));
      }
    }
  }

  @Test
  void aServerNeedsNoPlaceToWriteTo() throws Exception {
    assumeTrue(canSeal(), "mount namespaces need rights that this test does not have");
    Certificates.Authority authority = new Certificates.Authority("authority");
    authority.issue("server").write(folder, "server");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Dlogback.configurationFile=logback.xml", "-Xlog:disable"));
    command.addAll(List.of("-XX:+DisplayVMOutputToStderr", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // starts fast
    if (Runtime.version().feature() >= 23) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(List.of("-cp", readableClassPath(), ServeCommandTest.class.getName()));
    command.addAll(List.of("--port", "0", "--warm-up-seconds", "0", "--admin-port", "0"));
    command.addAll(List.of("--tls-cert", folder.resolve("server.pem").toString()));
    command.addAll(List.of("--tls-key", folder.resolve("server.key").toString()));
    openToReaders();
    Process process = new ProcessBuilder(sealed(command)).directory(folder.toFile()).start();
    try (BufferedReader log = process.errorReader()) {
      String line = String.valueOf(log.readLine());
      Matcher listening = LISTENING.matcher(line);
      assertThat(listening.matches()).as(line).isTrue();
      assertThat(accelerators(Integer.parseInt(listening.group(1)), authority)).isPositive();
      process.toHandle().destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(log.lines().toList())
          .noneMatch(later -> later.contains("WARN") || later.contains("ERROR"))
          .last()
          .asString()
          .endsWith("stopped: all calls were answered");
    } finally {
      process.destroyForcibly();
    }
  }

  private static int accelerators(int port, Certificates.Authority authority) throws IOException {
    byte[] certificate = authority.certificate().getBytes(StandardCharsets.US_ASCII);
    ManagedChannel channel =
        Grpc.newChannelBuilder(
                "localhost:" + port,
                TlsChannelCredentials.newBuilder()
                    .trustManager(new ByteArrayInputStream(certificate))
                    .build())
            .build();
    try {
      return PowerPerformanceEvaluationServiceGrpc.newBlockingStub(channel)
          .withDeadlineAfter(60, TimeUnit.SECONDS)
          .listAccelerators(ListAcceleratorsRequest.getDefaultInstance())
          .getAcceleratorsCount();
    } finally {
      channel.shutdownNow();
    }
  }
}
