package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.v1.EstimateStreamResponse;
import dev.ppe.v1.GetAcceleratorRequest;
import dev.ppe.v1.ListAcceleratorsRequest;
import dev.ppe.v1.ListAcceleratorsResponse;
import dev.ppe.wire.AcceleratorCatalog;
import dev.ppe.wire.Estimator;
import dev.ppe.wire.LocalEstimator;
import dev.ppe.wire.ServiceLimits;
import dev.ppe.wire.Statuses;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PpeServerTest {
  private static final Path SHARED_MODELS = Path.of("../../shared/models");
  private static final Estimator LOCAL = new LocalEstimator(ServiceLimits.DEFAULT);

  private static Loopback loopback;

  @BeforeAll
  static void start() throws IOException {
    loopback = Loopback.start();
  }

  @AfterAll
  static void stop() {
    loopback.close();
  }

  @Test
  void anEstimateIsByteEqualToALocalOne() {
    for (ZooModel model : List.of(Zoo.models().getFirst(), Zoo.models().getLast())) {
      EstimateRequest request = Requests.of(model.graph());
      assertThat(loopback.blocking().estimate(request).toByteString())
          .isEqualTo(LOCAL.estimate(request, Interruption.NEVER).toByteString());
    }
  }

  @Test
  void aModelFileFaresAsItDoesLocally() throws IOException {
    assumeTrue(Files.isDirectory(SHARED_MODELS));
    try (Stream<Path> files = Files.list(SHARED_MODELS)) {
      for (Path file : files.sorted().toList()) {
        EstimateRequest request =
            EstimateRequest.newBuilder()
                .setModelName(file.getFileName().toString())
                .setTflite(ByteString.copyFrom(Files.readAllBytes(file)))
                .build();
        assertThat(outcome(() -> loopback.blocking().estimate(request).toByteString()))
            .as("%s", file)
            .isEqualTo(outcome(() -> LOCAL.estimate(request, Interruption.NEVER).toByteString()));
      }
    }
  }

  private interface Answer {
    Object get();
  }

  private static Object outcome(Answer answer) {
    Object[] result = new Object[1];
    Throwable failure = catchThrowable(() -> result[0] = answer.get());
    if (failure == null) {
      return result[0];
    }
    Status status = Statuses.of(failure);
    return status.getCode() + " " + status.getDescription();
  }

  @Test
  void aStreamAnswersEachRequestUnderItsId() throws InterruptedException {
    Answers<EstimateStreamRequest, EstimateStreamResponse> answers = Answers.eager();
    StreamObserver<EstimateStreamRequest> requests = loopback.async().estimateStream(answers);
    for (int i = 0; i < 50; i++) {
      requests.onNext(Requests.withId("id" + i, Requests.named("model" + i)));
    }
    requests.onCompleted();
    for (EstimateStreamResponse answer : answers.next(50)) {
      EstimateRequest request = Requests.named("model" + answer.getId().substring(2));
      assertThat(answer.getResponse()).isEqualTo(LOCAL.estimate(request, Interruption.NEVER));
    }
    assertThat(answers.end().getCode()).isEqualTo(Code.OK);
  }

  @Test
  void acceleratorsAreListedAndDescribed() {
    ListAcceleratorsResponse list =
        loopback.blocking().listAccelerators(ListAcceleratorsRequest.getDefaultInstance());
    assertThat(list).isEqualTo(AcceleratorCatalog.listAccelerators());
    assertThat(list.getAcceleratorsList())
        .extracting(Accelerator::getName)
        .contains(list.getDefaultAccelerator());
    for (Accelerator accelerator : list.getAcceleratorsList()) {
      assertThat(getAccelerator(accelerator.getName())).isEqualTo(accelerator);
    }
    assertThat(getAccelerator("").getName()).isEqualTo(list.getDefaultAccelerator());
  }

  private static Accelerator getAccelerator(String name) {
    return loopback
        .blocking()
        .getAccelerator(GetAcceleratorRequest.newBuilder().setName(name).build())
        .getAccelerator();
  }
}
