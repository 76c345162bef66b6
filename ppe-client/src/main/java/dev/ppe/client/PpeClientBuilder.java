package dev.ppe.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes clients. Without a target the work is done in this process, by as many threads as there are
 * cores; all else has a default, too.
 *
 * <pre>{@code
 * try (PpeClient client =
 *     PpeClient.builder()
 *         .targets(List.of("host-a:50051", "host-b:50051"))
 *         .deadline(Duration.ofSeconds(30))
 *         .balancing(Balancing.LEAST_REQUEST)
 *         .build()) {
 *   ...
 * }
 * }</pre>
 */
public final class PpeClientBuilder {
  private Optional<Target> target = Optional.empty();
  private ConnectionSecurity security = ClientOptions.DEFAULT.security();
  private Duration deadline = ClientOptions.DEFAULT.deadline();
  private int maxInFlight = ClientOptions.DEFAULT.maxInFlight();
  private Balancing balancing = ClientOptions.DEFAULT.balancing();
  private Attempts attempts = ClientOptions.DEFAULT.attempts();
  private Consumer<String> notes = ClientOptions.DEFAULT.notes();

  PpeClientBuilder() {}

  /**
   * Where the replicas are: {@code host:port[,host:port...]}, {@code dns:///name:port}, or {@code
   * xds:///name} where grpc-xds is on the class path.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public PpeClientBuilder target(String text) {
    return target(Target.parse(text));
  }

  /** The replicas, a {@code host:port} each. */
  public PpeClientBuilder targets(List<String> replicas) {
    return target(Target.parse(String.join(",", replicas)));
  }

  /** Where the replicas are. */
  public PpeClientBuilder target(Target value) {
    target = Optional.of(value);
    return this;
  }

  /** How they are spoken to. Default: plaintext, without a token. */
  public PpeClientBuilder security(ConnectionSecurity value) {
    security = value;
    return this;
  }

  /** How long one answer may take, further attempts included. Default: a minute. */
  public PpeClientBuilder deadline(Duration value) {
    deadline = value;
    return this;
  }

  /**
   * Most requests under way on one replica, 1 to 10,000; what comes on top waits here. Default: 32.
   */
  public PpeClientBuilder maxInFlightPerReplica(int value) {
    maxInFlight = value;
    return this;
  }

  /**
   * Which replica is asked next. Default: round robin, weighted by load reports. With xDS the
   * control plane decides.
   */
  public PpeClientBuilder balancing(Balancing value) {
    balancing = value;
    return this;
  }

  /** What is done about calls that fail: retries or hedging. Default: {@link Attempts#DEFAULT}. */
  public PpeClientBuilder attempts(Attempts value) {
    attempts = value;
    return this;
  }

  /**
   * Gets what people should know though nothing failed, such as a replica that does not answer or
   * is of another version: a line each, once. Called by any thread, which must not be held up; what
   * it throws goes to the thread's handler of uncaught exceptions, and costs no call. Default:
   * nobody.
   */
  public PpeClientBuilder onNote(Consumer<String> value) {
    notes = value;
    return this;
  }

  /**
   * The client. Nothing is connected before its first call.
   *
   * @throws IllegalArgumentException naming a value that is out of its range, a file of the
   *     security that is of no use, or what the target needs and the class path does not have
   */
  public PpeClient build() {
    ClientOptions options =
        new ClientOptions(
            security, deadline, maxInFlight, balancing, Weighting.DEFAULT, attempts, notes);
    return target
        .<PpeClient>map(replicas -> new RemoteClient(replicas, options))
        .orElseGet(() -> new LocalClient(options.deadline()));
  }
}
