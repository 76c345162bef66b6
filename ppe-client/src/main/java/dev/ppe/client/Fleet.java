package dev.ppe.client;

import dev.ppe.simulator.SimulatorVersion;
import dev.ppe.v1.EstimateResponse;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a client knows of its replicas: how many are ready, when one last answered, and what people
 * should be told of them once.
 */
final class Fleet {
  /** Where a control plane balances, nobody here knows how many replicas there are. */
  private static final int UNKNOWN_REPLICAS = 8;

  private final ClientOptions options;
  private final Runnable changed;
  private final boolean encrypted;
  private final Budget budget;
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private volatile Optional<ReplicaPicker> seen = Optional.empty();
  private volatile int replicas;
  private volatile Optional<Long> lastAnswer = Optional.empty();

  /**
   * The replicas of a target, as yet unknown.
   *
   * @param changed run when more replicas are ready than before; must return at once
   */
  Fleet(Target target, ClientOptions options, Runnable changed) {
    this.options = options;
    this.changed = changed;
    this.budget = new Budget(options.attempts().budget());
    this.encrypted = options.security().tls().isPresent();
    this.replicas = target.isXds() ? UNKNOWN_REPLICAS : 1;
  }

  /** How many replicas are ready, one at least. */
  int replicas() {
    return replicas;
  }

  /** A call is about to choose from these. */
  void sees(ReplicaPicker picker) {
    if (seen.isPresent() && seen.get() == picker) {
      return;
    }
    seen = Optional.of(picker);
    boolean more = picker.replicas() > replicas;
    replicas = picker.replicas();
    if (more) {
      changed.run();
    }
    for (ReplicaPicker.Failing failing : picker.failing()) {
      tell(
          "replica %s does not answer, the others are asked: %s"
              .formatted(failing.address(), Unreachable.reason(failing.problem(), encrypted)),
          failing.address());
    }
  }

  /** A replica has answered. */
  void answered(Object answer) {
    budget.succeeded();
    lastAnswer = Optional.of(System.nanoTime());
    if (answer instanceof EstimateResponse estimate) {
      String version = estimate.getSimulatorVersion();
      if (!version.equals(SimulatorVersion.CURRENT) && !version.isEmpty()) {
        tell(
            ("a replica has simulator %s, this client %s: figures may differ; ppe doctor shows"
                    + " whose")
                .formatted(version, SimulatorVersion.CURRENT),
            version);
      }
    }
  }

  /** Whether a call may be made more than once at all. */
  boolean allowsFurtherAttempts() {
    return options.attempts().most() > 1;
  }

  /** A call was lost after all that gRPC does; whether the budget allows to make it again. */
  boolean allowsAnotherAfterLoss() {
    return budget.lost();
  }

  /** A replica does not know the service. */
  void doesNotOffer(Status status) {
    tell(
        "a replica does not offer what it is asked for, the others are asked: "
            + status.getDescription(),
        String.valueOf(status.getDescription()));
  }

  private void tell(String note, String about) {
    if (told.size() < 100 && told.add(about)) {
      try {
        options.notes().accept(note);
      } catch (RuntimeException e) {
        Thrown.report(e); // a note costs no call its answer
      }
    }
  }

  /** Whether any replica has answered in the last while. */
  boolean hasAnsweredWithin(Duration time) {
    return lastAnswer.map(nanos -> System.nanoTime() - nanos < time.toNanos()).orElse(false);
  }
}
