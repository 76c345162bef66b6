package dev.ppe.nas.evaluate;

import dev.ppe.client.PpeException;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.objective.Metrics;
import dev.ppe.nas.objective.Objective;
import dev.ppe.nas.objective.Outcome;
import dev.ppe.nas.quality.Candidate;
import dev.ppe.nas.quality.Quality;
import dev.ppe.nas.quality.QualitySource;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.v1.Detail;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.wire.GraphCodec;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Evaluates candidates, one a call; safe for use by many threads. What is wrong with a candidate is
 * an outcome; that the service cannot be reached is an exception, since it says nothing of the
 * candidate.
 *
 * @param service who is asked for costs
 * @param options a request without a model: accelerator, fidelity, precision
 */
public record CandidateEvaluator(
    ModelSpace space,
    CostService service,
    EstimateRequest options,
    Objective objective,
    QualitySource quality) {

  /**
   * What becomes of a candidate.
   *
   * @param trial its number in the search
   * @throws PpeException if the service cannot be reached, is overloaded or at fault, or takes
   *     smaller networks only than the graph builder does
   * @throws java.io.UncheckedIOException if the machine keeps the quality from being found out
   * @throws InterruptedException if the thread is interrupted
   */
  public Evaluated evaluate(long trial, Point point) throws InterruptedException {
    Graph graph;
    try {
      graph = space.graph(point);
    } catch (IllegalArgumentException e) {
      // A layer that does not fit, a figure out of range at this point, a network that is too
      // large.
      return Evaluated.failed("no network: " + e.getMessage());
    }
    EstimateResponse costs;
    try {
      costs = service.estimate(request(graph));
    } catch (PpeException e) {
      return switch (e.code()) {
        case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE, UNIMPLEMENTED ->
            Evaluated.failed(e.getMessage());
        default -> throw e;
      };
    }
    Metrics metrics = metrics(costs, graph);
    if (objective.needs().contains(Metric.QUALITY)) {
      switch (quality.of(new Candidate(trial, point, graph))) {
        case Quality.Known(double value) -> metrics = metrics.with(Metric.QUALITY, value);
        case Quality.Unknown(String reason) -> {
          return Evaluated.failed(reason);
        }
      }
    }
    return switch (objective.judge(metrics)) {
      case Outcome.Failed(String reason) -> Evaluated.failed(reason);
      case Outcome.Scored scored -> new Evaluated(scored, Optional.of(metrics));
    };
  }

  private EstimateRequest request(Graph graph) {
    return options.toBuilder()
        .setGraph(GraphCodec.encode(graph))
        .setDetail(Detail.DETAIL_SUMMARY)
        .build();
  }

  private static Metrics metrics(EstimateResponse costs, Graph graph) {
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    values.put(Metric.LATENCY, costs.getLatencyUs());
    values.put(Metric.ENERGY, costs.getEnergyUj());
    values.put(Metric.MEMORY, (double) costs.getMemory().getPeMemoryPeakBytes());
    values.put(Metric.MODEL_SIZE, (double) modelSize(graph));
    values.put(Metric.MACS, (double) costs.getMacs());
    values.put(Metric.PARAMETERS, (double) Workload.parameters(graph));
    return new Metrics(values);
  }

  private static long modelSize(Graph graph) {
    return graph.tensors().stream()
        .filter(tensor -> tensor.isParameter())
        .mapToLong(tensor -> tensor.bytes())
        .sum();
  }
}
