package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.Graph;
import dev.ppe.v1.Node;
import dev.ppe.wire.LocalEstimator;
import dev.ppe.wire.ServiceLimits;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request is reckoned with is what it takes, and not much more, whatever is in it. */
class WeighedRequestsTest {
  private static final WeighedRequests<EstimateRequest> READER =
      WeighedRequests.ofCalls(Requests.ANY_SIZE);

  private static long weight(EstimateRequest request) {
    return READER.weigh(request.toByteArray(), Interruption.NEVER).bytes();
  }

  private static EstimateRequest parsed(EstimateRequest request) {
    return READER.parse(request.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mobilenet_v2", "inception_v4"})
  void aGraphIsReckonedWithAsAMessageAndAsANetwork(String name) {
    EstimateRequest request = parsed(Requests.of(Zoo.find(name).orElseThrow().graph()));
    Object network = new LocalEstimator(ServiceLimits.DEFAULT).prepare(request, Interruption.NEVER);
    assertThat(weight(request))
        .isBetween(HeapSize.of(request, network), 2 * HeapSize.of(request, network));
  }

  @Test
  void whatIsNoModelFileIsReckonedWithItsBytes() {
    EstimateRequest file =
        EstimateRequest.newBuilder().setTflite(ByteString.copyFrom(new byte[100_000])).build();
    assertThat(weight(file)).isBetween(HeapSize.of(parsed(file)), 101_000L);
  }

  @Test
  void nodesWithNothingInThemAreReckonedWith() {
    EstimateRequest request =
        EstimateRequest.newBuilder()
            .setGraph(
                Graph.newBuilder()
                    .addAllNodes(Collections.nCopies(10_000, Node.getDefaultInstance())))
            .build();
    assertThat(request.getSerializedSize()).isLessThan(21_000);
    assertThat(weight(request)).isGreaterThan(HeapSize.of(parsed(request))).isGreaterThan(500_000);
  }

  /** Whatever fields there are, and will be. */
  @Test
  void noMessageTakesMoreThanItIsReckonedWith() {
    for (int seed = 0; seed < 300; seed++) {
      EstimateRequest request = (EstimateRequest) anything(EstimateRequest.newBuilder(), seed);
      assertThat(weight(request)).as("seed %d", seed).isGreaterThan(HeapSize.of(parsed(request)));
    }
  }

  private static Message anything(Message.Builder builder, int seed) {
    return filled(builder, new Random(seed));
  }

  private static Message filled(Message.Builder builder, Random random) {
    for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
      boolean taken =
          field.getRealContainingOneof() != null
              && builder.hasOneof(field.getRealContainingOneof())
              && random.nextInt(8) > 0;
      if (taken || random.nextBoolean()) {
        continue;
      }
      if (!field.isRepeated()) {
        builder.setField(field, value(builder, field, random));
        continue;
      }
      for (int i = random.nextInt(1 << random.nextInt(6)); i > 0; i--) {
        builder.addRepeatedField(field, value(builder, field, random));
      }
    }
    return builder.build();
  }

  private static Object value(Message.Builder builder, FieldDescriptor field, Random random) {
    return switch (field.getJavaType()) {
      case INT -> random.nextInt() >>> random.nextInt(32);
      case LONG -> random.nextLong() >>> random.nextInt(64);
      case FLOAT -> random.nextFloat();
      case DOUBLE -> random.nextDouble();
      case BOOLEAN -> random.nextBoolean();
      case STRING -> Character.toString(random.nextInt(2) * 0x400 + 'a').repeat(random.nextInt(30));
      case BYTE_STRING -> ByteString.copyFrom(new byte[random.nextInt(1000)]);
      case ENUM -> anyOf(field.getEnumType(), random);
      case MESSAGE -> filled(builder.newBuilderForField(field), random);
    };
  }

  private static Object anyOf(EnumDescriptor type, Random random) {
    return type.getValues().get(random.nextInt(type.getValues().size()));
  }

  @Test
  void fieldsThatNobodyKnowsAreDropped() {
    UnknownFieldSet.Builder many = UnknownFieldSet.newBuilder();
    for (int number = 1000; number < 2000; number++) {
      many.mergeVarintField(number, 1);
    }
    EstimateRequest.Builder request = Requests.small().toBuilder().setUnknownFields(many.build());
    request.getGraphBuilder().getNodesBuilder(0).setUnknownFields(many.build());
    assertThat(parsed(request.build())).isEqualTo(Requests.small());
    int dropped = request.build().getSerializedSize() - Requests.small().getSerializedSize();
    assertThat(weight(request.build())).isEqualTo(weight(Requests.small()) + dropped);
  }

  @Test
  void whatIsNoMessageIsTheClientsFault() {
    for (byte[] bytes : List.of(new byte[] {-1, -1, -1}, new byte[] {4}, new byte[] {10, 100})) {
      assertThatThrownBy(() -> READER.weigh(bytes, Interruption.NEVER))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
    }
  }
}
