package dev.ppe.client.cli.man;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a command says of itself stands in the sections of its page. */
@SuppressWarnings("UnusedVariable") // picocli looks at the annotations only
class ManPageTest {
  private enum Drink {
    tea,
    coffee
  }

  @Command(
      name = "brew",
      description = {"Makes a drink. Takes a while.", "%nNever -- ever -- alone."},
      sortOptions = false,
      footerHeading = "%nExamples:%n",
      footer = {"  kitchen brew tea    hot", "", ".Tea is no macro"})
  private static final class Brew {
    @Parameters(paramLabel = "DRINK", description = "${COMPLETION-CANDIDATES}.")
    private Optional<Drink> drink = Optional.empty();

    @Option(
        names = {"-o", "--output"},
        paramLabel = "FILE",
        description = {"Where to, such as 'C:\\cup'.", "Default: here."})
    private Optional<Path> output = Optional.empty();

    @Option(names = "--hot", description = "Not cold.")
    private boolean hot;

    @Option(names = "--secret", hidden = true)
    private boolean secret;
  }

  @Command(name = "clean", hidden = true)
  private static final class Clean {}

  @Command(
      name = "kitchen",
      description = "What a kitchen does.",
      synopsisSubcommandLabel = "COMMAND",
      subcommands = {Brew.class, Clean.class})
  private static final class Kitchen {}

  private static List<ManPage> pages() {
    return ManPage.all(new CommandLine(new Kitchen()), "kitchen 1.0");
  }

  private static String brew() {
    return pages().get(1).text();
  }

  @Test
  void everyCommandThatIsShownHasAPage() {
    assertThat(pages())
        .extracting(ManPage::fileName)
        .containsExactly("kitchen.1", "kitchen-brew.1");
  }

  @Test
  void theNameIsFollowedByTheFirstSentence() {
    assertThat(brew())
        .startsWith(".TH \"kitchen\\-brew\" \"1\" \"\" \"kitchen 1.0\" \"\"\n")
        .contains(".SH \"NAME\"\nkitchen\\-brew \\- Makes a drink\n");
  }

  @Test
  void theSynopsisTellsWhatIsTypedFromWhatStandsForSomethingElse() {
    assertThat(brew())
        .contains(".SH \"SYNOPSIS\"\n\\fBkitchen brew\\fR ")
        .contains("\\fB\\-\\-hot\\fR")
        .contains("\\fB\\-o\\fR=\\fIFILE\\fR");
  }

  @Test
  void theDescriptionKeepsItsParagraphs() {
    assertThat(brew())
        .contains(
            """
            .SH "DESCRIPTION"
            Makes a drink. Takes a while.
            .PP
            Never \\-\\- ever \\-\\- alone.
            """);
  }

  @Test
  void argumentsAndOptionsAreEntries() {
    assertThat(brew())
        .contains(
            """
            .SH "ARGUMENTS"
            .TP
            """)
        .contains("tea, coffee.\n")
        .contains(
            """
            .SH "OPTIONS"
            .TP
            \\fB\\-o\\fR, \\fB\\-\\-output\\fR=\\fIFILE\\fR
            Where to, such as \\(aqC:\\(rscup\\(aq.
            Default: here.
            .TP
            \\fB\\-\\-hot\\fR
            Not cold.
            """)
        .doesNotContain("secret");
  }

  @Test
  void examplesStayAsTheyAre() {
    assertThat(brew())
        .contains(
            """
            .SH "EXAMPLES"
            .nf
              kitchen brew tea    hot

            \\&.Tea is no macro
            .fi
            """);
  }

  @Test
  void commandsAreListedAndReferToEachOther() {
    assertThat(pages().getFirst().text())
        .contains(
            """
            .SH "COMMANDS"
            .TP
            \\fBkitchen\\-brew\\fR(1)
            Makes a drink.
            """)
        .endsWith(".SH \"SEE ALSO\"\n\\fBkitchen\\-brew\\fR(1)\n")
        .doesNotContain("clean");
    assertThat(brew()).endsWith(".SH \"SEE ALSO\"\n\\fBkitchen\\fR(1)\n");
  }

  @Test
  void exitCodesHaveASection() {
    assertThat(brew()).contains(".SH \"EXIT STATUS\"\n.TP\n0\nAll done.\n.TP\n1\n");
  }

  @Test
  void noCodesOfTerminalsAreLeft() {
    assertThat(brew()).doesNotContain("\u001B");
  }
}
