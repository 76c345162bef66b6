package dev.ppe.nas.cli;

import dev.ppe.client.cli.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ppe nas cost-model}: models that learn from the service what networks cost. */
@Command(
    name = "cost-model",
    description = {
      "Models that learn from the service what the networks of a space cost, for searches that ask",
      "for more costs than a service can give: ppe nas search --cost-model."
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      TrainCostModelCommand.class,
      EvaluateCostModelCommand.class,
      ExportCostModelCommand.class
    })
final class CostModelCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
