package dev.ppe.client;

import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.Status;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Spreads calls over replicas that are ready, at most so many at a time on each; what comes on top
 * waits here until a call ends.
 *
 * <p>A connection is kept to every replica. One that fails is passed over until it is ready again.
 * gRPC calls all of this in one synchronisation context; the pickers alone run in callers' threads,
 * on a snapshot.
 */
final class ReplicaBalancer extends LoadBalancer {
  private static final Status NO_ADDRESS =
      Status.UNAVAILABLE.withDescription("the name has no addresses");

  private final Helper helper;
  private final Map<List<SocketAddress>, Replica> replicas = new LinkedHashMap<>();
  private final AtomicBoolean waiting = new AtomicBoolean();
  // Where it begins is chance: not all clients begin with the same replica.
  private final AtomicInteger turn = new AtomicInteger(ThreadLocalRandom.current().nextInt());
  private Config config =
      new Config(Balancing.ROUND_ROBIN, ClientOptions.DEFAULT_IN_FLIGHT, Weighting.DEFAULT);
  private Optional<ReplicaPicker> picker = Optional.empty();
  private boolean shutdown;

  /**
   * What is asked of it.
   *
   * @param order which replica is next
   * @param maxInFlight calls on one replica at a time
   * @param weighting when load reports count
   */
  record Config(Balancing order, int maxInFlight, Weighting weighting) {}

  ReplicaBalancer(Helper helper) {
    this.helper = helper;
  }

  @Override
  public Status acceptResolvedAddresses(ResolvedAddresses resolved) {
    if (resolved.getAddresses().isEmpty()) {
      handleNameResolutionError(NO_ADDRESS);
      return NO_ADDRESS;
    }
    if (resolved.getLoadBalancingPolicyConfig() instanceof Config wanted) {
      config = wanted;
    }
    Map<List<SocketAddress>, EquivalentAddressGroup> groups = new LinkedHashMap<>();
    resolved.getAddresses().forEach(group -> groups.put(group.getAddresses(), group));
    List<Replica> gone = new ArrayList<>();
    replicas
        .entrySet()
        .removeIf(known -> !groups.containsKey(known.getKey()) && gone.add(known.getValue()));
    groups.forEach(
        (addresses, group) -> {
          Replica known = replicas.get(addresses);
          if (known == null) {
            replicas.put(addresses, connect(group));
          } else {
            known.connection().updateAddresses(List.of(group));
          }
        });
    update();
    gone.forEach(replica -> replica.connection().shutdown()); // after nobody picks them any more
    return Status.OK;
  }

  private Replica connect(EquivalentAddressGroup group) {
    Subchannel connection =
        helper.createSubchannel(CreateSubchannelArgs.newBuilder().setAddresses(group).build());
    Replica replica =
        new Replica(connection, new ReplicaWeight(config.weighting()), this::roomAgain);
    connection.start(state -> changed(replica, state));
    connection.requestConnection();
    return replica;
  }

  private void changed(Replica replica, ConnectivityStateInfo state) {
    if (shutdown || !replicas.containsValue(replica)) {
      return;
    }
    switch (state.getState()) {
      case IDLE -> {
        helper.refreshNameResolution();
        replica.connection().requestConnection();
      }
      case TRANSIENT_FAILURE -> helper.refreshNameResolution();
      default -> {}
    }
    if (replica.changeTo(state)) {
      update();
    }
  }

  @Override
  public void handleNameResolutionError(Status error) {
    if (replicas.values().stream().noneMatch(replica -> is(replica, ConnectivityState.READY))) {
      fail(error);
    }
  }

  private void update() {
    if (shutdown) {
      return;
    }
    Collection<Replica> all = replicas.values();
    List<Replica> ready =
        all.stream().filter(replica -> is(replica, ConnectivityState.READY)).toList();
    List<ReplicaPicker.Failing> failing =
        all.stream()
            .filter(replica -> is(replica, ConnectivityState.TRANSIENT_FAILURE))
            .map(replica -> new ReplicaPicker.Failing(replica.address(), replica.problem()))
            .toList();
    picker = Optional.empty();
    if (!ready.isEmpty()) {
      use(new ReplicaPicker(ready, failing, config, waiting, turn));
    } else if (failing.size() == all.size()) {
      fail(failing.getLast().problem());
    } else {
      helper.updateBalancingState(
          ConnectivityState.CONNECTING, new FixedResultPicker(PickResult.withNoResult()));
    }
  }

  private void use(ReplicaPicker next) {
    picker = Optional.of(next);
    helper.updateBalancingState(ConnectivityState.READY, next);
  }

  private void fail(Status problem) {
    picker = Optional.empty();
    helper.updateBalancingState(
        ConnectivityState.TRANSIENT_FAILURE, new FixedResultPicker(PickResult.withError(problem)));
  }

  /** A new picker makes gRPC pick again for the calls that wait. */
  private void roomAgain() {
    if (waiting.get() && waiting.compareAndSet(true, false)) {
      helper.getSynchronizationContext().execute(this::pickAgain);
    }
  }

  private void pickAgain() {
    if (!shutdown) {
      picker.map(ReplicaPicker::again).ifPresent(this::use);
    }
  }

  private static boolean is(Replica replica, ConnectivityState state) {
    return replica.state() == state;
  }

  @Override
  public void shutdown() {
    shutdown = true;
    replicas.values().forEach(replica -> replica.connection().shutdown());
    replicas.clear();
  }

  /** The same for every call. */
  private static final class FixedResultPicker extends SubchannelPicker {
    private final PickResult result;

    FixedResultPicker(PickResult result) {
      this.result = result;
    }

    @Override
    public PickResult pickSubchannel(PickSubchannelArgs args) {
      return result;
    }
  }
}
