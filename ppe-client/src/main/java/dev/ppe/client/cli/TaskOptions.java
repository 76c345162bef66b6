package dev.ppe.client.cli;

import dev.ppe.v1.EstimateRequest;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a model is to run on, and as what. */
final class TaskOptions {
  @Option(
      names = {"-a", "--accelerator"},
      paramLabel = "NAME|FILE.yaml",
      description = "What runs it: ppe accelerators lists them. Default: coral-usb.")
  private Optional<String> accelerator = Optional.empty();

  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      description =
          "Cost it as it is, or as if converted: ${COMPLETION-CANDIDATES}. Default: stored.")
  private PrecisionOption precision = PrecisionOption.STORED;

  /** The numbers to compute with. */
  PrecisionOption precision() {
    return precision;
  }

  /**
   * A request with these options and no model.
   *
   * @throws UsageException if there is no such accelerator file
   */
  EstimateRequest request() {
    EstimateRequest.Builder options =
        EstimateRequest.newBuilder().setPrecision(precision.message());
    accelerator.ifPresent(text -> AcceleratorArgument.set(text, options));
    return options.build();
  }
}
