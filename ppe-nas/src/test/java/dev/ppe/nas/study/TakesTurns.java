package dev.ppe.nas.study;

import dev.ppe.client.PpeClient;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.ListAcceleratorsResponse;
import java.util.concurrent.atomic.AtomicBoolean;

/** Two replicas that answer in turn. */
record TakesTurns(PpeClient one, PpeClient other, AtomicBoolean turn) implements PpeClient {
  TakesTurns(PpeClient one, PpeClient other) {
    this(one, other, new AtomicBoolean());
  }

  @Override
  public EstimateResponse estimate(EstimateRequest request) {
    boolean first = !turn.getAndSet(!turn.get());
    return (first ? one : other).estimate(request);
  }

  @Override
  public ListAcceleratorsResponse listAccelerators() {
    return one.listAccelerators();
  }

  @Override
  public Accelerator getAccelerator(String name) {
    return one.getAccelerator(name);
  }

  @Override
  public void close() {}
}
