package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SmallCallsTest {
  private final List<String> events = new ArrayList<>();
  private final SmallCalls calls = new SmallCalls(() -> events.add("gives way"));

  static Stream<MethodDescriptor<?, ?>> small() {
    return Stream.of(
        HealthGrpc.getCheckMethod(),
        HealthGrpc.getWatchMethod(),
        PowerPerformanceEvaluationServiceGrpc.getListAcceleratorsMethod(),
        PowerPerformanceEvaluationServiceGrpc.getGetAcceleratorMethod(),
        ServerReflectionGrpc.getServerReflectionInfoMethod());
  }

  static Stream<MethodDescriptor<?, ?>> estimates() {
    return Stream.of(
        PowerPerformanceEvaluationServiceGrpc.getEstimateMethod(),
        PowerPerformanceEvaluationServiceGrpc.getEstimateStreamMethod());
  }

  @ParameterizedTest
  @MethodSource("small")
  void givesWayWhenItBeginsAndWhenItIsTakenBack(MethodDescriptor<?, ?> method) {
    begin(method).onCancel();

    assertThat(events).containsExactly("gives way", "starts", "is taken back", "gives way");
  }

  @ParameterizedTest
  @MethodSource("small")
  void isNotHeldUpAtItsEnd(MethodDescriptor<?, ?> method) {
    begin(method).onComplete();

    assertThat(events).containsExactly("gives way", "starts", "is over");
  }

  @ParameterizedTest
  @MethodSource("estimates")
  void leavesEstimatesAlone(MethodDescriptor<?, ?> method) {
    begin(method).onCancel();

    assertThat(events).containsExactly("starts", "is taken back");
  }

  private <Q, A> ServerCall.Listener<Q> begin(MethodDescriptor<Q, A> method) {
    return calls.interceptCall(
        new CallOf<>(method),
        new Metadata(),
        (call, headers) -> {
          events.add("starts");
          return new Told<>();
        });
  }

  private final class Told<Q> extends ServerCall.Listener<Q> {
    @Override
    public void onCancel() {
      events.add("is taken back");
    }

    @Override
    public void onComplete() {
      events.add("is over");
    }
  }

  /** A call that nothing is done with. */
  private static final class CallOf<Q, A> extends ServerCall<Q, A> {
    private final MethodDescriptor<Q, A> method;

    CallOf(MethodDescriptor<Q, A> method) {
      this.method = method;
    }

    @Override
    public MethodDescriptor<Q, A> getMethodDescriptor() {
      return method;
    }

    @Override
    public void request(int messages) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void sendHeaders(Metadata headers) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void sendMessage(A message) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close(Status status, Metadata trailers) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isCancelled() {
      return false;
    }
  }
}
