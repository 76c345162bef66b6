package dev.ppe.nas.cost;

import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.statistics.Statistics;
import dev.ppe.nas.topology.ModelSpace;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fits cost models of a space to samples. The same samples and seed give the same models.
 *
 * <pre>{@code
 * CostTrainer trainer = CostTrainer.of(models, List.of(Metric.LATENCY), meter, 1);
 * Predictor latency = trainer.train(ModelKind.BOOSTED, Metric.LATENCY, samples.learn());
 * }</pre>
 */
public final class CostTrainer {
  /** Fewer samples teach nothing. */
  public static final int MIN_SAMPLES = 20;

  private static final Set<Metric> METRICS =
      EnumSet.of(Metric.LATENCY, Metric.ENERGY, Metric.MEMORY);

  private final SpaceParts parts;
  private final int parameters;
  private final List<Quantity> counted;
  private final Map<Metric, Quantity> measured;
  private final long seed;

  private CostTrainer(
      SpaceParts parts,
      int parameters,
      List<Quantity> counted,
      Map<Metric, Quantity> measured,
      long seed) {
    this.parts = parts;
    this.parameters = parameters;
    this.counted = counted;
    this.measured = new LinkedHashMap<>(measured);
    this.seed = seed;
  }

  /**
   * A trainer for a space; asks the service what each of its blocks costs alone.
   *
   * @throws IllegalArgumentException if there is no model of one of the metrics
   * @throws dev.ppe.client.PpeException if nobody answers
   * @throws InterruptedException if the thread is interrupted
   */
  public static CostTrainer of(ModelSpace models, List<Metric> metrics, BlockMeter meter, long seed)
      throws InterruptedException {
    metrics.forEach(CostTrainer::checked);
    SpaceParts parts = SpaceParts.of(models);
    return new CostTrainer(
        parts,
        models.space().parameters().size(),
        PartQuantities.of(parts),
        meter.measure(parts, metrics),
        seed);
  }

  /**
   * A metric that there may be a model of.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Metric checked(Metric metric) {
    if (!METRICS.contains(metric)) {
      throw new IllegalArgumentException(
          metric == Metric.QUALITY
              ? "the service does not know the quality: there is no cost model of it"
              : "%s is counted exactly: it needs no cost model".formatted(metric.word()));
    }
    return metric;
  }

  /** Whether the space is written in layers, which the look-up table needs. */
  public boolean hasBlocks() {
    return !counted.isEmpty();
  }

  /**
   * A model of one metric.
   *
   * @throws IllegalArgumentException if there are too few samples, they all cost the same, or the
   *     kind does not fit the space
   */
  public Predictor train(ModelKind kind, Metric metric, List<Sample> samples) {
    if (samples.size() < MIN_SAMPLES) {
      throw new IllegalArgumentException(
          "%d samples can be learnt from, must be %d or more: draw more, or look why others failed"
              .formatted(samples.size(), MIN_SAMPLES));
    }
    double[] y = samples.stream().mapToDouble(sample -> sample.metrics().get(metric)).toArray();
    if (Statistics.isConstant(y)) {
      throw new IllegalArgumentException(
          "the %s of all %d samples is %s: there is nothing to learn"
              .formatted(metric.word(), y.length, y[0]));
    }
    return switch (kind) {
      case TABLE -> new TableFit(parts.layout(), parameters, alone(metric)).fit(samples, y);
      case LINEAR -> new LinearFit(parts.layout(), parameters).fit(samples, y);
      case BOOSTED ->
          new BoostedFit(parts.layout(), parameters, quantities(metric), seed).fit(samples, y);
    };
  }

  private Quantity alone(Metric metric) {
    Quantity quantity = measured.get(metric);
    if (quantity == null || !hasBlocks()) {
      throw new IllegalArgumentException(
          "the space is not written in layers: there is no table of its blocks; take linear or"
              + " boosted");
    }
    return quantity;
  }

  private List<Quantity> quantities(Metric metric) {
    List<Quantity> quantities = new ArrayList<>(counted);
    if (hasBlocks()) {
      quantities.add(alone(metric));
    }
    return quantities;
  }
}
