package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.format.onnx.Value.Activation;
import dev.ppe.simulator.format.onnx.file.Attribute;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.ResizeMethod;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Scaled feature maps. */
final class Resizes {
  private Resizes() {}

  /** Operands since operator set 11: input, region?, scales?, sizes?; input, scales before. */
  static void resize(NodeView op) {
    int scales = op.opset() >= 11 && op.node().type().equals("Resize") ? 2 : 1;
    Shape input = op.shape(0);
    Shape target =
        op.has(3)
            ? sized(op, op.requireIntegers(3, "sizes"), input)
            : scaled(op, factors(op, scales), input);
    if (target.equals(input) && !op.node().isOwn()) {
      op.result(op.value(0));
      return;
    }
    Optional<AxisOrder> maps = layout(input, target);
    Optional<ResizeMethod> method = method(op);
    if (maps.isEmpty() || method.isEmpty()) {
      CustomOperators.of(op, target);
      return;
    }
    Activation map = op.activation(op.value(0), maps.get());
    String mode =
        op.text("coordinate_transformation_mode", scales == 2 ? "half_pixel" : "asymmetric");
    Shape result = maps.get().toGraph(target);
    op.result(
        op.apply(
            new Operator.Resize(
                method.get(),
                result.dim(1),
                result.dim(2),
                mode.equals("align_corners"),
                mode.contains("half_pixel")),
            map));
  }

  /** The order in which the two scaled axes are height and width. */
  private static Optional<AxisOrder> layout(Shape input, Shape target) {
    if (input.rank() != 4 || input.dim(0) != target.dim(0)) {
      return Optional.empty();
    }
    if (input.dim(1) == target.dim(1)) {
      return Optional.of(AxisOrder.CHANNELS_LAST);
    }
    return input.dim(3) == target.dim(3) ? Optional.of(AxisOrder.identity(4)) : Optional.empty();
  }

  private static Optional<ResizeMethod> method(NodeView op) {
    return switch (op.text("mode", "nearest")) {
      case "nearest" -> Optional.of(ResizeMethod.NEAREST);
      case "linear", "bilinear" -> Optional.of(ResizeMethod.BILINEAR);
      default -> Optional.empty();
    };
  }

  private static List<Double> factors(NodeView op, int position) {
    if (!op.has(position)) {
      return op.attribute("scales").stream()
          .filter(Attribute.Reals.class::isInstance)
          .map(Attribute.Reals.class::cast)
          .flatMap(reals -> reals.values().stream())
          .map(Float::doubleValue)
          .toList();
    }
    Constant constant =
        op.constant(position)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "its scales are computed at run time: export the model with fixed shapes"));
    List<Double> factors = new ArrayList<>();
    for (int i = 0; i < constant.count(); i++) {
      factors.add(constant.get(i));
    }
    return factors;
  }

  private static Shape sized(NodeView op, List<Integer> sizes, Shape input) {
    int[] dimensions = input.toArray();
    List<Integer> axes = axes(op, sizes.size(), input);
    DoubleStream scales =
        IntStream.range(0, sizes.size())
            .mapToDouble(i -> (double) sizes.get(i) / Math.max(1, input.dim(axes.get(i))));
    OptionalDouble common =
        switch (op.text("keep_aspect_ratio_policy", "stretch")) {
          case "not_larger" -> scales.min();
          case "not_smaller" -> scales.max();
          default -> OptionalDouble.empty();
        };
    for (int i = 0; i < sizes.size(); i++) {
      int axis = axes.get(i);
      dimensions[axis] =
          common.isPresent()
              ? Math.toIntExact(Math.round(input.dim(axis) * common.getAsDouble()))
              : sizes.get(i);
    }
    return Shape.of(dimensions);
  }

  private static Shape scaled(NodeView op, List<Double> factors, Shape input) {
    int[] dimensions = input.toArray();
    List<Integer> axes = axes(op, factors.size(), input);
    for (int i = 0; i < factors.size(); i++) {
      // Factors in single precision: 7 x 1.7142857 is meant to be 12.
      double size = Math.floor(dimensions[axes.get(i)] * factors.get(i) + 1e-4);
      if (!(size >= 1 && size <= Integer.MAX_VALUE)) {
        throw new IllegalArgumentException("scales %s by %s".formatted(input, factors));
      }
      dimensions[axes.get(i)] = (int) size;
    }
    return Shape.of(dimensions);
  }

  private static List<Integer> axes(NodeView op, int count, Shape input) {
    List<Integer> axes =
        op.wholes("axes")
            .map(list -> list.stream().map(input::axis).toList())
            .orElseGet(() -> IntStream.range(0, input.rank()).boxed().toList());
    if (axes.size() != count) {
      throw new IllegalArgumentException(
          "%d sizes or scales do not fit input %s".formatted(count, input));
    }
    return axes;
  }
}
