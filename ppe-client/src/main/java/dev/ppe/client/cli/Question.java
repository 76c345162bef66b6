package dev.ppe.client.cli;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.v1.EstimateRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A model on its way to its answer: read, or not to be read. */
sealed interface Question {
  /** What the command line calls it. */
  ModelArgument model();

  /** One that is ready to be asked for. */
  record Ready(
      ModelArgument model,
      AtomicReference<LoadedModel> loaded,
      List<String> inputs,
      Optional<Graph> network,
      List<String> notes)
      implements Question {}

  /** One that cannot be read. */
  record Unreadable(ModelArgument model, RuntimeException reason) implements Question {}

  /**
   * A model that was read.
   *
   * @param inputs of its network, for people
   * @param network where it is wanted
   */
  static Question of(
      ModelArgument model, LoadedModel loaded, List<String> inputs, Optional<Graph> network) {
    return new Ready(
        model, new AtomicReference<>(loaded), List.copyOf(inputs), network, loaded.notes());
  }

  /**
   * The request, given away: answers that wait for others before them hold no models.
   *
   * @throws RuntimeException why there is none
   */
  default EstimateRequest takeRequest() {
    return switch (this) {
      case Ready ready ->
          ready
              .loaded()
              .getAndSet(new LoadedModel(EstimateRequest.getDefaultInstance(), List.of()))
              .request();
      case Unreadable unreadable -> throw unreadable.reason();
    };
  }
}
