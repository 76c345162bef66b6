package dev.ppe.client;

import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.LoadBalancer.SubchannelPicker;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Chooses the replica of each call from a snapshot of those that are ready: the next in turn, or
 * the first in turn of those with the fewest calls under way. Those without room are no choice, and
 * one that does not know the service is none as long as there is another.
 */
final class ReplicaPicker extends SubchannelPicker {
  private final List<Replica> ready;
  private final List<Failing> failing;
  private final ReplicaBalancer.Config config;
  private final AtomicBoolean waiting;
  private final AtomicInteger turn;

  /** A replica that cannot be reached, and why. */
  record Failing(String address, Status problem) {}

  /**
   * A picker.
   *
   * @param ready one at least
   * @param failing those that cannot be reached
   * @param waiting set where a call finds no room
   * @param turn whose it is, over all pickers of a balancer
   */
  ReplicaPicker(
      List<Replica> ready,
      List<Failing> failing,
      ReplicaBalancer.Config config,
      AtomicBoolean waiting,
      AtomicInteger turn) {
    this.ready = new ArrayList<>(ready);
    this.failing = List.copyOf(failing);
    this.config = config;
    this.waiting = waiting;
    this.turn = turn;
  }

  /** How many replicas there are to choose from. */
  int replicas() {
    return ready.size();
  }

  /** Those that cannot be reached. */
  List<Failing> failing() {
    return failing;
  }

  @Override
  public PickResult pickSubchannel(PickSubchannelArgs call) {
    Optional<Trail> trail = Optional.ofNullable(call.getCallOptions().getOption(Trail.OPTION));
    trail.ifPresent(caller -> caller.sees(this));
    Optional<Replica> chosen =
        next(trail)
            .or(
                () -> {
                  waiting.set(true);
                  return next(trail); // a call may have ended in between, and told nobody
                });
    chosen.ifPresent(replica -> trail.ifPresent(caller -> caller.add(replica)));
    return chosen.map(Replica::pick).orElseGet(PickResult::withNoResult);
  }

  /** The one to take of the best kind that there is, if one of those has room. */
  private Optional<Replica> next(Optional<Trail> trail) {
    int first = Math.floorMod(turn.getAndIncrement(), ready.size());
    Predicate<Replica> fit = replica -> !replica.isUnfit();
    Predicate<Replica> untried = replica -> trail.filter(t -> t.has(replica)).isEmpty();
    if (exists(fit.and(untried))) {
      return next(first, fit.and(untried));
    }
    return exists(fit) ? next(first, fit) : next(first, replica -> true);
  }

  private boolean exists(Predicate<Replica> kind) {
    for (Replica replica : ready) {
      if (kind.test(replica)) {
        return true;
      }
    }
    return false;
  }

  private Optional<Replica> next(int first, Predicate<Replica> wanted) {
    Optional<Replica> best = Optional.empty();
    int fewest = config.maxInFlight();
    for (int i = 0; i < ready.size(); i++) {
      Replica replica = ready.get((first + i) % ready.size());
      int calls = replica.inFlight();
      if (calls < fewest && wanted.test(replica)) {
        if (config.order() == Balancing.ROUND_ROBIN) {
          return Optional.of(replica);
        }
        fewest = calls;
        best = Optional.of(replica);
      }
    }
    return best;
  }
}
