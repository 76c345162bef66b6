package dev.ppe.server;

import dev.ppe.wire.AnswerKey;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A second level that answers when the test does. */
final class HeldSecondLevel implements SecondLevel {
  record Question(AnswerKey key, CompletableFuture<Optional<byte[]>> reply) {
    void answer(Optional<byte[]> answer) {
      reply.complete(answer);
    }
  }

  private final BlockingQueue<Question> questions = new LinkedBlockingQueue<>();
  private final AtomicInteger deposits = new AtomicInteger();
  private volatile boolean broken;

  Question nextQuestion() throws InterruptedException {
    return Optional.ofNullable(questions.poll(30, TimeUnit.SECONDS)).orElseThrow();
  }

  /** Throws whenever it is asked, or no longer. */
  void setBroken(boolean now) {
    broken = now;
  }

  int deposits() {
    return deposits.get();
  }

  @Override
  public Optional<CompletionStage<Optional<byte[]>>> get(AnswerKey key) {
    if (broken) {
      throw new IllegalStateException("broken in a test");
    }
    Question question = new Question(key, new CompletableFuture<>());
    questions.add(question);
    return Optional.of(question.reply());
  }

  @Override
  public void put(AnswerKey key, byte[] answer) {
    deposits.incrementAndGet();
  }

  @Override
  public ServerStatistics.SecondLevel statistics() {
    return ServerStatistics.SecondLevel.NONE;
  }

  @Override
  public void close() {}
}
