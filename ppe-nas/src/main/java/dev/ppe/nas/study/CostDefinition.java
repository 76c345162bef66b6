package dev.ppe.nas.study;

import dev.ppe.nas.cost.CostFileReader;
import dev.ppe.nas.cost.LearnedCosts;
import dev.ppe.nas.cost.Origin;
import dev.ppe.nas.objective.Metric;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Where a study has the costs of its candidates from. */
public sealed interface CostDefinition {
  /** From the service, each of them. */
  record Service() implements CostDefinition {}

  /**
   * From a model that learned from the service, which the study holds as a whole. The service is
   * asked for the winners only, at the end: {@link Recosting}.
   *
   * @param name of its file
   * @param text what {@link CostFileReader} reads
   */
  record Learned(String name, String text) implements CostDefinition {
    /** Metrics that are counted, or have another source. */
    private static final Set<Metric> OTHERS =
        EnumSet.of(Metric.MODEL_SIZE, Metric.MACS, Metric.PARAMETERS, Metric.QUALITY);

    /** The digest of its file, in hexadecimal digits. */
    public String sha256() {
      return Hashes.sha256(text);
    }

    /**
     * The model.
     *
     * @throws IllegalArgumentException if it cannot be read or does not fit the study
     */
    public LearnedCosts open(StudyDefinition study) {
      LearnedCosts costs = CostFileReader.read(name, text);
      Optional<String> difference = costs.origin().differenceTo(study.origin(""));
      if (difference.isPresent()) {
        throw new IllegalArgumentException("%s: %s".formatted(name, difference.get()));
      }
      if (!costs.fits(study.modelSpace().space())) {
        throw new IllegalArgumentException(
            "%s: is damaged: its parameters are not those of the space".formatted(name));
      }
      Set<Metric> missing = EnumSet.copyOf(study.goal().needs());
      missing.removeAll(costs.metrics());
      missing.removeAll(OTHERS);
      if (!missing.isEmpty()) {
        String metrics = missing.stream().map(Metric::word).collect(Collectors.joining(","));
        throw new IllegalArgumentException(
            "%s: does not predict %s, which the objective reads: train it with --metric %s too"
                .formatted(name, metrics, metrics));
      }
      return costs;
    }
  }

  /** What makes it another source than others. */
  default String identity() {
    return switch (this) {
      case Service service -> "the service's";
      case Learned learned -> "a model (%s)".formatted(learned.sha256());
    };
  }

  /** What reports call it: the origin of the model's samples too. */
  default String label() {
    return switch (this) {
      case Service service -> "service";
      case Learned(String name, String text) -> {
        LearnedCosts costs = CostFileReader.read(name, text);
        Origin origin = costs.origin();
        yield costs.models().stream()
                .map(
                    model ->
                        "%s by %s of %d samples"
                            .formatted(model.metric().word(), model.kind().word(), model.samples()))
                .collect(Collectors.joining(", ", "model " + name + ": ", ""))
            + ", simulator "
            + origin.simulator();
      }
    };
  }
}
