package dev.ppe.client;

import dev.ppe.wire.LoadReport;
import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One replica as the balancer sees it: its connection, the calls under way on it, and whether it
 * offers what it is asked for.
 */
final class Replica {
  /** How long one that does not know the service is passed over, if another is there. */
  private static final long UNFIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Subchannel connection;
  private final Runnable roomAgain;
  private final ReplicaWeight weight;
  private final PickResult pick;
  private final AtomicInteger inFlight = new AtomicInteger();
  private ConnectivityStateInfo state =
      ConnectivityStateInfo.forNonError(ConnectivityState.CONNECTING);
  private volatile boolean unfit;
  private volatile long unfitSince;

  /**
   * A replica.
   *
   * @param weight what its load reports make of it
   * @param roomAgain run when a call has ended
   */
  Replica(Subchannel connection, ReplicaWeight weight, Runnable roomAgain) {
    this.connection = connection;
    this.weight = weight;
    this.roomAgain = roomAgain;
    this.pick = PickResult.withSubchannel(connection, new Counting());
  }

  Subchannel connection() {
    return connection;
  }

  /** The choice of this replica, with its call counted. */
  PickResult pick() {
    return pick;
  }

  int inFlight() {
    return inFlight.get();
  }

  /** What it can take, or {@link ReplicaWeight#UNKNOWN}. */
  double weight(long now) {
    return weight.at(now);
  }

  boolean isUnfit() {
    return unfit && System.nanoTime() - unfitSince < UNFIT_NANOS;
  }

  ConnectivityState state() {
    return state.getState();
  }

  /** Why it cannot be reached; OK where it can. */
  Status problem() {
    return state.getStatus();
  }

  /** Whether that changes what callers see: one that failed has failed until it is ready. */
  boolean changeTo(ConnectivityStateInfo next) {
    boolean stillFailing =
        state.getState() == ConnectivityState.TRANSIENT_FAILURE
            && (next.getState() == ConnectivityState.CONNECTING
                || next.getState() == ConnectivityState.IDLE);
    if (!stillFailing) {
      if (next.getState() == ConnectivityState.READY
          && state.getState() != ConnectivityState.READY) {
        weight.forget();
      }
      state = next;
    }
    return !stillFailing;
  }

  /** Where it is, for people. */
  String address() {
    return Addresses.text(connection.getAllAddresses());
  }

  private final class Counting extends ClientStreamTracer.Factory {
    @Override
    public ClientStreamTracer newClientStreamTracer(
        ClientStreamTracer.StreamInfo info, Metadata headers) {
      inFlight.incrementAndGet();
      return new Call();
    }
  }

  /** A call under way. */
  private final class Call extends ClientStreamTracer {
    @Override
    public void streamCreated(Attributes attributes, Metadata headers) {}

    @Override
    public void inboundTrailers(Metadata trailers) {
      byte[] report = trailers.get(LoadReport.TRAILER);
      if (report != null) {
        weight.reported(report, System.nanoTime());
      }
    }

    @Override
    public void streamClosed(Status status) {
      if (Unoffered.by(status)) {
        unfitSince = System.nanoTime();
        unfit = true;
      } else if (status.isOk()) {
        unfit = false;
      }
      inFlight.decrementAndGet();
      roomAgain.run();
    }
  }
}
