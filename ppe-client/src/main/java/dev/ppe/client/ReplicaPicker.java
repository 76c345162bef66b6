package dev.ppe.client;

import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.LoadBalancer.SubchannelPicker;
import io.grpc.Status;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Chooses the replica of each call from a snapshot of those that are ready: the next in turn, or
 * the first in turn of those with the fewest calls under way. Those without room are no choice, and
 * one that does not know the service is none as long as there is another.
 *
 * <p>Where load reports count, turns are as frequent as weights are large, and calls under way
 * count over the weight; weights are looked at by the first call after each {@link
 * Weighting#update}.
 */
final class ReplicaPicker extends SubchannelPicker {
  private final List<Replica> ready;
  private final List<Failing> failing;
  private final ReplicaBalancer.Config config;
  private final AtomicBoolean waiting;
  private final AtomicInteger turn;
  private volatile DatedTurns turns;

  /** A replica that cannot be reached, and why. */
  record Failing(String address, Status problem) {}

  /** Turns by the weights of a moment. */
  private record DatedTurns(Turns turns, long nanos) {}

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
    this.ready = List.copyOf(ready);
    this.failing = List.copyOf(failing);
    this.config = config;
    this.waiting = waiting;
    this.turn = turn;
    this.turns = config.order().weighs() ? weighed() : even();
  }

  private ReplicaPicker(ReplicaPicker same) {
    this.ready = same.ready;
    this.failing = same.failing;
    this.config = same.config;
    this.waiting = same.waiting;
    this.turn = same.turn;
    this.turns = same.turns;
  }

  /** The same choice as another object: gRPC asks it again for the calls that wait. */
  ReplicaPicker again() {
    return new ReplicaPicker(this);
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
    Turns now = turns();
    int first = now.next(turn);
    Predicate<Replica> fit = replica -> !replica.isUnfit();
    Predicate<Replica> untried = replica -> trail.filter(t -> t.has(replica)).isEmpty();
    if (exists(fit.and(untried))) {
      return next(now, first, fit.and(untried));
    }
    return exists(fit) ? next(now, first, fit) : next(now, first, replica -> true);
  }

  private boolean exists(Predicate<Replica> kind) {
    for (Replica replica : ready) {
      if (kind.test(replica)) {
        return true;
      }
    }
    return false;
  }

  private Optional<Replica> next(Turns now, int first, Predicate<Replica> wanted) {
    int best = -1;
    long bestCalls = 0;
    for (int i = 0; i < ready.size(); i++) {
      int index = (first + i) % ready.size();
      Replica replica = ready.get(index);
      long calls = replica.inFlight();
      if (calls < config.maxInFlight() && wanted.test(replica)) {
        if (config.order() != Balancing.LEAST_REQUEST) {
          return Optional.of(replica);
        }
        // calls / weight is smaller, without a division
        if (best < 0 || calls * now.weight(best) < bestCalls * now.weight(index)) {
          best = index;
          bestCalls = calls;
        }
      }
    }
    return best < 0 ? Optional.empty() : Optional.of(ready.get(best));
  }

  /** By weights that are not too old. Several threads may look at them: they see the same. */
  private Turns turns() {
    DatedTurns latest = turns;
    if (config.order().weighs()
        && System.nanoTime() - latest.nanos() >= config.weighting().updateNanos()) {
      latest = weighed();
      turns = latest;
    }
    return latest.turns();
  }

  private DatedTurns weighed() {
    long now = System.nanoTime();
    double[] weights = ready.stream().mapToDouble(replica -> replica.weight(now)).toArray();
    return new DatedTurns(Turns.of(weights), now);
  }

  private DatedTurns even() {
    return new DatedTurns(Turns.even(ready.size()), 0);
  }
}
