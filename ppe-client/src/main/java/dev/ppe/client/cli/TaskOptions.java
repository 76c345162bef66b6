package dev.ppe.client.cli;

import dev.ppe.v1.EstimateRequest;
import java.util.List;
import picocli.CommandLine.Option;

/** What a model is to run on, and as what. */
public final class TaskOptions {
  @Option(
      names = {"-a", "--accelerator"},
      paramLabel = "NAME|FILE.yaml",
      completionCandidates = AcceleratorNames.class,
      description = "What runs it: ppe accelerators lists them. Default: coral-usb.")
  private List<String> accelerators = List.of();

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
   * @throws UsageException if there is no such accelerator file, or more than one was given
   */
  public EstimateRequest request() {
    List<EstimateRequest> requests = requests();
    if (requests.size() > 1) {
      throw new UsageException(
          "--accelerator is given %d times: only ppe estimate --compare takes two, and --report any number"
              .formatted(requests.size()));
    }
    return requests.getFirst();
  }

  /**
   * A request for each accelerator, in the order given.
   *
   * @throws UsageException if there is no such accelerator file
   */
  public List<EstimateRequest> requests() {
    EstimateRequest.Builder options =
        EstimateRequest.newBuilder().setPrecision(precision.message());
    if (accelerators.isEmpty()) {
      return List.of(options.build());
    }
    return accelerators.stream()
        .map(
            text -> {
              EstimateRequest.Builder request = options.clone();
              AcceleratorArgument.set(text, request);
              return request.build();
            })
        .toList();
  }
}
