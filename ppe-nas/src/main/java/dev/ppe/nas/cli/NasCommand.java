package dev.ppe.nas.cli;

import dev.ppe.client.cli.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ppe nas}: the commands of the model generator. */
@Command(
    name = "nas",
    description =
        "Searches for networks: spaces, studies that can be gone on with, reports, export.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      SearchCommand.class,
      ResumeCommand.class,
      ShowCommand.class,
      ReportCommand.class,
      ServeReportCommand.class,
      StudyExportCommand.class,
      SpacesCommand.class,
      AnalyzeBlockCommand.class,
      CostModelCommand.class,
      ServeSuggestionsCommand.class
    })
public final class NasCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
