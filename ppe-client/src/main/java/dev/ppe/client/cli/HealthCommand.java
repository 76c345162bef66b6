package dev.ppe.client.cli;

import dev.ppe.client.ReplicaHealth;
import dev.ppe.client.Target;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code ppe health}: whether replicas take calls, a line each, and an exit code for probes. The
 * servers' own program asks, so an image needs no other one for that.
 */
@Command(
    name = "health",
    description = "Asks servers whether they are ready: every one of them, a line each.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe health                                     the server on this machine",
      "  ppe health --target host-a,host-b:50061        two",
      "  ppe health --target dns:///ppe --tls-ca ca.pem every address that a name stands for",
      "",
      "Exit codes: 0 all are ready, 1 some are not or do not answer, 2 wrong usage."
    })
public final class HealthCommand implements Callable<Integer> {
  /** Held, or the level is forgotten with the logger. */
  private static final Logger GRPC_LOG = Logger.getLogger("io.grpc");

  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Option(
      names = "--target",
      paramLabel = "TARGET",
      converter = Targets.class,
      description =
          "HOST:PORT[,HOST:PORT...] or dns:///NAME:PORT. Port 50051 unless given."
              + " Default: 127.0.0.1.")
  private Target target = Target.parse("127.0.0.1");

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "The service to ask about, such as ppe.v1.PowerPerformanceEvaluationService.")
  private String service = "";

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Give up on a server after so long: 500ms, 10s, 2m. Default: 5s.")
  private Duration deadline = Duration.ofSeconds(5);

  @Mixin private final SecurityOptions security = new SecurityOptions();

  @Override
  public Integer call() {
    GRPC_LOG.setLevel(Level.OFF); // what it would say beside the failures that it reports
    List<ReplicaHealth> replicas;
    try {
      replicas =
          ReplicaHealth.check(
              target, security.forTarget(target, System.getenv()), service, deadline);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    PrintWriter out = spec.commandLine().getOut();
    replicas.forEach(replica -> out.println(replica.address() + "  " + replica.state()));
    return replicas.stream().allMatch(ReplicaHealth::ready) ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
