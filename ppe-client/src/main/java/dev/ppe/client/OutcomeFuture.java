package dev.ppe.client;

import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import io.grpc.Status.Code;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** One input on its way to its outcome. */
record OutcomeFuture<T>(
    CompletableFuture<EstimateResponse> call, CompletableFuture<Outcome<T>> outcome) {

  /**
   * Asks for an input's estimate. Whatever fails, the making of the request included, becomes the
   * outcome.
   */
  static <T> OutcomeFuture<T> begin(
      Estimating estimating, long index, T input, Function<? super T, EstimateRequest> request) {
    CompletableFuture<EstimateResponse> call;
    try {
      call = estimating.begin(request.apply(input));
    } catch (RuntimeException e) {
      call = CompletableFuture.failedFuture(unusable(e));
    }
    return new OutcomeFuture<>(
        call,
        call.handle(
            (response, failure) ->
                failure == null
                    ? new Outcome.Answer<>(index, input, response)
                    : new Outcome.Failure<>(index, input, reason(failure))));
  }

  private static PpeException unusable(RuntimeException failure) {
    return failure instanceof PpeException known
        ? known
        : new PpeException(Code.INVALID_ARGUMENT, String.valueOf(failure.getMessage()), failure);
  }

  private static PpeException reason(Throwable failure) {
    return switch (failure) {
      case PpeException known -> known;
      case CompletionException wrapper when wrapper.getCause() != null ->
          reason(wrapper.getCause());
      case CancellationException cancelled ->
          new PpeException(Code.CANCELLED, "cancelled", cancelled);
      default -> new PpeException(Code.INTERNAL, String.valueOf(failure.getMessage()), failure);
    };
  }

  /** Gives the estimate up. */
  void cancel() {
    call.cancel(true);
  }
}
