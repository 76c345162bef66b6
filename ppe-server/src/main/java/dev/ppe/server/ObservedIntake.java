package dev.ppe.server;

import dev.ppe.server.observe.Observation;
import dev.ppe.server.observe.ObservedCall;
import dev.ppe.server.security.Quota;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import java.util.function.Consumer;

/** Has every request observed from here to its end, and counts those of streams against quotas. */
final class ObservedIntake implements RequestIntake {
  private final RequestIntake intake;
  private final Runnable quota;

  private ObservedIntake(RequestIntake intake, Runnable quota) {
    this.intake = intake;
    this.quota = quota;
  }

  /** For calls of one message, which were counted before the message was read. */
  static RequestIntake ofCalls(RequestIntake intake) {
    return new ObservedIntake(intake, () -> {});
  }

  /** For calls of many messages. */
  static RequestIntake ofStreams(RequestIntake intake) {
    return new ObservedIntake(intake, Quota::spend);
  }

  @Override
  public void submit(
      EstimateRequest request, Consumer<EstimateResponse> answered, Consumer<Throwable> failed) {
    Observation observation = ObservedCall.current().begin(request);
    try {
      quota.run();
      intake.submit(
          request,
          response -> {
            observation.answered(); // first: who has the answer also finds it in the figures
            answered.accept(response);
          },
          failure -> {
            if (!observation.failed(failure)) { // an answer that could not be sent
              RequestLog.failed("Estimate", failure);
            }
            failed.accept(failure);
          });
    } catch (RuntimeException e) {
      observation.failed(e);
      throw e;
    }
  }
}
