package dev.ppe.nas.study;

import dev.ppe.nas.evaluate.CostService;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets answers of one version of the simulator pass: figures of different versions do not compare.
 * The first answer says which, unless the study does.
 */
final class SimulatorCheck implements CostService {
  private final String study;
  private final CostService service;
  private final AtomicReference<String> version;

  /**
   * A check.
   *
   * @param version that the study has; empty if it has none yet, or another one may follow
   */
  SimulatorCheck(String study, CostService service, String version) {
    this.study = study;
    this.service = service;
    this.version = new AtomicReference<>(version);
  }

  /** The version of all answers so far; empty if it is not known. */
  String version() {
    return String.valueOf(version.get());
  }

  @Override
  public EstimateResponse estimate(EstimateRequest request) {
    EstimateResponse response = service.estimate(request);
    String answered = response.getSimulatorVersion();
    String expected = version.updateAndGet(known -> known.isEmpty() ? answered : known);
    if (!answered.equals(expected)) {
      throw different(study, expected, answered);
    }
    return response;
  }

  static StudyException different(String study, String expected, String answered) {
    return new StudyException(
        "%s: was made with simulator %s, and %s answers now, whose figures may differ; --accept-version"
                .formatted(study, expected, answered)
            + " goes on with it");
  }
}
