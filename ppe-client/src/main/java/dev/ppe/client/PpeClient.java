package dev.ppe.client;

import dev.ppe.v1.Accelerator;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.ListAcceleratorsResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Asks for estimates. Safe for use by many threads.
 *
 * <p>Where the work is done makes no difference to an answer: equal requests get byte-equal ones.
 * Whatever may go wrong with a request or on the way is a {@link PpeException}, and nothing else.
 */
public interface PpeClient extends AutoCloseable {
  /** What makes a client. */
  static PpeClientBuilder builder() {
    return new PpeClientBuilder();
  }

  /** A client that does the work in this process, and gives up on a request after the deadline. */
  static PpeClient inProcess(Duration deadline) {
    return builder().deadline(deadline).build();
  }

  /** A client that asks replicas in turn, unencrypted and without a token. */
  static PpeClient connect(Target target, Duration deadline) {
    return builder().target(target).deadline(deadline).build();
  }

  /** The cost of one network on one accelerator; waits for it. */
  EstimateResponse estimate(EstimateRequest request);

  /**
   * The cost of one network on one accelerator, without waiting. The future fails with a {@link
   * PpeException}; to cancel it gives the work up. As many may be under way as the caller likes:
   * {@link #estimateAll} is what bounds them.
   */
  CompletableFuture<EstimateResponse> estimateAsync(EstimateRequest request);

  /** As below, of requests, without progress. */
  default Stream<Outcome<EstimateRequest>> estimateAll(Stream<EstimateRequest> requests) {
    return estimateAll(requests, Function.identity(), progress -> {});
  }

  /**
   * An outcome for every input, an answer or a failure, in the order of the inputs; for any number
   * of them. Inputs are read as there is room for their requests, by a thread of its own, so they
   * need not fit in memory; and no more are read while the outcomes are not.
   *
   * @param inputs what is estimated, such as the candidates of a search
   * @param request an input's request. Where it throws, that input alone fails
   * @param progress told after each outcome, in the thread that reads them
   * @return to be read once, by one thread, to its end or until it is closed, which gives up what
   *     is under way. It throws what reading the inputs throws, when it comes to it
   */
  <T> Stream<Outcome<T>> estimateAll(
      Stream<? extends T> inputs,
      Function<? super T, EstimateRequest> request,
      Consumer<Progress> progress);

  /**
   * Many estimates whose outcomes are wanted as they are ready.
   *
   * @param listener gets an outcome for every request, one at a time, with its id as the input;
   *     {@link EstimateStream} says what it may do
   */
  EstimateStream stream(Consumer<Outcome<String>> listener);

  /** The accelerators that requests may name. */
  ListAcceleratorsResponse listAccelerators();

  /** One of them; the default one for an empty name. */
  Accelerator getAccelerator(String name);

  /** Ends the client; what is under way is given up. */
  @Override
  void close();
}
