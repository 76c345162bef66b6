package dev.ppe.client.cli;

import dev.ppe.simulator.calibration.Measurement;
import dev.ppe.v1.Detail;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.wire.GraphCodec;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * Requests for the models of a file of measurements. A file is looked for from here, as everywhere
 * on the command line, and then beside the file of measurements.
 */
final class MeasuredModels {
  private final String measurements;

  MeasuredModels(String measurements) {
    this.measurements = measurements;
  }

  /**
   * A request with the network and without an accelerator.
   *
   * @throws UnreadableException saying why there is none
   */
  EstimateRequest request(Measurement row) {
    ModelArgument model = ModelArguments.of(List.of(beside(row.model()))).getFirst();
    LoadedModel loaded =
        model.load(
            NetworkOptions.ofInputSize(row.inputSize()), EstimateRequest.getDefaultInstance());
    // Read once, and not with every question.
    return EstimateRequest.newBuilder()
        .setModelName(row.model())
        .setGraph(GraphCodec.encode(Models.read(loaded.request()).graph()))
        .setDetail(Detail.DETAIL_SUMMARY)
        .build();
  }

  private String beside(String model) {
    try {
      Path there = Path.of(measurements).toAbsolutePath().resolveSibling(model);
      return !Files.exists(Path.of(model)) && Files.isRegularFile(there) ? there.toString() : model;
    } catch (InvalidPathException e) {
      return model;
    }
  }
}
