package dev.ppe.server;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.ppe.server.Flight.Passenger;
import dev.ppe.simulator.Interruption;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.wire.AnswerKey;
import dev.ppe.wire.EstimateTask;
import dev.ppe.wire.LocalEstimator;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Answers are worked out once and kept: for requests that come at the same time, for those that
 * come later, and, with a second level, for those that come to other replicas. What is kept has no
 * names; every request gets its own put in.
 *
 * <p>A worker reads the request, and with that knows its key. It looks into the cache, then whether
 * the work is under way, then asks the second level, and works it out if nobody has it. Failures
 * are not kept.
 */
final class SharedEstimates implements SimulationPool.Work {
  private final LocalEstimator estimator;
  private final AnswerCache cache;
  private final SecondLevel secondLevel;
  private final ConcurrentMap<AnswerKey, Flight> flights = new ConcurrentHashMap<>();

  SharedEstimates(LocalEstimator estimator, AnswerCache cache, SecondLevel secondLevel) {
    this.estimator = estimator;
    this.cache = cache;
    this.secondLevel = secondLevel;
  }

  @Override
  public void begin(Job job) {
    EstimateTask task = estimator.prepare(job.request(), job);
    if (!task.shareable()) {
      job.answer(task.answer(job).toByteArray(), CacheStatus.COMPUTED);
      return;
    }
    Passenger passenger = new Passenger(job, task.names());
    Optional<byte[]> known = cache.get(task.key());
    if (known.isPresent()) {
      answer(passenger, known.get(), CacheStatus.HIT);
    } else {
      board(passenger, task);
    }
  }

  /** Who does not do the work itself waits with its names alone: networks may be large. */
  private void board(Passenger passenger, EstimateTask task) {
    AnswerKey key = task.key();
    Flight own = new Flight(passenger);
    Flight flight = own;
    for (boolean aboard = false; !aboard; ) {
      flight = flights.computeIfAbsent(key, absent -> own);
      aboard = flight == own || flight.join(passenger);
      if (!aboard) { // everybody had left it
        flights.remove(key, flight);
      }
    }
    if (flight == own) {
      guarded(
          key,
          own,
          () -> {
            passenger.job().onAbandoned(abandoning(own, passenger.job()));
            depart(passenger.job(), task, own);
          });
    } else {
      passenger.job().onAbandoned(abandoning(flight, passenger.job()));
    }
  }

  /** Whatever step of a flight fails, nobody waits for it any longer. */
  private void guarded(AnswerKey key, Flight flight, Runnable step) {
    try {
      step.run();
    } catch (Throwable failure) {
      crash(key, flight, failure);
    }
  }

  private static Runnable abandoning(Flight flight, Job job) {
    return () -> flight.leave(job);
  }

  private void depart(Job first, EstimateTask task, Flight flight) {
    AnswerKey key = task.key();
    Optional<byte[]> known = cache.get(key); // another flight may just have landed
    if (known.isPresent()) {
      land(key, flight, known.get(), CacheStatus.HIT);
      return;
    }
    secondLevel
        .get(key)
        .ifPresentOrElse(
            reply ->
                reply.whenComplete(
                    (answer, failure) -> {
                      Optional<byte[]> found = failure == null ? answer : Optional.empty();
                      guarded(key, flight, () -> goOn(first, task, flight, found));
                    }),
            () -> compute(task, flight));
  }

  private void goOn(Job first, EstimateTask task, Flight flight, Optional<byte[]> answer) {
    first.resume(() -> guarded(task.key(), flight, () -> arrive(task, flight, answer)));
  }

  /** The second level has spoken. */
  private void arrive(EstimateTask task, Flight flight, Optional<byte[]> answer) {
    Optional<byte[]> known = answer.filter(bytes -> fits(task, bytes, flight));
    if (known.isPresent()) {
      cache.put(task.key(), known.get());
      land(task.key(), flight, known.get(), CacheStatus.HIT);
    } else {
      compute(task, flight);
    }
  }

  private void compute(EstimateTask task, Flight flight) {
    AnswerKey key = task.key();
    byte[] answer = task.shared(flight).toByteArray();
    cache.put(key, answer);
    secondLevel.put(key, answer);
    land(key, flight, answer, CacheStatus.COMPUTED);
  }

  /** Everybody gets the answer; those who came later learn that it was not for them alone. */
  private void land(AnswerKey key, Flight flight, byte[] answer, CacheStatus status) {
    flights.remove(key, flight);
    AtomicReference<CacheStatus> next = new AtomicReference<>(status);
    CacheStatus others = status == CacheStatus.COMPUTED ? CacheStatus.SHARED : status;
    var unused = flight.end(passenger -> answer(passenger, answer, next.getAndSet(others)));
  }

  private void crash(AnswerKey key, Flight flight, Throwable failure) {
    flights.remove(key, flight);
    boolean told = flight.end(passenger -> passenger.job().fail(ownFailure(passenger, failure)));
    if (!told) {
      RequestLog.failed("worker", failure);
    }
  }

  private static Throwable ownFailure(Passenger passenger, Throwable shared) {
    try {
      passenger.job().requireWaiting();
      return passenger.names().ownFailure(shared);
    } catch (Throwable own) { // its call has ended, or its names cannot be put in
      return own;
    }
  }

  private void answer(Passenger passenger, byte[] shared, CacheStatus status) {
    byte[] own;
    try {
      own = passenger.names().ownAnswer(shared, passenger.job());
      cache.count(status);
    } catch (Throwable failure) { // of one of them is none of the others'
      var unused = passenger.job().fail(failure);
      return;
    }
    passenger.job().answer(own, status);
  }

  /** What comes from elsewhere is looked at before it is everybody's. */
  private static boolean fits(EstimateTask task, byte[] bytes, Interruption interruption) {
    try {
      var unused = EstimateResponse.parseFrom(bytes);
      return task.names().ownAnswer(bytes, interruption).length > 0;
    } catch (CancellationException unwanted) { // which is an IllegalStateException, too
      throw unwanted;
    } catch (InvalidProtocolBufferException | IllegalStateException damaged) {
      return false;
    }
  }
}
