package dev.ppe.client;

import dev.ppe.v1.EstimateResponse;
import io.grpc.Status.Code;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** One estimate in a thread of this process; cancelling its future interrupts the work. */
final class LocalCall implements Runnable {
  private final Supplier<EstimateResponse> work;
  private final CompletableFuture<EstimateResponse> result = new CompletableFuture<>();
  private Optional<Thread> worker = Optional.empty();

  LocalCall(Supplier<EstimateResponse> work) {
    this.work = work;
    onFailure(this::interrupt);
  }

  /** Runs something when there is a result, whichever. */
  void onEnd(Runnable end) {
    CompletableFuture<?> unused = result.whenComplete((response, failure) -> end.run());
  }

  private void onFailure(Runnable then) {
    CompletableFuture<?> unused =
        result.exceptionally(
            failure -> {
              then.run();
              return EstimateResponse.getDefaultInstance();
            });
  }

  CompletableFuture<EstimateResponse> result() {
    return result;
  }

  @Override
  public void run() {
    if (!begin()) {
      return;
    }
    try {
      result.complete(work.get());
    } catch (PpeException e) {
      result.completeExceptionally(e);
    } catch (Error e) {
      result.completeExceptionally(new PpeException(Code.INTERNAL, e.toString(), e));
      throw e;
    } finally {
      end();
    }
  }

  /** Ends the call without an answer. */
  void fail(PpeException reason) {
    result.completeExceptionally(reason);
  }

  private synchronized boolean begin() {
    if (result.isDone()) {
      return false; // and whoever ended it looks for no worker
    }
    worker = Optional.of(Thread.currentThread());
    return true;
  }

  private synchronized void interrupt() {
    worker.ifPresent(Thread::interrupt);
  }

  /** The thread goes on to other calls: an interruption of this one must not reach them. */
  private synchronized void end() {
    worker = Optional.empty();
    Thread.interrupted();
  }
}
