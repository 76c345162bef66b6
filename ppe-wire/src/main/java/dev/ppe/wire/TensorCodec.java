package dev.ppe.wire;

import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.graph.Tensor.Role;
import dev.ppe.v1.PerChannelQuantization;
import dev.ppe.v1.PerTensorQuantization;
import java.util.List;

/** Between the wire's tensor and the domain's. */
final class TensorCodec {
  private TensorCodec() {}

  static dev.ppe.v1.Tensor encode(Tensor tensor) {
    dev.ppe.v1.Tensor.Builder builder =
        dev.ppe.v1.Tensor.newBuilder()
            .setName(tensor.name())
            .addAllShape(tensor.shape().toList())
            .setType(Enums.DATA_TYPE.encode(tensor.type()))
            .setRole(Enums.ROLE.encode(tensor.role()));
    switch (tensor.quantization()) {
      case Quantization.None none -> {}
      case Quantization.PerTensor perTensor ->
          builder.setPerTensor(
              PerTensorQuantization.newBuilder()
                  .setScale(perTensor.scale())
                  .setZeroPoint(perTensor.zeroPoint()));
      case Quantization.PerChannel perChannel ->
          builder.setPerChannel(PerChannelQuantization.newBuilder().setAxis(perChannel.axis()));
    }
    return builder.build();
  }

  static Tensor decode(dev.ppe.v1.Tensor tensor) {
    return new Tensor(
        tensor.getName(),
        shape(Fields.atMost("shape", tensor.getShapeList(), Shape.MAX_RANK)),
        Enums.DATA_TYPE.decode("type", tensor.getTypeValue()),
        quantization(tensor),
        Enums.ROLE.decode("role", tensor.getRoleValue(), Role.ACTIVATION));
  }

  private static Shape shape(List<Integer> dimensions) {
    return Fields.within("shape", () -> Shape.of(dimensions));
  }

  private static Quantization quantization(dev.ppe.v1.Tensor tensor) {
    return switch (tensor.getQuantizationCase()) {
      case QUANTIZATION_NOT_SET -> Quantization.NONE;
      case PER_TENSOR ->
          new Quantization.PerTensor(
              tensor.getPerTensor().getScale(), tensor.getPerTensor().getZeroPoint());
      case PER_CHANNEL ->
          Fields.within(
              "per_channel",
              () ->
                  new Quantization.PerChannel(
                      Fields.range(
                          "axis", tensor.getPerChannel().getAxis(), 0, Shape.MAX_RANK - 1)));
    };
  }
}
