package dev.ppe.nas.katib;

import dev.ppe.foreign.katib.GetSuggestionsReply;
import dev.ppe.foreign.katib.GetSuggestionsRequest;
import dev.ppe.foreign.katib.SuggestionGrpc;
import dev.ppe.foreign.katib.ValidateAlgorithmSettingsReply;
import dev.ppe.foreign.katib.ValidateAlgorithmSettingsRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** Katib's {@code api.v1.beta1.Suggestion} on top of {@link Suggestions}. */
final class SuggestionService extends SuggestionGrpc.SuggestionImplBase {
  @Override
  public void getSuggestions(
      GetSuggestionsRequest request, StreamObserver<GetSuggestionsReply> observer) {
    answer(observer, () -> Suggestions.answer(request));
  }

  @Override
  public void validateAlgorithmSettings(
      ValidateAlgorithmSettingsRequest request,
      StreamObserver<ValidateAlgorithmSettingsReply> observer) {
    answer(
        observer,
        () -> {
          Suggestions.validate(request.getExperiment());
          return ValidateAlgorithmSettingsReply.getDefaultInstance();
        });
  }

  private static <T> void answer(StreamObserver<T> observer, Supplier<T> answer) {
    T message;
    try {
      message = answer.get();
    } catch (StatusRuntimeException e) {
      observer.onError(e);
      return;
    } catch (RuntimeException e) { // a fault of this program, and no text of it for others
      observer.onError(
          Status.INTERNAL.withDescription("internal error").withCause(e).asException());
      return;
    }
    observer.onNext(message);
    observer.onCompleted();
  }
}
