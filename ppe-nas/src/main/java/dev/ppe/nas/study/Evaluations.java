package dev.ppe.nas.study;

import dev.ppe.client.PpeException;
import dev.ppe.nas.evaluate.CandidateEvaluator;
import dev.ppe.nas.evaluate.Evaluated;
import dev.ppe.nas.objective.Outcome;
import dev.ppe.nas.quality.QualityCommand;
import dev.ppe.nas.study.Trial.Failed;
import dev.ppe.nas.study.Trial.Result;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Evaluates trials side by side. What is wrong with a candidate is its result; what says nothing of
 * the candidate, such as servers that cannot be reached, ends the search.
 */
final class Evaluations implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 5;
  private static final long STOP_MILLIS = 200;

  private sealed interface Message {}

  private record Done(Trial trial) implements Message {}

  private record Broken(Throwable reason) implements Message {}

  private final String study;
  private final CandidateEvaluator evaluator;
  private final ExecutorService workers;
  private final BooleanSupplier stopping;
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();

  /**
   * Workers without work.
   *
   * @param study its name, for messages
   * @param stopping whether failures do not count any more
   */
  Evaluations(String study, CandidateEvaluator evaluator, int workers, BooleanSupplier stopping) {
    this.study = study;
    this.evaluator = evaluator;
    this.stopping = stopping;
    this.workers =
        Executors.newFixedThreadPool(
            workers, Thread.ofPlatform().daemon().name("evaluation-", 0).factory());
  }

  /**
   * Evaluates all of these trials.
   *
   * @param done takes results as they come, in this thread
   * @throws RuntimeException if something ends the search; results up to then were taken
   * @throws InterruptedException if the thread is interrupted, or the process told to end
   */
  void run(List<Trial> trials, Consumer<List<Trial>> done) throws InterruptedException {
    trials.forEach(this::submit);
    for (int missing = trials.size(); missing > 0; ) {
      List<Throwable> broken = new ArrayList<>();
      List<Trial> ready = take(broken);
      missing -= ready.size();
      done.accept(ready);
      if (!broken.isEmpty()) {
        throw end(broken.getFirst());
      }
    }
  }

  private void submit(Trial trial) {
    workers.execute(
        () -> {
          try {
            Result result = result(trial);
            if (result instanceof Failed && evaluator.quality() instanceof QualityCommand) {
              requireNoStop();
            }
            messages.add(new Done(trial.with(result)));
          } catch (Throwable e) { // errors too: the search would wait for ever
            messages.add(new Broken(e));
          }
        });
  }

  /**
   * Waits for results, as many as there are.
   *
   * @param broken gets what ends the search, if anything does
   */
  private List<Trial> take(List<Throwable> broken) throws InterruptedException {
    List<Message> ready = new ArrayList<>();
    ready.add(messages.take());
    messages.drainTo(ready);
    List<Trial> done = new ArrayList<>();
    for (Message message : ready) {
      switch (message) {
        case Done(Trial trial) -> done.add(trial);
        case Broken(Throwable reason) -> broken.add(reason);
      }
    }
    return done;
  }

  private Result result(Trial trial) throws InterruptedException {
    try {
      Evaluated evaluated = evaluator.evaluate(trial.number(), trial.point());
      return evaluated
          .metrics()
          .<Result>map(Trial.Evaluated::new)
          .orElseGet(() -> failed(evaluated));
    } catch (PpeException e) {
      if (saysNothingOfTheCandidate(e)) {
        throw e;
      }
      return new Failed(e.getMessage());
    } catch (IllegalArgumentException e) { // a topology that lacks a parameter, say
      return new Failed(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Ctrl-C ends commands and this process at once: waits until the word of it must be here.
   * Commands take much longer than this.
   */
  private void requireNoStop() throws InterruptedException {
    Thread.sleep(STOP_MILLIS);
    if (stopping.getAsBoolean()) {
      throw new InterruptedException("told to end");
    }
  }

  private static Failed failed(Evaluated evaluated) {
    return switch (evaluated.outcome()) {
      case Outcome.Failed(String reason) -> new Failed(reason);
      case Outcome.Scored scored -> throw new IllegalStateException("scored, and without metrics");
    };
  }

  private static boolean saysNothingOfTheCandidate(PpeException e) {
    return switch (e.code()) {
      case UNAVAILABLE,
          DEADLINE_EXCEEDED,
          UNAUTHENTICATED,
          PERMISSION_DENIED,
          NOT_FOUND,
          CANCELLED,
          ABORTED,
          INTERNAL, // a fault of the simulator or of a proxy on the way
          UNKNOWN,
          DATA_LOSS ->
          true;
      case RESOURCE_EXHAUSTED -> e.isOverload(); // else the candidate is too large
      default -> false;
    };
  }

  /** What ends a search as its caller gets to know it. */
  private RuntimeException end(Throwable reason) throws InterruptedException {
    return switch (reason) {
      case UncheckedIOException machine ->
          new StudyException(
              "%s: %s; what was recorded is safe: mend that and resume"
                  .formatted(study, machine.getMessage()),
              machine);
      case InterruptedException interrupted -> throw interrupted;
      case RuntimeException exception -> exception;
      case Error error -> throw error;
      default -> new IllegalStateException(reason);
    };
  }

  /** Ends what is under way, commands too; its results are lost. */
  @Override
  public void close() {
    workers.shutdownNow();
    try {
      workers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
