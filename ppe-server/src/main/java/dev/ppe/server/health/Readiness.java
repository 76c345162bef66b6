package dev.ppe.server.health;

import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.List;

/**
 * Whether the server is ready for calls: not at first, then it is, then it is not for good. The
 * standard health service tells it to clients, under the empty name and the service's.
 */
public final class Readiness {
  private static final List<String> NAMES =
      List.of(
          HealthStatusManager.SERVICE_NAME_ALL_SERVICES,
          PowerPerformanceEvaluationServiceGrpc.SERVICE_NAME);

  private final HealthStatusManager health = new HealthStatusManager();
  private volatile State state = State.STARTING;

  /** Where a server is in its life. */
  public enum State {
    STARTING,
    READY,
    ENDING
  }

  public Readiness() {
    tell(ServingStatus.NOT_SERVING);
  }

  /** The health service. */
  public BindableService service() {
    return health.getHealthService();
  }

  public State state() {
    return state;
  }

  public boolean isReady() {
    return state == State.READY;
  }

  /** Takes calls from now on; nothing happens at the end of life. */
  public synchronized void ready() {
    if (state == State.STARTING) {
      state = State.READY;
      tell(ServingStatus.SERVING);
    }
  }

  /** Wants no more calls, for good. */
  public synchronized void ending() {
    if (state != State.ENDING) {
      state = State.ENDING;
      health.enterTerminalState();
    }
  }

  private void tell(ServingStatus status) {
    NAMES.forEach(name -> health.setStatus(name, status));
  }
}
