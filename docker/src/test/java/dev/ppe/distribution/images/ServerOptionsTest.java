package dev.ppe.distribution.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JVM's options of a server, as bin/ppe and the image start it. */
class ServerOptionsTest {
  private static final String END_WHEN_FULL = "-XX:+ExitOnOutOfMemoryError";

  @TempDir private Path folder;

  /** What bin/ppe gives to the runtime beside it, here a program that says so. */
  private List<String> given(String command) throws Exception {
    copy(Path.of("src/main/distribution/bin/ppe"), "bin/ppe");
    copy(Path.of("../.mvn/find-java.sh"), "lib/find-java.sh");
    write("runtime/release", "JAVA_VERSION=\"25\"\n");
    write("runtime/bin/java", "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    Process process = new ProcessBuilder(folder.resolve("bin/ppe").toString(), command).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output.lines().toList();
  }

  private void copy(Path file, String name) throws IOException {
    write(name, Files.readString(file));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void aServerEndsWhenItsHeapIsFull() throws Exception {
    assertThat(given("serve")).contains(END_WHEN_FULL, "-XX:+UseG1GC").endsWith("serve");
    assertThat(Files.readAllLines(Path.of("image", "serve.args"))).contains(END_WHEN_FULL);
  }

  @Test
  void nettyKeepsAsLittleInImagesAsElsewhere() throws Exception {
    assertThat(ofNetty(given("serve")))
        .hasSize(2)
        .isEqualTo(ofNetty(Files.readAllLines(Path.of("image", "serve.args"))));
  }

  private static List<String> ofNetty(List<String> options) {
    return options.stream().filter(option -> option.startsWith("-Dio.grpc.netty.")).toList();
  }

  @Test
  void otherCommandsSayWhatIsWrong() throws Exception {
    assertThat(given("estimate")).doesNotContain(END_WHEN_FULL).endsWith("estimate");
  }
}
