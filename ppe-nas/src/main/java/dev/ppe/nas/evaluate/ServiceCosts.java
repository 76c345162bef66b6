package dev.ppe.nas.evaluate;

import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.objective.Metrics;
import dev.ppe.nas.space.Point;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.v1.Detail;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.wire.GraphCodec;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The service's own costs.
 *
 * @param service who is asked
 * @param options a request without a model: accelerator, fidelity, precision
 */
public record ServiceCosts(CostService service, EstimateRequest options) implements CostModel {
  @Override
  public Set<Metric> metrics() {
    return EnumSet.of(Metric.LATENCY, Metric.ENERGY, Metric.MEMORY, Metric.MACS);
  }

  @Override
  public Metrics costs(Point point, Supplier<Graph> network) {
    EstimateResponse answer =
        service.estimate(
            options.toBuilder()
                .setGraph(GraphCodec.encode(network.get()))
                .setDetail(Detail.DETAIL_SUMMARY)
                .build());
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    values.put(Metric.LATENCY, answer.getLatencyUs());
    values.put(Metric.ENERGY, answer.getEnergyUj());
    values.put(Metric.MEMORY, (double) answer.getMemory().getPeMemoryPeakBytes());
    values.put(Metric.MACS, (double) answer.getMacs());
    return new Metrics(values);
  }
}
