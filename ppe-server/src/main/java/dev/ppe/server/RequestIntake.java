package dev.ppe.server;

import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import java.util.function.Consumer;

/** Where requests for estimates go in. */
interface RequestIntake {
  /**
   * Estimates on another thread, for the current call. One of the two is told, on that thread,
   * unless the call ends before its turn comes.
   *
   * @throws io.grpc.StatusRuntimeException if there is no room for the request
   */
  void submit(
      EstimateRequest request, Consumer<EstimateResponse> answered, Consumer<Throwable> failed);
}
