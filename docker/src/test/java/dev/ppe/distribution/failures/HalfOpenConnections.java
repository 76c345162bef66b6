package dev.ppe.distribution.failures;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Connections on which nothing more comes: after the TCP handshake, within HTTP/2's preface, after
 * it, within a frame, within a call. The server must take as many as its settings promise, and be
 * rid of them while they still hold on, as it would be of clients whose machines vanished: as soon
 * as its settings promise. What they promise for much later is held on to for as long as the siege
 * lasts.
 *
 * @param patient whether what is promised for a little later than the siege's end is waited for
 */
record HalfOpenConnections(boolean patient) implements Siege {
  private static final int CONNECTIONS = 200;

  /** How many times the siege's time is waited for what is promised. */
  private static final int PATIENCE = 5;

  /** By how much a promise may be late, on a machine that has other things to do. */
  private static final Duration LATE = Duration.ofSeconds(60);

  /** In which one that is refused shows it. */
  private static final int MOMENT_MILLIS = 10;

  /** Where clients fall silent. */
  private enum Silence {
    AFTER_CONNECTING,
    IN_PREFACE,
    AFTER_PREFACE,
    IN_HEADERS,
    IN_CALL,
    IN_MESSAGE;

    /** Whether the server must have answered before. */
    boolean isAnswered() {
      return this != AFTER_CONNECTING && this != IN_PREFACE;
    }

    Duration promised(Configuration.Promises promises) {
      return switch (this) {
        case AFTER_CONNECTING, IN_PREFACE -> promises.handshake();
        case AFTER_PREFACE, IN_HEADERS -> promises.silence();
        case IN_CALL, IN_MESSAGE -> promises.silenceInCall();
      };
    }
  }

  private record Client(Silence silence, RawConnection connection) {}

  @Override
  public String name() {
    return "half-open connections";
  }

  @Override
  public List<String> run(RunningServer server, Duration time, RandomGenerator random)
      throws Exception {
    Configuration.Promises promises = server.configuration().promises();
    int count = Math.min(CONNECTIONS, promises.maxConnectionsPerClient());
    long begin = System.nanoTime();
    List<Client> clients = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        clients.add(begin(server, Silence.values()[i % Silence.values().length]));
      }
      int refused = refused(clients, begin, promises.handshake());
      if (refused > 0) {
        faults.add("%d of %d connections were not taken".formatted(refused, count));
      }
      for (Silence silence : Silence.values()) {
        Duration promised = silence.promised(promises);
        if (patient && promised.compareTo(time.multipliedBy(PATIENCE)) <= 0) {
          long end = begin + promised.plus(LATE).toNanos();
          int held = held(clients, silence, end);
          if (held > 0) {
            faults.add(
                "%d clients who fell silent %s are held for longer than %s"
                    .formatted(held, silence, promised));
          }
        }
      }
      Thread.sleep(Math.max(0, (begin + time.toNanos() - System.nanoTime()) / 1_000_000));
    } finally {
      clients.forEach(client -> client.connection().close());
    }
    return faults;
  }

  /**
   * How many were closed as they came. One that is never answered shows it only until it may be
   * closed for its silence.
   */
  private static int refused(List<Client> clients, long begin, Duration handshake)
      throws IOException {
    int refused = 0;
    for (Client client : clients) {
      RawConnection connection = client.connection();
      boolean taken =
          client.silence().isAnswered()
              ? connection.awaitAnswer(millisUntil(begin + LATE.toNanos()))
              : !connection.awaitClose(MOMENT_MILLIS)
                  || System.nanoTime() - begin >= handshake.toNanos();
      refused += taken ? 0 : 1;
    }
    return refused;
  }

  private static int held(List<Client> clients, Silence silence, long end) throws IOException {
    int held = 0;
    for (Client client : clients) {
      if (client.silence() == silence && !client.connection().awaitClose(millisUntil(end))) {
        held++;
      }
    }
    return held;
  }

  private static int millisUntil(long end) {
    return (int) Math.max(1, (end - System.nanoTime()) / 1_000_000);
  }

  private static Client begin(RunningServer server, Silence silence) throws IOException {
    RawConnection connection = new RawConnection(server, "127.0.0.4");
    byte[] call = Frames.call(1, "Estimate");
    switch (silence) {
      case AFTER_CONNECTING -> connection.write(new byte[0]);
      case IN_PREFACE -> connection.write(new byte[] {'P', 'R', 'I'});
      case AFTER_PREFACE -> connection.begin();
      case IN_HEADERS -> connection.begin().write(Arrays.copyOf(call, 20));
      case IN_CALL -> connection.begin().write(call);
      case IN_MESSAGE -> {
        byte[] message = Frames.message(1, Requests.small().toByteArray(), true);
        connection.begin().write(call).write(Arrays.copyOf(message, 100));
      }
    }
    return new Client(silence, connection);
  }
}
