package dev.ppe.client.cli;

import dev.ppe.client.Balancing;
import dev.ppe.client.PpeClient;
import dev.ppe.client.Target;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who does the work, and how long it may take. */
public final class ConnectionOptions {
  /** Requests under way on a server: enough to keep it busy, and files take memory meanwhile. */
  private static final int IN_FLIGHT = 16;

  @Option(
      names = "--target",
      paramLabel = "TARGET",
      converter = Targets.class,
      description = {
        "Ask servers instead of working in this process:",
        "HOST:PORT[,HOST:PORT...], dns:///NAME:PORT or xds:///NAME. Port 50051 unless given."
      })
  private Optional<Target> target = Optional.empty();

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Give up on an answer after so long: 500ms, 10s, 2m. Default: 60s.")
  private Duration deadline = Duration.ofMinutes(1);

  @Mixin private final SecurityOptions security = new SecurityOptions();

  /** A client as asked for, whose remarks nobody reads. */
  PpeClient open() {
    return open(note -> {});
  }

  /**
   * A client as asked for.
   *
   * @param notes gets what people should know though nothing failed
   * @throws UsageException if what was asked for does not fit together
   */
  public PpeClient open(Consumer<String> notes) {
    if (target.isEmpty()) {
      security.requireNone();
      return PpeClient.inProcess(deadline);
    }
    return open(target.get(), notes);
  }

  /**
   * A client of other servers than those asked for, or of some of them, in the same way.
   *
   * @throws UsageException if what was asked for does not fit together
   */
  PpeClient open(Target servers, Consumer<String> notes) {
    GrpcLog.off();
    try {
      return PpeClient.builder()
          .target(servers)
          .security(security.forTarget(servers, System.getenv()))
          .deadline(deadline)
          .maxInFlightPerReplica(IN_FLIGHT)
          .balancing(Balancing.LEAST_REQUEST) // models differ in size
          .onNote(notes)
          .build();
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** Whether servers are asked. */
  public boolean isRemote() {
    return target.isPresent();
  }

  /** The servers, if any are asked. */
  Optional<Target> target() {
    return target;
  }

  /** How many requests are worth having under way at a time. */
  public int width() {
    return target.isPresent() ? IN_FLIGHT : Runtime.getRuntime().availableProcessors();
  }
}
