package dev.ppe.nas.study;

import dev.ppe.nas.evaluate.CostService;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import java.util.concurrent.atomic.AtomicBoolean;

/** Two replicas that answer in turn. */
record TakesTurns(CostService one, CostService other, AtomicBoolean turn) implements CostService {
  TakesTurns(CostService one, CostService other) {
    this(one, other, new AtomicBoolean());
  }

  @Override
  public EstimateResponse estimate(EstimateRequest request) {
    boolean first = !turn.getAndSet(!turn.get());
    return (first ? one : other).estimate(request);
  }
}
