package dev.ppe.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.Detail;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Fidelity;
import dev.ppe.v1.Precision;
import io.grpc.Status;
import io.grpc.Status.Code;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalEstimatorTest {
  private final Estimator estimator = new LocalEstimator(ServiceLimits.DEFAULT);

  private static EstimateRequest.Builder sample() {
    return EstimateRequest.newBuilder().setGraph(GraphCodec.encode(SampleGraphs.convolution()));
  }

  private Status refusal(Consumer<EstimateRequest.Builder> change) {
    EstimateRequest.Builder request = sample();
    change.accept(request);
    return Statuses.of(
        catchThrowable(() -> estimator.estimate(request.build(), Interruption.NEVER)));
  }

  private void refused(Consumer<EstimateRequest.Builder> change, Code code, String message) {
    Status status = refusal(change);
    assertThat(status.getCode()).isEqualTo(code);
    assertThat(status.getDescription()).contains(message);
  }

  @Test
  void anAnswerCarriesWhatTheRequestSays() {
    EstimateResponse response =
        estimator.estimate(
            sample().setModelName("mine").setAcceleratorName("edgetpu-v1").build(),
            Interruption.NEVER);
    assertThat(response.getModelName()).isEqualTo("mine");
    assertThat(response.getAccelerator()).isEqualTo("edgetpu-v1");
    assertThat(response.getFidelity()).isEqualTo(Fidelity.FIDELITY_CYCLE);
    assertThat(response.getPrecision()).isEqualTo(Precision.PRECISION_STORED);
    assertThat(response.getLatencyUs()).isPositive();
    assertThat(response.getLayersList()).isNotEmpty();
    assertThat(response.getNotesList()).isEmpty();
  }

  @Test
  void theAnalyticalFidelityAnswersTheSameFields() {
    EstimateResponse fast =
        estimator.estimate(
            sample().setFidelity(Fidelity.FIDELITY_ANALYTICAL).build(), Interruption.NEVER);
    EstimateResponse exact = estimator.estimate(sample().build(), Interruption.NEVER);
    assertThat(fast.getFidelity()).isEqualTo(Fidelity.FIDELITY_ANALYTICAL);
    assertThat(fast.getLayersCount()).isEqualTo(exact.getLayersCount());
    assertThat(fast.getAllFields().keySet()).isEqualTo(exact.getAllFields().keySet());
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    EstimateResponse response = estimator.estimate(sample().build(), Interruption.NEVER);
    assertThat(response.getModelName()).isEqualTo("sample");
    assertThat(response)
        .isEqualTo(
            estimator.estimate(
                sample()
                    .setAcceleratorName(Presets.DEFAULT)
                    .setFidelity(Fidelity.FIDELITY_CYCLE)
                    .setPrecision(Precision.PRECISION_STORED)
                    .setDetail(Detail.DETAIL_LAYERS)
                    .setBatch(1)
                    .build(),
                Interruption.NEVER));
  }

  @Test
  void anAcceleratorsNameAndItsDescriptionGiveTheSameAnswer() {
    Accelerator spec = AcceleratorCatalog.getAccelerator("tensor-g1");
    assertThat(estimator.estimate(sample().setAcceleratorSpec(spec).build(), Interruption.NEVER))
        .isEqualTo(
            estimator.estimate(
                sample().setAcceleratorName("tensor-g1").build(), Interruption.NEVER));
  }

  @Test
  void aSummaryIsTheAnswerWithoutLayers() {
    EstimateResponse layers = estimator.estimate(sample().build(), Interruption.NEVER);
    assertThat(
            estimator.estimate(
                sample().setDetail(Detail.DETAIL_SUMMARY).build(), Interruption.NEVER))
        .isEqualTo(layers.toBuilder().clearLayers().build());
  }

  @Test
  void aBatchThatAGraphCannotTakeIsNoted() {
    assertThat(estimator.estimate(sample().setBatch(4).build(), Interruption.NEVER).getNotesList())
        .containsExactly("batch 4 is ignored: a graph fixes its shapes");
  }

  @Test
  void aRequestWithoutAModelIsInvalid() {
    refused(EstimateRequest.Builder::clearModel, Code.INVALID_ARGUMENT, "model is missing");
  }

  @Test
  void aModelThatIsNoneIsInvalid() {
    refused(r -> r.setTflite(ByteString.EMPTY), Code.INVALID_ARGUMENT, "empty");
    refused(r -> r.setOnnx(ByteString.EMPTY), Code.INVALID_ARGUMENT, "empty");
    refused(
        r -> r.setTflite(ByteString.copyFromUtf8("PK\3\4....")),
        Code.INVALID_ARGUMENT,
        "zip archive");
  }

  @Test
  void anUnknownAcceleratorIsNotFound() {
    refused(r -> r.setAcceleratorName("tpu"), Code.NOT_FOUND, "no accelerator \"tpu\"; there are");
  }

  @Test
  void anAcceleratorThatCannotBeBuiltIsInvalid() {
    refused(
        r -> r.setAcceleratorSpec(Accelerator.getDefaultInstance()),
        Code.INVALID_ARGUMENT,
        "accelerator_spec.grid is missing");
    refused(
        r -> r.setAcceleratorSpec(AcceleratorCatalog.getAccelerator("").toBuilder().setClockHz(12)),
        Code.INVALID_ARGUMENT,
        "accelerator_spec: clock_hz is 12, must be between");
    refused(
        r ->
            r.setAcceleratorSpec(
                AcceleratorCatalog.getAccelerator("").toBuilder().setEnergyTable("7nm")),
        Code.INVALID_ARGUMENT,
        "accelerator_spec.energy_table is \"7nm\", must be one of coral-28nm, mobile-5nm, unpriced");
  }

  /** In either fidelity: 2000 inputs and, of 100 outputs, the 64 that the lanes make at a time. */
  @Test
  void aLayerThatCannotBeTiledIntoPeMemoryIsInvalid() {
    GraphBuilder net = GraphBuilder.named("wide", Arithmetic.INT8);
    Value x = net.input("x", 1, 8, 8, 2000);
    Graph wide = net.build(net.pointwise("narrow", x, 100, Activation.NONE));
    Accelerator.Builder tiny = AcceleratorCatalog.getAccelerator("").toBuilder();
    tiny.getPeMemoryBuilder().setBytes(2048);
    for (Fidelity fidelity : List.of(Fidelity.FIDELITY_CYCLE, Fidelity.FIDELITY_ANALYTICAL)) {
      refused(
          r -> r.setGraph(GraphCodec.encode(wide)).setAcceleratorSpec(tiny).setFidelity(fidelity),
          Code.INVALID_ARGUMENT,
          "node \"narrow\": conv cannot be tiled into PE memory: one position of its output, with"
              + " all that it reads, needs 2064 bytes there, and pe_memory.bytes is 2048");
    }
  }

  @Test
  void aRateThatIsNoneIsInvalid() {
    String range = ", must be above 0 and at most 1000000";
    refused(r -> r.setInferenceRate(-1), Code.INVALID_ARGUMENT, "inference_rate is -1.0" + range);
    refused(
        r -> r.setInferenceRate(Double.NaN),
        Code.INVALID_ARGUMENT,
        "inference_rate is NaN" + range);
    refused(r -> r.setInferenceRate(1e7), Code.INVALID_ARGUMENT, "inference_rate is 1.0E7" + range);
  }

  @Test
  void reservedParameterMemoryMustBeThere() {
    refused(
        r -> r.setParameterMemoryReservedBytes(-1),
        Code.INVALID_ARGUMENT,
        "parameter_memory_reserved_bytes is -1, must be between 0 and 8262778, the parameter memory"
            + " of coral-usb");
    refused(
        r -> r.setParameterMemoryReservedBytes(8_262_779),
        Code.INVALID_ARGUMENT,
        "is 8262779, must");
    refused(
        r -> r.setAcceleratorName("tensor-g1").setParameterMemoryReservedBytes(1),
        Code.INVALID_ARGUMENT,
        "must be between 0 and 0");
  }

  @Test
  void whatOthersReserveIsNotThereForParameters() {
    EstimateResponse whole = estimator.estimate(sample().build(), Interruption.NEVER);
    EstimateResponse rest =
        estimator.estimate(
            sample().setParameterMemoryReservedBytes(8_262_778).build(), Interruption.NEVER);
    assertThat(rest.getMemory().getParamsCachedBytes()).isZero();
    assertThat(rest.getMemory().getParamsStreamedBytes())
        .isEqualTo(whole.getMemory().getParamsCachedBytes())
        .isPositive();
    assertThat(whole.getMemory().getParameterMemoryUsedBytes())
        .isGreaterThan(whole.getMemory().getParamsCachedBytes());
  }

  @Test
  void aTimelineComesBesideTheSameAnswer() {
    EstimateRequest request = sample().build();
    EstimateResponse plain = estimator.estimate(request, Interruption.NEVER);

    EstimateResponse timed =
        estimator.estimate(
            request.toBuilder().setDetail(Detail.DETAIL_TIMELINE).build(), Interruption.NEVER);

    assertThat(timed.getTimeline().getSpansList()).isNotEmpty();
    assertThat(timed.getTimeline().getPeMemoryBytesCount()).isEqualTo(timed.getLayersCount());
    assertThat(timed.toBuilder().clearTimeline().build()).isEqualTo(plain);
    assertThat(plain.hasTimeline()).isFalse();
  }

  @Test
  void aTimelineIsOfTheCycleLevel() {
    refused(
        r -> r.setDetail(Detail.DETAIL_TIMELINE).setFidelity(Fidelity.FIDELITY_ANALYTICAL),
        Code.INVALID_ARGUMENT,
        "detail is DETAIL_TIMELINE, which only FIDELITY_CYCLE has an answer to");
  }

  @Test
  void unknownNumbersOfEnumsAreInvalid() {
    refused(r -> r.setFidelityValue(9), Code.INVALID_ARGUMENT, "fidelity is 9, must be one of");
    refused(r -> r.setPrecisionValue(9), Code.INVALID_ARGUMENT, "precision is 9, must be one of");
    refused(r -> r.setDetailValue(9), Code.INVALID_ARGUMENT, "detail is 9, must be one of");
    refused(r -> r.setBatch(-1), Code.INVALID_ARGUMENT, "batch is -1, must be between 1 and");
  }

  @Test
  void sizesOfDimensionsAreCheckedByName() {
    refused(
        r -> r.putDimensions("time", 0),
        Code.INVALID_ARGUMENT,
        "dimensions[\"time\"] is 0, must be between 1 and");
    refused(
        r -> IntStream.range(0, 65).forEach(i -> r.putDimensions("d" + i, 1)),
        Code.INVALID_ARGUMENT,
        "dimensions has 65 entries, must have 64 at most");
  }

  @Test
  void sizesThatAGraphCannotTakeAreNoted() {
    assertThat(
            estimator
                .estimate(sample().putDimensions("time", 4).build(), Interruption.NEVER)
                .getNotesList())
        .containsExactly("sizes of dimensions are ignored: a graph fixes its shapes");
  }

  @Test
  void aLargeModelIsRefusedBeforeAnyWork() {
    Estimator small = new LocalEstimator(new ServiceLimits(16, GraphLimits.DEFAULT));
    for (EstimateRequest.Builder request :
        new EstimateRequest.Builder[] {
          sample(),
          EstimateRequest.newBuilder().setTflite(ByteString.copyFrom(new byte[17])),
          EstimateRequest.newBuilder().setOnnx(ByteString.copyFrom(new byte[17]))
        }) {
      Status status =
          Statuses.of(catchThrowable(() -> small.estimate(request.build(), Interruption.NEVER)));
      assertThat(status.getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
      assertThat(status.getDescription()).contains("bytes, the limit is 16");
    }
  }

  @Test
  void anInterruptionStopsTheWork() {
    Interruption late =
        () -> {
          throw new DeadlineExceededException("the deadline has passed");
        };
    Status status = Statuses.of(catchThrowable(() -> estimator.estimate(sample().build(), late)));
    assertThat(status.getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
  }
}
