package dev.ppe.server;

import dev.ppe.wire.AnswerKey;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Answers that replicas share. It may be slow or gone: nothing depends on it. */
interface SecondLevel extends AutoCloseable {
  /** There is none. */
  SecondLevel NONE =
      new SecondLevel() {
        @Override
        public Optional<CompletionStage<Optional<byte[]>>> get(AnswerKey key) {
          return Optional.empty();
        }

        @Override
        public void put(AnswerKey key, byte[] answer) {}

        @Override
        public ServerStatistics.SecondLevel statistics() {
          return ServerStatistics.SecondLevel.NONE;
        }

        @Override
        public void close() {}
      };

  /**
   * The answer, soon and without failures: what is slow or gone has none. Nothing at all if asking
   * is not worth the time.
   */
  Optional<CompletionStage<Optional<byte[]>>> get(AnswerKey key);

  /** Keeps an answer if it can, and does not wait for that. */
  void put(AnswerKey key, byte[] answer);

  ServerStatistics.SecondLevel statistics();

  @Override
  void close();
}
