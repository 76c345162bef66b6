package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
  private static final Path BASH = Path.of("/bin/bash");

  @TempDir private Path folder;

  /** What bash would offer after these words. */
  private String completed(String... words) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(BASH), "needs bash");
    Path script = Files.writeString(folder.resolve("ppe"), Cli.ppe("completion", "bash").out());
    String program =
        "source %s; COMP_WORDS=(ppe %s); COMP_CWORD=%d; _complete_ppe; echo ${COMPREPLY[@]}"
            .formatted(script, String.join(" ", words), words.length);
    Process process =
        new ProcessBuilder(BASH.toString(), "-c", program).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output.strip();
  }

  @Test
  void commandsAreCompleted() throws Exception {
    assertThat(completed("est")).isEqualTo("estimate");
    assertThat(completed("doc")).isEqualTo("doctor");
  }

  @Test
  void optionsAreCompleted() throws Exception {
    assertThat(completed("estimate", "--fid")).isEqualTo("--fidelity");
  }

  @Test
  void acceleratorsAreCompleted() throws Exception {
    assertThat(completed("estimate", "--accelerator", "tens")).isEqualTo("tensor-g1");
  }

  @Test
  void zshIsToldWhatTheScriptIsFor() {
    assertThat(Cli.ppe("completion", "zsh").out())
        .startsWith("#compdef ppe")
        .contains("bashcompinit");
  }

  @Test
  void anotherShellIsWrongUsage() {
    Cli run = Cli.ppe("completion", "fish");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("bash", "zsh");
  }
}
