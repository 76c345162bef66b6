package dev.ppe.wire;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.v1.EstimateResponse;
import java.util.List;

/**
 * What one request calls things, without its network: enough for who waits until {@link
 * EstimateTask#shared} has been worked out for another request of an equal key.
 */
public final class AnswerNames {
  private final String model;
  private final NodeNames nodes;
  private final List<String> notes;

  /** The names in a canonical graph, and the notes on the model. */
  AnswerNames(Graph graph, List<String> notes) {
    this.model = graph.name();
    this.nodes = NodeNames.of(graph);
    this.notes = notes;
  }

  /**
   * This request's answer, from what {@link EstimateTask#shared} gave for an equal key.
   *
   * @throws java.util.concurrent.CancellationException if {@code interruption} throws it
   */
  public EstimateResponse ownAnswer(EstimateResponse shared, Interruption interruption) {
    EstimateResponse.Builder answer = shared.toBuilder().setModelName(model).addAllNotes(notes);
    for (int i = 0; i < answer.getLayersCount(); i++) {
      interruption.check();
      String reason = answer.getLayers(i).getPlacementReason();
      answer
          .getLayersBuilder(i)
          .setName(nodes.in(answer.getLayers(i).getName()))
          .setPlacementReason(nodes.in(reason));
    }
    return answer.build();
  }

  /** This request's failure, from what {@link EstimateTask#shared} threw for an equal key. */
  public Throwable ownFailure(Throwable shared) {
    return shared instanceof IllegalArgumentException invalid && invalid.getMessage() != null
        ? new IllegalArgumentException(nodes.in(invalid.getMessage()), invalid)
        : shared;
  }
}
