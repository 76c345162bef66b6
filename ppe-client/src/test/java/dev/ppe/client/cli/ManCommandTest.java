package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManCommandTest {
  @TempDir private Path folder;

  @Test
  void aCommandHasAPage() {
    Cli run = Cli.ppe("man", "estimate");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith(".TH \"ppe\\-estimate\" \"1\"")
        .contains("\\fB\\-\\-accelerator\\fR=\\fI");
  }

  @Test
  void withoutACommandThePageIsTheProgramsOwn() {
    assertThat(Cli.ppe("man").out())
        .startsWith(".TH \"ppe\" \"1\"")
        .contains("\\fBppe\\-estimate\\fR(1)", "\\fBppe\\-man\\fR(1)");
  }

  @Test
  void allPagesAreWrittenToAFolder() throws IOException {
    Path pages = folder.resolve("share/man/man1");
    assertThat(Cli.ppe("man", "--output", pages.toString())).isEqualTo(new Cli(0, "", ""));
    assertThat(pages.resolve("ppe-estimate.1")).hasContent(Cli.ppe("man", "estimate").out());
    assertThat(pages.resolve("ppe.1")).isRegularFile();
  }

  @Test
  void aMisspeltCommandComesBackWithTheNearest() {
    Cli run = Cli.ppe("man", "estimat");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("ppe: ppe has no command estimat: did you mean estimate?%n".formatted());
  }

  @Test
  void aCommandWithoutCommandsOfItsOwnSaysSo() {
    Cli run = Cli.ppe("man", "estimate", "mobilenet_v2");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("ppe: ppe estimate has no commands: leave out mobilenet_v2%n".formatted());
  }

  @Test
  void aFolderIsForThePagesOfAllCommands() {
    Cli run = Cli.ppe("man", "estimate", "--output", folder.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("leave out estimate");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileInThePlaceOfTheFolderIsNamed() throws IOException {
    String file = Files.writeString(folder.resolve("file"), "").toString();
    Cli run = Cli.ppe("man", "--output", file);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("ppe: " + file + ": ").hasLineCount(1);
  }
}
