package dev.ppe.nas.report;

import dev.ppe.nas.evaluate.CostService;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.StudyDefinition;
import dev.ppe.nas.study.Trial;
import dev.ppe.report.JsonBody;
import dev.ppe.report.model.ModelJson;
import dev.ppe.report.model.ModelReport;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Fidelity;
import dev.ppe.wire.GraphCodec;
import java.util.Optional;

/**
 * Evaluates networks once more, on a study's accelerator and at its fidelity, with all that a page
 * shows of a network: searches ask for the sums alone. Safe for use by many threads.
 *
 * @param service who is asked
 */
public record Details(CostService service) {
  /** The longest name of a built-in network that is looked for. */
  private static final int MOST_NAME = 100;

  /**
   * A trial's network.
   *
   * @throws IllegalArgumentException if its point is no network
   * @throws dev.ppe.client.PpeException if the service gives no answer
   */
  public Detail ofTrial(Study study, Trial trial) {
    String title = "trial " + trial.number();
    Graph graph = study.space().graph(trial.point());
    return new Detail("trial-" + trial.number(), title, body(study.definition(), title, graph));
  }

  /**
   * A built-in network.
   *
   * @param number of this one in the report
   * @throws IllegalArgumentException if there is none of this name, saying which may be meant
   * @throws dev.ppe.client.PpeException if the service gives no answer
   */
  public Detail ofModel(Study study, String name, int number) {
    Optional<ZooModel> model = name.length() > MOST_NAME ? Optional.empty() : Zoo.find(name);
    Graph graph = model.orElseThrow(() -> new IllegalArgumentException(unknown(name))).graph();
    return new Detail("model-" + number, name, body(study.definition(), name, graph));
  }

  private static String unknown(String name) {
    String shown = name.length() > MOST_NAME ? name.substring(0, MOST_NAME) + "..." : name;
    return "there is no built-in network \"%s\"; %s"
        .formatted(
            shown,
            name.length() > MOST_NAME
                ? "ppe inspect --zoo lists them"
                : Zoo.hint(name).orElse("ppe inspect --zoo lists them"));
  }

  private JsonBody body(StudyDefinition definition, String name, Graph graph) {
    EstimateResponse answer =
        service.estimate(
            EstimateRequest.newBuilder()
                .setModelName(name)
                .setGraph(GraphCodec.encode(graph))
                .setAcceleratorSpec(definition.accelerator())
                .setFidelity(definition.fidelity())
                .setDetail(mostOf(definition.fidelity()))
                .build());
    ModelReport report = ModelReport.of(Optional.of(graph), answer, definition.accelerator());
    return new ModelJson(report);
  }

  /** Closed formulas know of no times within an inference. */
  private static dev.ppe.v1.Detail mostOf(Fidelity fidelity) {
    return fidelity == Fidelity.FIDELITY_CYCLE
        ? dev.ppe.v1.Detail.DETAIL_TIMELINE
        : dev.ppe.v1.Detail.DETAIL_LAYERS;
  }
}
