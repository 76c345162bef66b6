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
import dev.ppe.v1.EstimateRequest;
import java.util.Optional;

/**
 * Evaluates candidates, one a call; safe for use by many threads. What is wrong with a candidate is
 * an outcome; that the service cannot be reached is an exception, since it says nothing of the
 * candidate.
 *
 * @param costs who says what candidates cost; what can be counted is counted in any case
 */
public record CandidateEvaluator(
    ModelSpace space, CostModel costs, Objective objective, QualitySource quality) {

  /**
   * An evaluator that asks the service.
   *
   * @param options a request without a model: accelerator, fidelity, precision
   */
  public CandidateEvaluator(
      ModelSpace space,
      CostService service,
      EstimateRequest options,
      Objective objective,
      QualitySource quality) {
    this(space, new ServiceCosts(service, options), objective, quality);
  }

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
    Metrics metrics;
    try {
      metrics = Counts.of(graph).with(costs.costs(point, () -> graph));
    } catch (PpeException e) {
      return switch (e.code()) {
        case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE, UNIMPLEMENTED ->
            Evaluated.failed(e.getMessage());
        default -> throw e;
      };
    }
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
}
