package dev.ppe.wire;

import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Window;

/** Between the wire's window and the domain's. */
final class WindowCodec {
  private WindowCodec() {}

  static dev.ppe.v1.Window encode(Window window) {
    return dev.ppe.v1.Window.newBuilder()
        .setKernelHeight(window.kernelHeight())
        .setKernelWidth(window.kernelWidth())
        .setStrideHeight(window.strideHeight())
        .setStrideWidth(window.strideWidth())
        .setDilationHeight(window.dilationHeight())
        .setDilationWidth(window.dilationWidth())
        .setPadding(encode(window.padding()))
        .build();
  }

  private static dev.ppe.v1.Padding encode(Padding padding) {
    return dev.ppe.v1.Padding.newBuilder()
        .setSame(padding.same())
        .setTop(padding.top())
        .setBottom(padding.bottom())
        .setLeft(padding.left())
        .setRight(padding.right())
        .build();
  }

  /** The window in a field called {@code window}, which must be there. */
  static Window decode(boolean present, dev.ppe.v1.Window window) {
    return Fields.required("window", present, () -> decode(window));
  }

  private static Window decode(dev.ppe.v1.Window window) {
    return new Window(
        side("kernel_height", window.getKernelHeight()),
        side("kernel_width", window.getKernelWidth()),
        side("stride_height", window.getStrideHeight()),
        side("stride_width", window.getStrideWidth()),
        side("dilation_height", orOne(window.getDilationHeight())),
        side("dilation_width", orOne(window.getDilationWidth())),
        Fields.within("padding", () -> decode(window.getPadding())));
  }

  private static Padding decode(dev.ppe.v1.Padding padding) {
    return new Padding(
        padding.getSame(),
        amount("top", padding.getTop()),
        amount("bottom", padding.getBottom()),
        amount("left", padding.getLeft()),
        amount("right", padding.getRight()));
  }

  private static int side(String field, int value) {
    return Fields.range(field, value, 1, Window.MAX);
  }

  private static int amount(String field, int value) {
    return Fields.range(field, value, 0, Integer.MAX_VALUE);
  }

  private static int orOne(int value) {
    return value == 0 ? 1 : value;
  }
}
