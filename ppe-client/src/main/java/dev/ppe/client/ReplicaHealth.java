package dev.ppe.client;

import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a replica says of itself by {@code grpc.health.v1}. Every address of a target is asked, also
 * where a client would be content with one.
 *
 * @param address which replica
 * @param ready whether it takes calls
 * @param state {@code SERVING}, {@code NOT_SERVING}, or why there is no answer
 */
public record ReplicaHealth(String address, boolean ready, String state) {
  /**
   * Asks every replica of a target, one after the other.
   *
   * @param target where they are; a {@code dns:///} name stands for all its addresses
   * @param security how they are spoken to
   * @param service the full name of the service that is asked about; empty for the whole server
   * @param deadline how long each may take
   * @return the replicas in the target's order, at least one
   * @throws IllegalArgumentException if a file that {@code security} names is of no use, or only a
   *     control plane knows where the replicas are
   */
  public static List<ReplicaHealth> check(
      Target target, ConnectionSecurity security, String service, Duration deadline) {
    if (target.isXds()) {
      throw new IllegalArgumentException(
          "%s: only its control plane knows the replicas; name those to ask, host:port[,host:port...] or dns:///name:port"
              .formatted(target));
    }
    try {
      return target.each().stream()
          .map(replica -> one(replica, security, service, deadline))
          .toList();
    } catch (UnknownHostException e) {
      return List.of(
          new ReplicaHealth(target.name().toString(), false, "there is no host of that name"));
    }
  }

  private static ReplicaHealth one(
      Target replica, ConnectionSecurity security, String service, Duration deadline) {
    String address = HostPort.parse(replica.text()).toString();
    ManagedChannel channel =
        Grpc.newChannelBuilder(replica.uri(), Credentials.of(security))
            .intercept(Credentials.interceptors(security))
            .disableServiceConfigLookUp()
            .build();
    try {
      ServingStatus state =
          HealthGrpc.newBlockingStub(channel)
              .withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS)
              .check(HealthCheckRequest.newBuilder().setService(service).build())
              .getStatus();
      return new ReplicaHealth(address, state == ServingStatus.SERVING, state.toString());
    } catch (StatusRuntimeException e) {
      return new ReplicaHealth(
          address, false, reason(e.getStatus(), security.tls().isPresent(), service, deadline));
    } finally {
      channel.shutdownNow();
    }
  }

  private static String reason(
      Status status, boolean encrypted, String service, Duration deadline) {
    return switch (status.getCode()) {
      case DEADLINE_EXCEEDED -> Deadlines.exceeded(deadline);
      case UNAVAILABLE -> Unreachable.reason(status, encrypted);
      case NOT_FOUND -> "knows no service \"" + service + "\"";
      case UNIMPLEMENTED -> "is a gRPC server without health checks";
      default -> status.getCode() + ": " + status.getDescription();
    };
  }
}
