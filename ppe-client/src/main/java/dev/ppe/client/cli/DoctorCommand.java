package dev.ppe.client.cli;

import dev.ppe.client.Target;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ppe doctor}: whether everything is there that estimates need, one line a check. */
@Command(
    name = "doctor",
    description = {
      "Whether everything is there that estimates need: Java, memory, an estimate in this process,",
      "the port of a server; with --target each server, its version and its figures.",
      "Ends with 1 where something is wrong."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe doctor",
      "  ppe doctor --target host-a:50051,host-b:50051",
      "  ppe doctor --target host-a --tls-ca ca.pem --token-file search.token --deadline 5s"
    })
public final class DoctorCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Override
  public Integer call() {
    Findings findings = new Findings(spec.commandLine().getOut());
    LocalChecks.run(findings);
    if (connection.target().isEmpty()) {
      LocalChecks.port(findings, Target.DEFAULT_PORT);
    } else {
      new ServerChecks(connection, findings).of(connection.target().get());
    }
    return findings.isHealthy() ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
