package dev.ppe.client.cli;

import dev.ppe.client.PpeClient;
import dev.ppe.client.Target;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who does the work, and how long it may take. */
public final class ConnectionOptions {
  /** Requests under way at a time: enough to keep several replicas busy. */
  private static final int REMOTE_WIDTH = 16;

  @Option(
      names = "--target",
      paramLabel = "TARGET",
      converter = Targets.class,
      description = {
        "Ask servers instead of working in this process:",
        "HOST:PORT[,HOST:PORT...] or dns:///NAME:PORT. Port 50051 unless given."
      })
  private Optional<Target> target = Optional.empty();

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Give up on an answer after so long: 500ms, 10s, 2m. Default: 60s.")
  private Duration deadline = Duration.ofMinutes(1);

  @Mixin private final SecurityOptions security = new SecurityOptions();

  /**
   * A client as asked for.
   *
   * @throws UsageException if what was asked for does not fit together
   */
  public PpeClient open() {
    if (target.isEmpty()) {
      security.requireNone();
      return PpeClient.inProcess(deadline);
    }
    GrpcLog.LOGGER.setLevel(Level.OFF);
    try {
      return PpeClient.connect(
          target.get(), security.forTarget(target.get(), System.getenv()), deadline);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * What gRPC would say beside the failures that it reports; a class of its own: loaded if used.
   */
  private static final class GrpcLog {
    /** Held, or the level is forgotten with the logger. */
    static final Logger LOGGER = Logger.getLogger("io.grpc");
  }

  /** Whether servers are asked. */
  public boolean isRemote() {
    return target.isPresent();
  }

  /** How many requests are worth having under way at a time. */
  public int width() {
    return target.isPresent() ? REMOTE_WIDTH : Runtime.getRuntime().availableProcessors();
  }
}
