package dev.ppe.wire;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.v1.ArgMax;
import dev.ppe.v1.BatchMatMul;
import dev.ppe.v1.Binary;
import dev.ppe.v1.Cast;
import dev.ppe.v1.Concat;
import dev.ppe.v1.Conv2d;
import dev.ppe.v1.Custom;
import dev.ppe.v1.DepthToSpace;
import dev.ppe.v1.DepthwiseConv2d;
import dev.ppe.v1.Dequantize;
import dev.ppe.v1.ExpandDims;
import dev.ppe.v1.FullyConnected;
import dev.ppe.v1.Gather;
import dev.ppe.v1.GlobalPool2d;
import dev.ppe.v1.LayerNorm;
import dev.ppe.v1.LogSoftmax;
import dev.ppe.v1.Node;
import dev.ppe.v1.PRelu;
import dev.ppe.v1.Pad;
import dev.ppe.v1.Pool2d;
import dev.ppe.v1.Quantize;
import dev.ppe.v1.Reduce;
import dev.ppe.v1.Reshape;
import dev.ppe.v1.Resize;
import dev.ppe.v1.Slice;
import dev.ppe.v1.Softmax;
import dev.ppe.v1.SpaceToDepth;
import dev.ppe.v1.Split;
import dev.ppe.v1.Squeeze;
import dev.ppe.v1.StridedSlice;
import dev.ppe.v1.Transpose;
import dev.ppe.v1.TransposeConv2d;
import dev.ppe.v1.Unary;
import dev.ppe.v1.UnidirectionalLstm;

/** The domain's operators as messages. */
final class OperatorEncoder {
  private OperatorEncoder() {}

  /** Sets the operator of {@code node}. */
  static void encode(Operator operator, Node.Builder node) {
    switch (operator) {
      case Operator.Conv2d conv ->
          node.setConv2D(
              Conv2d.newBuilder()
                  .setWindow(WindowCodec.encode(conv.window()))
                  .setGroups(conv.groups())
                  .setActivation(activation(conv.activation())));
      case Operator.DepthwiseConv2d conv ->
          node.setDepthwiseConv2D(
              DepthwiseConv2d.newBuilder()
                  .setWindow(WindowCodec.encode(conv.window()))
                  .setDepthMultiplier(conv.depthMultiplier())
                  .setActivation(activation(conv.activation())));
      case Operator.TransposeConv2d conv ->
          node.setTransposeConv2D(
              TransposeConv2d.newBuilder()
                  .setWindow(WindowCodec.encode(conv.window()))
                  .setOutputHeight(conv.outputHeight())
                  .setOutputWidth(conv.outputWidth())
                  .setActivation(activation(conv.activation())));
      case Operator.FullyConnected fc ->
          node.setFullyConnected(
              FullyConnected.newBuilder()
                  .setKeepDimensions(fc.keepDimensions())
                  .setActivation(activation(fc.activation())));
      case Operator.BatchMatMul matmul ->
          node.setBatchMatMul(
              BatchMatMul.newBuilder()
                  .setTransposeLeft(matmul.transposeLeft())
                  .setTransposeRight(matmul.transposeRight()));
      case Operator.Pool2d pool ->
          node.setPool2D(
              Pool2d.newBuilder()
                  .setFunction(Enums.POOL.encode(pool.function()))
                  .setWindow(WindowCodec.encode(pool.window()))
                  .setActivation(activation(pool.activation())));
      case Operator.GlobalPool2d pool ->
          node.setGlobalPool2D(
              GlobalPool2d.newBuilder().setFunction(Enums.POOL.encode(pool.function())));
      case Operator.Reduce reduce ->
          node.setReduce(
              Reduce.newBuilder()
                  .setFunction(Enums.REDUCE.encode(reduce.function()))
                  .addAllAxes(reduce.axes())
                  .setKeepDimensions(reduce.keepDimensions()));
      case Operator.Binary binary ->
          node.setBinary(
              Binary.newBuilder()
                  .setFunction(Enums.BINARY.encode(binary.function()))
                  .setActivation(activation(binary.activation())));
      case Operator.Unary unary ->
          node.setUnary(Unary.newBuilder().setFunction(Enums.UNARY.encode(unary.function())));
      case Operator.PRelu prelu -> node.setPRelu(PRelu.getDefaultInstance());
      case Operator.Concat concat ->
          node.setConcat(
              Concat.newBuilder()
                  .setAxis(concat.axis())
                  .setActivation(activation(concat.activation())));
      case Operator.Split split ->
          node.setSplit(Split.newBuilder().setAxis(split.axis()).addAllSizes(split.sizes()));
      case Operator.Slice slice ->
          node.setSlice(Slice.newBuilder().addAllBegin(slice.begin()).addAllSize(slice.size()));
      case Operator.StridedSlice slice ->
          node.setStridedSlice(
              StridedSlice.newBuilder()
                  .addAllBegin(slice.begin())
                  .addAllEnd(slice.end())
                  .addAllStrides(slice.strides())
                  .setBeginMask(slice.beginMask())
                  .setEndMask(slice.endMask())
                  .setEllipsisMask(slice.ellipsisMask())
                  .setNewAxisMask(slice.newAxisMask())
                  .setShrinkAxisMask(slice.shrinkAxisMask()));
      case Operator.Pad pad ->
          node.setPad(
              Pad.newBuilder()
                  .addAllBefore(pad.before())
                  .addAllAfter(pad.after())
                  .setMode(Enums.PAD_MODE.encode(pad.mode())));
      case Operator.Reshape reshape ->
          node.setReshape(Reshape.newBuilder().addAllShape(reshape.shape()));
      case Operator.Squeeze squeeze ->
          node.setSqueeze(Squeeze.newBuilder().addAllAxes(squeeze.axes()));
      case Operator.ExpandDims expand ->
          node.setExpandDims(ExpandDims.newBuilder().setAxis(expand.axis()));
      case Operator.Transpose transpose ->
          node.setTranspose(Transpose.newBuilder().addAllPermutation(transpose.permutation()));
      case Operator.Resize resize ->
          node.setResize(
              Resize.newBuilder()
                  .setMethod(Enums.RESIZE.encode(resize.method()))
                  .setHeight(resize.height())
                  .setWidth(resize.width())
                  .setAlignCorners(resize.alignCorners())
                  .setHalfPixelCenters(resize.halfPixelCenters()));
      case Operator.Softmax softmax ->
          node.setSoftmax(Softmax.newBuilder().setAxis(softmax.axis()));
      case Operator.LogSoftmax softmax ->
          node.setLogSoftmax(LogSoftmax.newBuilder().setAxis(softmax.axis()));
      case Operator.LayerNorm norm ->
          node.setLayerNorm(LayerNorm.newBuilder().setAxes(norm.axes()));
      case Operator.Gather gather ->
          node.setGather(
              Gather.newBuilder()
                  .setAxis(gather.axis())
                  .setBatchDimensions(gather.batchDimensions()));
      case Operator.ArgMax argMax ->
          node.setArgMax(
              ArgMax.newBuilder()
                  .setAxis(argMax.axis())
                  .setKeepDimensions(argMax.keepDimensions())
                  .setOutputType(Enums.DATA_TYPE.encode(argMax.outputType())));
      case Operator.Cast cast ->
          node.setCast(Cast.newBuilder().setTo(Enums.DATA_TYPE.encode(cast.to())));
      case Operator.Quantize quantize -> node.setQuantize(Quantize.getDefaultInstance());
      case Operator.Dequantize dequantize -> node.setDequantize(Dequantize.getDefaultInstance());
      case Operator.DepthToSpace depthToSpace ->
          node.setDepthToSpace(DepthToSpace.newBuilder().setBlock(depthToSpace.block()));
      case Operator.SpaceToDepth spaceToDepth ->
          node.setSpaceToDepth(SpaceToDepth.newBuilder().setBlock(spaceToDepth.block()));
      case Operator.UnidirectionalLstm lstm ->
          node.setUnidirectionalLstm(
              UnidirectionalLstm.newBuilder().setTimeMajor(lstm.timeMajor()));
      case Operator.Custom custom -> node.setCustom(Custom.newBuilder().setName(custom.name()));
    }
  }

  private static dev.ppe.v1.Activation activation(Activation activation) {
    return Enums.ACTIVATION.encode(activation);
  }
}
