package dev.ppe.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.ppe.simulator.compile.CompilationException;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.graph.GraphException;
import dev.ppe.simulator.graph.GraphTooLargeException;
import io.grpc.Status;
import io.grpc.Status.Code;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StatusesTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(new ModelFormatException("byte 3", "is odd"), Code.INVALID_ARGUMENT),
        arguments(new GraphException("node 3", "is odd"), Code.INVALID_ARGUMENT),
        arguments(new CompilationException("node 3", "is odd"), Code.INVALID_ARGUMENT),
        arguments(FieldException.of("batch", "is odd"), Code.INVALID_ARGUMENT),
        arguments(new IllegalArgumentException("is odd"), Code.INVALID_ARGUMENT),
        arguments(new InvalidProtocolBufferException("is odd"), Code.INVALID_ARGUMENT),
        arguments(new GraphTooLargeException("is odd"), Code.RESOURCE_EXHAUSTED),
        arguments(new UnknownAcceleratorException("is odd", List.of()), Code.NOT_FOUND),
        arguments(new UnsupportedOperationException("is odd"), Code.UNIMPLEMENTED),
        arguments(new DeadlineExceededException("is odd"), Code.DEADLINE_EXCEEDED),
        arguments(new CancellationException("is odd"), Code.CANCELLED));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureWithAnAnswerKeepsItsMessage(Throwable failure, Code code) {
    for (Throwable wrapped :
        List.of(failure, new CompletionException(failure), new ExecutionException(failure))) {
      Status status = Statuses.of(wrapped);
      assertThat(status.getCode()).isEqualTo(code);
      assertThat(status.getDescription()).isEqualTo(failure.getMessage()).contains("is odd");
    }
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aStreamsErrorSaysTheSame(Throwable failure, Code code) {
    assertThat(Statuses.errorOf(failure).getCode()).isEqualTo(code.value());
    assertThat(Statuses.errorOf(failure).getMessage()).isEqualTo(failure.getMessage());
  }

  static Stream<Throwable> mistakes() {
    return Stream.of(
        new IllegalStateException("/etc/secret"),
        new NullPointerException("dev.ppe.Secret"),
        new ArithmeticException("/etc/secret"),
        new UnsupportedOperationException());
  }

  @Test
  void exhaustedMemoryIsNobodysMistakeAndSaysNothingOfTheInside() {
    OutOfMemoryError error = new OutOfMemoryError("/etc/secret");
    assertThat(Statuses.of(error).getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(Statuses.of(error).getDescription()).isEqualTo("out of memory");
    assertThat(Statuses.isFault(error)).isTrue();
    assertThat(Statuses.isFault(new IllegalStateException())).isTrue();
    assertThat(Statuses.isFault(new IllegalArgumentException("bad"))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeInHereSaysNothingOfTheInside(Throwable mistake) {
    Status status = Statuses.of(mistake);
    assertThat(status.getCode()).isEqualTo(Code.INTERNAL);
    assertThat(status.getDescription()).isEqualTo("internal error");
    assertThat(status.getCause()).isSameAs(mistake);
    assertThat(Statuses.errorOf(mistake).getMessage()).isEqualTo("internal error");
  }

  @Test
  void aStatusPasses() {
    Status status = Status.UNAVAILABLE.withDescription("draining");
    assertThat(Statuses.of(status.asRuntimeException())).isSameAs(status);
    assertThat(Statuses.of(status.asException())).isSameAs(status);
  }

  @Test
  void aMessageIsOneLineThatFitsAHeader() {
    String message = "name \"a\nb\u0000" + "\u00e9\ud83d\ude00".repeat(10_000);
    String description = Statuses.of(new IllegalArgumentException(message)).getDescription();
    assertThat(description).startsWith("name \"a b \u00e9\ud83d\ude00").endsWith("...");
    assertThat(message.replaceAll("\\p{Cntrl}", " "))
        .startsWith(description.substring(0, description.length() - 3));
    assertThat(description.getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(Statuses.MAX_DESCRIPTION_BYTES + 3);
  }
}
