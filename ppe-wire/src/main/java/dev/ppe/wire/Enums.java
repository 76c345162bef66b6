package dev.ppe.wire;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.Resource;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.PadMode;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import dev.ppe.simulator.graph.Operator.ResizeMethod;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.graph.Tensor.Role;
import dev.ppe.simulator.graph.precision.Precision;
import dev.ppe.v1.Engine;
import dev.ppe.v1.TensorRole;

/** The enums that the domain and the wire share. */
final class Enums {
  static final EnumCodec<DataType, dev.ppe.v1.DataType> DATA_TYPE =
      new EnumCodec<>(DataType.class, dev.ppe.v1.DataType.class, "DATA_TYPE_");
  static final EnumCodec<Role, TensorRole> ROLE =
      new EnumCodec<>(Role.class, TensorRole.class, "TENSOR_ROLE_");
  static final EnumCodec<Activation, dev.ppe.v1.Activation> ACTIVATION =
      new EnumCodec<>(Activation.class, dev.ppe.v1.Activation.class, "ACTIVATION_");
  static final EnumCodec<PoolFunction, dev.ppe.v1.PoolFunction> POOL =
      new EnumCodec<>(PoolFunction.class, dev.ppe.v1.PoolFunction.class, "POOL_FUNCTION_");
  static final EnumCodec<ReduceFunction, dev.ppe.v1.ReduceFunction> REDUCE =
      new EnumCodec<>(ReduceFunction.class, dev.ppe.v1.ReduceFunction.class, "REDUCE_FUNCTION_");
  static final EnumCodec<BinaryFunction, dev.ppe.v1.BinaryFunction> BINARY =
      new EnumCodec<>(BinaryFunction.class, dev.ppe.v1.BinaryFunction.class, "BINARY_FUNCTION_");
  static final EnumCodec<UnaryFunction, dev.ppe.v1.UnaryFunction> UNARY =
      new EnumCodec<>(UnaryFunction.class, dev.ppe.v1.UnaryFunction.class, "UNARY_FUNCTION_");
  static final EnumCodec<PadMode, dev.ppe.v1.PadMode> PAD_MODE =
      new EnumCodec<>(PadMode.class, dev.ppe.v1.PadMode.class, "PAD_MODE_");
  static final EnumCodec<ResizeMethod, dev.ppe.v1.ResizeMethod> RESIZE =
      new EnumCodec<>(ResizeMethod.class, dev.ppe.v1.ResizeMethod.class, "RESIZE_METHOD_");
  static final EnumCodec<Fidelity, dev.ppe.v1.Fidelity> FIDELITY =
      new EnumCodec<>(Fidelity.class, dev.ppe.v1.Fidelity.class, "FIDELITY_");
  static final EnumCodec<Precision, dev.ppe.v1.Precision> PRECISION =
      new EnumCodec<>(Precision.class, dev.ppe.v1.Precision.class, "PRECISION_");
  static final EnumCodec<Cause, dev.ppe.v1.Cause> CAUSE =
      new EnumCodec<>(Cause.class, dev.ppe.v1.Cause.class, "CAUSE_");

  static final EnumCodec<Resource, Engine> ENGINE =
      new EnumCodec<>(Resource.class, Engine.class, "ENGINE_");

  private Enums() {}
}
