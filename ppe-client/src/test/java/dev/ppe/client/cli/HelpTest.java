package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
  @Test
  void theProgramsHelpNamesTheCommandsAndShowsExamples() {
    Cli run = Cli.ppe("--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains(
            "  accelerators  ",
            "  completion  ",
            "  doctor  ",
            "  estimate  ",
            "  inspect  ",
            "  man  ",
            "  validate  ",
            "Examples:",
            "Exit codes:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "accelerators",
        "calibrate",
        "completion",
        "doctor",
        "estimate",
        "health",
        "inspect",
        "load",
        "man",
        "validate"
      })
  void everyCommandHasHelpWithExamples(String command) {
    Cli run = Cli.ppe(command, "--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Usage: ppe " + command).contains("Examples:");
  }

  @Test
  void helpOfACommandIsItsPage() {
    Cli run = Cli.ppe("help", "estimate");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo(Cli.ppe("estimate", "--help").out());
  }

  @Test
  void theVersionIsOneLine() {
    Cli run = Cli.ppe("--version");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).matches("ppe .+, simulator .+, Java \\d+\\R");
  }

  @Test
  void withoutACommandTheHelpIsAMistakesAnswer() {
    Cli run = Cli.ppe();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("Usage: ppe ");
  }
}
