package dev.ppe.report.model;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.v1.Detail;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Fidelity;
import dev.ppe.wire.AcceleratorCatalog;
import dev.ppe.wire.GraphCodec;
import dev.ppe.wire.LocalEstimator;
import dev.ppe.wire.ServiceLimits;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reports on built-in networks, for tests. */
final class Answers {
  private static final LocalEstimator ESTIMATOR = new LocalEstimator(ServiceLimits.DEFAULT);

  private Answers() {}

  static Graph network(String name) {
    return Zoo.find(name).orElseThrow().graph().withName(name);
  }

  static EstimateResponse answer(Graph network, String accelerator, Fidelity fidelity) {
    return ESTIMATOR.estimate(
        EstimateRequest.newBuilder()
            .setModelName(network.name())
            .setGraph(GraphCodec.encode(network))
            .setAcceleratorName(accelerator)
            .setFidelity(fidelity)
            .setDetail(
                fidelity == Fidelity.FIDELITY_CYCLE ? Detail.DETAIL_TIMELINE : Detail.DETAIL_LAYERS)
            .build(),
        Interruption.NEVER);
  }

  static ModelReport report(Graph network, String accelerator) {
    return report(network, accelerator, Fidelity.FIDELITY_CYCLE);
  }

  static ModelReport report(Graph network, String accelerator, Fidelity fidelity) {
    return ModelReport.of(
        Optional.of(network),
        answer(network, accelerator, fidelity),
        AcceleratorCatalog.getAccelerator(accelerator));
  }

  static ModelReport report(String network, String accelerator) {
    return report(network(network), accelerator);
  }

  static void write(Path file, ModelReport... reports) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      new ModelPage(List.of(reports)).writeTo(out);
    }
  }
}
