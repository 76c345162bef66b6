package dev.ppe.client.cli;

import dev.ppe.v1.EstimateRequest;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sizes of what a model file leaves open. */
final class FileOptions {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Batch size of a model file that leaves it open. Default: 1.")
  private int batch = 1;

  @Option(
      names = "--dim",
      paramLabel = "NAME=N",
      description = {
        "Size of another dimension that a model file leaves open.",
        "NAME is the file's, or INPUT:AXIS; may be repeated."
      })
  private Map<String, Integer> dimensions = Map.of();

  /** A request with what was given, and nothing else yet. */
  EstimateRequest request() {
    requirePositive("--batch", batch);
    dimensions.forEach((name, size) -> requirePositive("--dim " + name, size));
    return EstimateRequest.newBuilder().setBatch(batch).putAllDimensions(dimensions).build();
  }

  private void requirePositive(String option, int size) {
    if (size < 1) {
      throw new ParameterException(
          spec.commandLine(), "%s is %d, must be 1 or more".formatted(option, size));
    }
  }
}
