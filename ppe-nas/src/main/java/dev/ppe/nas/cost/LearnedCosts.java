package dev.ppe.nas.cost;

import dev.ppe.nas.evaluate.CostModel;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.objective.Metrics;
import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.space.SearchSpace;
import dev.ppe.simulator.graph.Graph;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A cost model that learned from the service's answers, and answers in its place. What a file of
 * {@link CostFileWriter} holds.
 *
 * @param origin where its samples come from
 * @param parameters of its space, in order
 * @param models one or more, of different metrics
 */
public record LearnedCosts(Origin origin, List<Parameter> parameters, List<Learned> models)
    implements CostModel {

  /**
   * The model of one metric.
   *
   * @param samples that it learned from
   */
  public record Learned(Metric metric, ModelKind kind, int samples, Predictor predictor) {}

  public LearnedCosts {
    parameters = List.copyOf(parameters);
    models = List.copyOf(models);
    if (models.isEmpty()
        || models.stream().map(Learned::metric).distinct().count() < models.size()) {
      throw new IllegalArgumentException("a cost model has one or more metrics, each once");
    }
  }

  @Override
  public Set<Metric> metrics() {
    Set<Metric> metrics = EnumSet.noneOf(Metric.class);
    models.forEach(model -> metrics.add(model.metric()));
    return metrics;
  }

  /** The model of a metric, if there is one. */
  public Optional<Learned> model(Metric metric) {
    return models.stream().filter(model -> model.metric() == metric).findFirst();
  }

  @Override
  public Metrics costs(Point point, Supplier<Graph> network) {
    Map<Metric, Double> costs = new EnumMap<>(Metric.class);
    models.forEach(model -> costs.put(model.metric(), model.predictor().predict(point)));
    return new Metrics(costs);
  }

  /** Whether points of a space are this model's: the same parameters with the same choices. */
  public boolean fits(SearchSpace space) {
    List<Parameter> others = space.parameters();
    return others.size() == parameters.size()
        && IntStream.range(0, others.size())
            .allMatch(i -> isSame(parameters.get(i), others.get(i)));
  }

  private static boolean isSame(Parameter one, Parameter other) {
    return one.name().equals(other.name())
        && one.when().isPresent() == other.when().isPresent()
        && one.size() == other.size()
        && IntStream.range(0, one.size()).allMatch(i -> one.label(i).equals(other.label(i)));
  }
}
