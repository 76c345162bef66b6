package dev.ppe.wire;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.PadMode;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.v1.Custom;
import dev.ppe.v1.Node;
import dev.ppe.v1.Resize;
import dev.ppe.v1.StridedSlice;
import dev.ppe.v1.TransposeConv2d;
import java.util.List;
import java.util.Locale;

/** Messages as the domain's operators; the counterpart of {@link OperatorEncoder}. */
final class OperatorDecoder {
  /** Entries of a strided slice: as many as its masks have bits. */
  private static final int MAX_SLICE_ENTRIES = Integer.SIZE;

  private OperatorDecoder() {}

  /** The operator of {@code node}; failures name the field, such as {@code conv2d.groups}. */
  static Operator decode(Node node) {
    try {
      return operator(node);
    } catch (IllegalArgumentException e) {
      if (node.getOperatorCase() == Node.OperatorCase.OPERATOR_NOT_SET) {
        throw e;
      }
      throw FieldException.within(node.getOperatorCase().name().toLowerCase(Locale.ROOT), e);
    }
  }

  private static Operator operator(Node node) {
    return switch (node.getOperatorCase()) {
      case CONV2D -> {
        var conv = node.getConv2D();
        yield new Operator.Conv2d(
            WindowCodec.decode(conv.hasWindow(), conv.getWindow()),
            Fields.positiveOrOne("groups", conv.getGroups()),
            activation(conv.getActivationValue()));
      }
      case DEPTHWISE_CONV2D -> {
        var conv = node.getDepthwiseConv2D();
        yield new Operator.DepthwiseConv2d(
            WindowCodec.decode(conv.hasWindow(), conv.getWindow()),
            Fields.positiveOrOne("depth_multiplier", conv.getDepthMultiplier()),
            activation(conv.getActivationValue()));
      }
      case TRANSPOSE_CONV2D -> transposeConv(node.getTransposeConv2D());
      case FULLY_CONNECTED ->
          new Operator.FullyConnected(
              node.getFullyConnected().getKeepDimensions(),
              activation(node.getFullyConnected().getActivationValue()));
      case BATCH_MAT_MUL ->
          new Operator.BatchMatMul(
              node.getBatchMatMul().getTransposeLeft(), node.getBatchMatMul().getTransposeRight());
      case POOL2D -> {
        var pool = node.getPool2D();
        yield new Operator.Pool2d(
            Enums.POOL.decode("function", pool.getFunctionValue()),
            WindowCodec.decode(pool.hasWindow(), pool.getWindow()),
            activation(pool.getActivationValue()));
      }
      case GLOBAL_POOL2D ->
          new Operator.GlobalPool2d(
              Enums.POOL.decode("function", node.getGlobalPool2D().getFunctionValue()));
      case REDUCE ->
          new Operator.Reduce(
              Enums.REDUCE.decode("function", node.getReduce().getFunctionValue()),
              dimensions("axes", node.getReduce().getAxesList()),
              node.getReduce().getKeepDimensions());
      case BINARY ->
          new Operator.Binary(
              Enums.BINARY.decode("function", node.getBinary().getFunctionValue()),
              activation(node.getBinary().getActivationValue()));
      case UNARY ->
          new Operator.Unary(Enums.UNARY.decode("function", node.getUnary().getFunctionValue()));
      case P_RELU -> new Operator.PRelu();
      case CONCAT ->
          new Operator.Concat(
              node.getConcat().getAxis(), activation(node.getConcat().getActivationValue()));
      case SPLIT ->
          new Operator.Split(
              node.getSplit().getAxis(),
              Fields.atMost("sizes", node.getSplit().getSizesList(), node.getOutputsCount()));
      case SLICE ->
          new Operator.Slice(
              dimensions("begin", node.getSlice().getBeginList()),
              dimensions("size", node.getSlice().getSizeList()));
      case STRIDED_SLICE -> stridedSlice(node.getStridedSlice());
      case PAD ->
          new Operator.Pad(
              dimensions("before", node.getPad().getBeforeList()),
              dimensions("after", node.getPad().getAfterList()),
              Enums.PAD_MODE.decode("mode", node.getPad().getModeValue(), PadMode.CONSTANT));
      case RESHAPE -> new Operator.Reshape(dimensions("shape", node.getReshape().getShapeList()));
      case SQUEEZE -> new Operator.Squeeze(dimensions("axes", node.getSqueeze().getAxesList()));
      case EXPAND_DIMS -> new Operator.ExpandDims(node.getExpandDims().getAxis());
      case TRANSPOSE ->
          new Operator.Transpose(
              dimensions("permutation", node.getTranspose().getPermutationList()));
      case RESIZE -> resize(node.getResize());
      case SOFTMAX -> new Operator.Softmax(node.getSoftmax().getAxis());
      case LOG_SOFTMAX -> new Operator.LogSoftmax(node.getLogSoftmax().getAxis());
      case LAYER_NORM -> new Operator.LayerNorm(positive("axes", node.getLayerNorm().getAxes()));
      case GATHER ->
          new Operator.Gather(node.getGather().getAxis(), node.getGather().getBatchDimensions());
      case ARG_MAX ->
          new Operator.ArgMax(
              node.getArgMax().getAxis(),
              node.getArgMax().getKeepDimensions(),
              Enums.DATA_TYPE.decode("output_type", node.getArgMax().getOutputTypeValue()));
      case CAST -> new Operator.Cast(Enums.DATA_TYPE.decode("to", node.getCast().getToValue()));
      case QUANTIZE -> new Operator.Quantize();
      case DEQUANTIZE -> new Operator.Dequantize();
      case DEPTH_TO_SPACE ->
          new Operator.DepthToSpace(positive("block", node.getDepthToSpace().getBlock()));
      case SPACE_TO_DEPTH ->
          new Operator.SpaceToDepth(positive("block", node.getSpaceToDepth().getBlock()));
      case UNIDIRECTIONAL_LSTM ->
          new Operator.UnidirectionalLstm(node.getUnidirectionalLstm().getTimeMajor());
      case CUSTOM -> custom(node.getCustom());
      case OPERATOR_NOT_SET ->
          throw FieldException.of("operator", "is not set, or newer than this version");
    };
  }

  private static Operator transposeConv(TransposeConv2d conv) {
    return new Operator.TransposeConv2d(
        WindowCodec.decode(conv.hasWindow(), conv.getWindow()),
        positive("output_height", conv.getOutputHeight()),
        positive("output_width", conv.getOutputWidth()),
        activation(conv.getActivationValue()));
  }

  private static Operator stridedSlice(StridedSlice slice) {
    return new Operator.StridedSlice(
        Fields.atMost("begin", slice.getBeginList(), MAX_SLICE_ENTRIES),
        Fields.atMost("end", slice.getEndList(), MAX_SLICE_ENTRIES),
        Fields.atMost("strides", slice.getStridesList(), MAX_SLICE_ENTRIES),
        slice.getBeginMask(),
        slice.getEndMask(),
        slice.getEllipsisMask(),
        slice.getNewAxisMask(),
        slice.getShrinkAxisMask());
  }

  private static Operator resize(Resize resize) {
    return new Operator.Resize(
        Enums.RESIZE.decode("method", resize.getMethodValue()),
        positive("height", resize.getHeight()),
        positive("width", resize.getWidth()),
        resize.getAlignCorners(),
        resize.getHalfPixelCenters());
  }

  private static Operator custom(Custom custom) {
    if (custom.getName().isBlank()) {
      throw FieldException.of("name", "must not be empty");
    }
    return new Operator.Custom(custom.getName());
  }

  private static Activation activation(int number) {
    return Enums.ACTIVATION.decode("activation", number, Activation.NONE);
  }

  private static int positive(String field, int value) {
    return Fields.range(field, value, 1, Integer.MAX_VALUE);
  }

  private static List<Integer> dimensions(String field, List<Integer> values) {
    return Fields.atMost(field, values, Shape.MAX_RANK);
  }
}
