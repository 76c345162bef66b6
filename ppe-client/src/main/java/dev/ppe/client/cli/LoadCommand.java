package dev.ppe.client.cli;

import dev.ppe.client.ConnectionSecurity;
import dev.ppe.client.PpeClient;
import dev.ppe.client.ReplicaChannel;
import dev.ppe.client.Target;
import dev.ppe.client.load.LoadPlan;
import dev.ppe.client.load.LoadResult;
import dev.ppe.client.load.LoadRun;
import dev.ppe.client.load.Workload;
import dev.ppe.client.report.load.LoadQuestion;
import dev.ppe.v1.EstimateRequest;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ppe load}: options to a {@link LoadRun}. */
@Command(
    name = "load",
    description = {
      "Puts load on servers, open loop: requests are sent when they are due, whatever became of those",
      "before, and latency counts from when they were due. Ctrl-C prints what there is."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe load --target localhost --rate 200 --duration 30s --warm-up 5s",
      "  ppe load --target host-a,host-b --rate 1000 --models mobilenet_v2 --connections 4",
      "  ppe load --target localhost --rate 500 --candidates 20000 --verify",
      "  ppe load --target localhost --rate 5000 --no-retries --deadline 1s --format json",
      "  ppe load --target localhost --rate 200 --histogram latencies.hlog"
    })
public final class LoadCommand implements Callable<Integer> {
  private static final double MOST_A_SECOND = 1e6;
  private static final int MOST_CONNECTIONS = 1000;
  private static final int MOST_IN_FLIGHT = 100_000;
  private static final Duration PATIENCE_AT_THE_START = Duration.ofSeconds(30);
  private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(12);

  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Option(
      names = "--target",
      paramLabel = "TARGET",
      required = true,
      converter = Targets.class,
      description = {
        "The servers: HOST:PORT[,HOST:PORT...] or dns:///NAME:PORT.",
        "Port 50051 unless given."
      })
  @SuppressWarnings("NullAway.Init") // by picocli
  private Target target;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "Requests a second, all connections together. Default: 100.")
  private double rate = 100;

  @Option(
      names = "--arrivals",
      paramLabel = "FORM",
      description = "${COMPLETION-CANDIDATES}: as independent users, or evenly. Default: poisson.")
  private ArrivalsOption arrivals = ArrivalsOption.POISSON;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "How long requests are sent: 500ms, 10s, 2m. Default: 10s.")
  private Duration duration = Duration.ofSeconds(10);

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Before that, at the same rate, without being counted. Default: none.")
  private Optional<Duration> warmUp = Optional.empty();

  @Mixin private final WorkloadOptions workload = new WorkloadOptions();

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Connections to each server. Default: 1.")
  private int connections = 1;

  @Option(
      names = "--max-in-flight",
      paramLabel = "N",
      description = {
        "Calls without an answer at a time. Requests due beyond are counted as not",
        "sent. Default: 1000."
      })
  private int maxInFlight = 1000;

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Give up on an answer after so long. Default: 10s.")
  private Duration deadline = Duration.ofSeconds(10);

  @Option(
      names = "--no-retries",
      description = {
        "Count refusals and broken connections as they come, instead of trying",
        "again within the deadline."
      })
  private boolean noRetries;

  @Option(
      names = "--verify",
      description = "Compare every answer, byte for byte, with this process's own, afterwards.")
  private boolean verify;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}. Default: table.")
  private LoadFormat format = LoadFormat.TABLE;

  @Option(
      names = "--histogram",
      paramLabel = "FILE",
      description = "Write latencies second by second as an HdrHistogram log.")
  private Optional<String> histogram = Optional.empty();

  @Mixin private final SecurityOptions security = new SecurityOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    require(rate > 0 && rate <= MOST_A_SECOND, "--rate", rate, "above 0 and at most 1000000");
    require(
        connections >= 1 && connections <= MOST_CONNECTIONS,
        "--connections",
        connections,
        "from 1 to " + MOST_CONNECTIONS);
    require(
        maxInFlight >= 1 && maxInFlight <= MOST_IN_FLIGHT,
        "--max-in-flight",
        maxInFlight,
        "from 1 to " + MOST_IN_FLIGHT);
    EstimateRequest options = workload.options();
    Workload requests = workload.workload(options);
    GrpcLog.off();
    ConnectionSecurity secured = security.forTarget(target, System.getenv());
    requireService(options, secured);
    if (histogram.isEmpty()) {
      return run(requests, secured, Optional.empty());
    }
    try (WholeFile file = WholeFile.at(histogram.get())) {
      return run(requests, secured, Optional.of(file));
    } catch (IOException e) {
      throw WholeFile.unwritable(histogram.get(), e);
    }
  }

  private static void require(boolean holds, String option, Object value, String range) {
    if (!holds) {
      throw new UsageException("%s is %s, must be %s".formatted(option, value, range));
    }
  }

  /** A server that is not there, or an accelerator it does not know, is said before the load. */
  private void requireService(EstimateRequest options, ConnectionSecurity secured) {
    try (PpeClient client =
        PpeClient.builder()
            .target(target)
            .security(secured)
            .deadline(PATIENCE_AT_THE_START)
            .build()) {
      AcceleratorArgument.described(client, options);
      client.listAccelerators();
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  @SuppressWarnings("try") // it is there to be closed
  private int run(Workload requests, ConnectionSecurity secured, Optional<WholeFile> log)
      throws IOException, InterruptedException {
    LoadPlan plan =
        new LoadPlan(
            warmUp.orElse(Duration.ZERO), duration, deadline, maxInFlight, !noRetries, verify);
    List<ManagedChannel> channels = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      channels.add(ReplicaChannel.open(target, secured, !noRetries));
    }
    LoadRun run = new LoadRun(channels, requests, plan, log.map(WholeFile::stream));
    try (CtrlC ctrlC = CtrlC.calls(run::interrupt, PATIENCE_AT_THE_END)) {
      LoadResult result = run.run(arrivals.arrivals(rate, workload.seed()));
      if (log.isPresent()) {
        log.get().commit();
      }
      print(result);
      return isGood(result) ? ExitCode.OK : ExitCode.SOFTWARE;
    } finally {
      channels.forEach(ManagedChannel::shutdownNow);
    }
  }

  private void print(LoadResult result) {
    PrintWriter out = spec.commandLine().getOut();
    format
        .writer(out)
        .write(
            new LoadQuestion(target.text(), rate, arrivals.toString(), workload.describe()),
            result);
    out.flush();
  }

  /** Refusals are what a load may be there to find; answers that are not right never are. */
  private static boolean isGood(LoadResult result) {
    return result.answers().faultless() && (result.due() == 0 || result.answered().count() > 0);
  }
}
