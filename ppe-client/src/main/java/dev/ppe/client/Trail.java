package dev.ppe.client;

import io.grpc.CallOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One call's way over the replicas, all its attempts together: none should go where one has been.
 */
final class Trail {
  /** How a picker finds the trail of the call that it chooses for. */
  static final CallOptions.Key<Trail> OPTION = CallOptions.Key.create("ppe-trail");

  private final Fleet fleet;
  private final List<Replica> tried = new CopyOnWriteArrayList<>();

  Trail(Fleet fleet) {
    this.fleet = fleet;
  }

  /** A picker is about to choose. */
  void sees(ReplicaPicker picker) {
    fleet.sees(picker);
  }

  boolean has(Replica replica) {
    return tried.contains(replica);
  }

  void add(Replica replica) {
    tried.add(replica);
  }
}
