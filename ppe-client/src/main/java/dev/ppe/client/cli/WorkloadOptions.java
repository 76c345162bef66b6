package dev.ppe.client.cli;

import dev.ppe.client.load.Workload;
import dev.ppe.v1.Detail;
import dev.ppe.v1.EstimateRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a load asks. */
final class WorkloadOptions {
  private static final int DEFAULT_CANDIDATES = 1000;
  private static final int MOST_CANDIDATES = 1_000_000;

  @Option(
      names = "--models",
      paramLabel = "MODEL",
      split = ",",
      description = {
        "Ask these in turn: files or built-in networks. A server's cache answers",
        "all but the first of each."
      })
  private List<String> models = List.of();

  @Option(
      names = "--candidates",
      paramLabel = "N",
      description = {
        "Ask N distinct networks in turn, drawn from --seed: cells of NAS-Bench-201,",
        "which no cache has seen. Default: 1000, without --models."
      })
  private Optional<Integer> candidates = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of candidates and arrivals: the same one gives the same. Default: 1.")
  private long seed = 1;

  @Mixin private final TaskOptions task = new TaskOptions();

  @Option(
      names = "--fidelity",
      paramLabel = "LEVEL",
      description = "${COMPLETION-CANDIDATES}. Default: cycle.")
  private FidelityOption fidelity = FidelityOption.CYCLE;

  @Option(names = "--no-layers", description = "Ask for answers without their layers.")
  private boolean noLayers;

  /** Of what is drawn. */
  long seed() {
    return seed;
  }

  /** A request without a model. */
  EstimateRequest options() {
    return task.request().toBuilder()
        .setFidelity(fidelity.message())
        .setDetail(noLayers ? Detail.DETAIL_SUMMARY : Detail.DETAIL_LAYERS)
        .build();
  }

  /**
   * The requests.
   *
   * @throws UsageException if a model cannot be had, or if there are too many or none
   */
  Workload workload(EstimateRequest options) {
    if (!models.isEmpty()) {
      if (candidates.isPresent()) {
        throw new UsageException("--models and --candidates exclude each other");
      }
      return Workload.of(
          ModelArguments.of(models).stream().map(model -> request(model, options)).toList());
    }
    int count = candidates.orElse(DEFAULT_CANDIDATES);
    if (count < 1 || count > MOST_CANDIDATES) {
      throw new UsageException(
          "--candidates is %d, must be from 1 to %d".formatted(count, MOST_CANDIDATES));
    }
    return Workload.candidates(count, seed, options);
  }

  /** For people. */
  String describe() {
    return models.isEmpty()
        ? "%d candidates".formatted(candidates.orElse(DEFAULT_CANDIDATES))
        : String.join(", ", models);
  }

  private EstimateRequest request(ModelArgument model, EstimateRequest options) {
    try {
      return model
          .load(
              NetworkOptions.ofInputSize(OptionalInt.empty()),
              task.precision().arithmetic(),
              options)
          .request();
    } catch (UnreadableException e) {
      throw new UsageException("%s: %s".formatted(model.text(), e.getMessage()));
    }
  }
}
