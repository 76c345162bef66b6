package dev.ppe.distribution.failures;

import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** What may be done to health, accelerators and reflection, which take a name at most. */
final class SmallMethods {
  private static final int CALLS = 900;

  /** Much more than a name has, and less than a message may have by either settings. */
  private static final int LARGE_BYTES = 4_000_000;

  /** A name, which is the same message to each of the methods. */
  private static final byte[] LARGE =
      HealthCheckRequest.newBuilder().setService("n".repeat(LARGE_BYTES)).build().toByteArray();

  private static final int LONGEST_TEXT = 2048;

  /** As long as names to be watched may be. */
  private static final int NAME = 250;

  private static final List<MethodDescriptor<?, ?>> METHODS =
      List.of(
          HealthGrpc.getCheckMethod(),
          HealthGrpc.getWatchMethod(),
          PowerPerformanceEvaluationServiceGrpc.getListAcceleratorsMethod(),
          PowerPerformanceEvaluationServiceGrpc.getGetAcceleratorMethod(),
          ServerReflectionGrpc.getServerReflectionInfoMethod());

  private SmallMethods() {}

  static void send(Attacker attacker, RandomGenerator random)
      throws IOException, InterruptedException {
    switch (random.nextInt(4)) {
      case 0 -> watch(attacker, random);
      case 1 -> leaveUnread(attacker, random);
      default -> large(attacker, METHODS.get(random.nextInt(METHODS.size())));
    }
  }

  private static void large(Attacker attacker, MethodDescriptor<?, ?> method) {
    String what = "a large request for " + method.getFullMethodName();
    CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS);
    Iterator<byte[]> answers = Requests.call(attacker.channel(), method, options, LARGE);
    try {
      if (answers.hasNext()) {
        attacker.fault(what + " was answered");
      }
    } catch (StatusRuntimeException e) {
      Status status = e.getStatus();
      attacker.ended(what, status);
      int text = String.valueOf(status.getDescription()).length();
      boolean refused = status.getCode() == Code.RESOURCE_EXHAUSTED && text <= LONGEST_TEXT;
      if (!refused && !attacker.isOver()) {
        attacker.fault("%s ended with %s, %d characters".formatted(what, status.getCode(), text));
      }
    }
  }

  /** Hundreds of watches of services that there are not, each of another one. */
  private static void watch(Attacker attacker, RandomGenerator random)
      throws IOException, InterruptedException {
    RawConnection connection = attacker.connect();
    try {
      connection.begin();
      for (int i = 0; i < CALLS && !attacker.isOver(); i++) {
        String name = i + "n".repeat(NAME - 3);
        byte[] request = HealthCheckRequest.newBuilder().setService(name).build().toByteArray();
        connection.write(Frames.call(1 + 2 * i, HealthGrpc.getWatchMethod()));
        connection.write(Frames.message(1 + 2 * i, request, random.nextBoolean()));
      }
      SlowClients.pause(attacker, 500 + random.nextInt(1500));
      connection.reset();
    } finally {
      attacker.drop(connection);
    }
  }

  /** Hundreds of calls whose answers are many times their size, and are not let out. */
  private static void leaveUnread(Attacker attacker, RandomGenerator random)
      throws IOException, InterruptedException {
    boolean reflection = random.nextBoolean();
    MethodDescriptor<?, ?> method =
        reflection
            ? ServerReflectionGrpc.getServerReflectionInfoMethod()
            : PowerPerformanceEvaluationServiceGrpc.getListAcceleratorsMethod();
    byte[] request =
        reflection
            ? ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol(PowerPerformanceEvaluationServiceGrpc.SERVICE_NAME)
                .build()
                .toByteArray()
            : new byte[0];
    RawConnection connection = attacker.connect();
    try {
      connection.beginWithoutWindow();
      for (int i = 0; i < CALLS && !attacker.isOver(); i++) {
        connection.write(Frames.call(1 + 2 * i, method));
        connection.write(Frames.message(1 + 2 * i, request, !reflection));
      }
      SlowClients.pause(attacker, 500 + random.nextInt(1500));
      connection.reset();
    } finally {
      attacker.drop(connection);
    }
  }
}
