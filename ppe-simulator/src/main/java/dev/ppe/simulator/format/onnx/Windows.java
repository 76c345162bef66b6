package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Window;
import java.util.List;

/**
 * How kernels slide, from the attributes that all convolutions and poolings share: {@code
 * kernel_shape}, {@code strides}, {@code dilations}, {@code pads} and {@code auto_pad}.
 */
final class Windows {
  private Windows() {}

  /**
   * The window over a map [N, H, W, C]. Amounts of padding that are those of SAME are written as
   * SAME, so that a network has one form whichever tool wrote it.
   */
  static Window of(NodeView op, int kernelHeight, int kernelWidth, Shape map) {
    List<Integer> strides = pair(op, "strides");
    List<Integer> dilations = pair(op, "dilations");
    Window unpadded =
        new Window(
            kernelHeight,
            kernelWidth,
            strides.get(0),
            strides.get(1),
            dilations.get(0),
            dilations.get(1),
            Padding.VALID);
    return switch (op.text("auto_pad", "NOTSET")) {
      case "VALID" -> unpadded;
      case "SAME_UPPER", "SAME_LOWER" -> unpadded.withPadding(Padding.SAME);
      case "NOTSET", "" -> unpadded.withPadding(explicit(op, unpadded, map));
      default ->
          throw new IllegalArgumentException(
              "its auto_pad \"" + op.text("auto_pad", "") + "\" is unknown");
    };
  }

  /** Two numbers, for height and width; 1 unless given. */
  static List<Integer> pair(NodeView op, String key) {
    List<Integer> pair = op.wholes(key).filter(list -> !list.isEmpty()).orElse(List.of(1, 1));
    if (pair.size() != 2) {
      throw new IllegalArgumentException("its " + key + " " + pair + " must be two numbers");
    }
    return pair;
  }

  /** The amounts before height and width, and after them. */
  static List<Integer> pads(NodeView op) {
    List<Integer> pads = op.wholes("pads").filter(l -> !l.isEmpty()).orElse(List.of(0, 0, 0, 0));
    if (pads.size() != 4) {
      throw new IllegalArgumentException("its pads " + pads + " must be four numbers");
    }
    return pads;
  }

  private static Padding explicit(NodeView op, Window window, Shape map) {
    List<Integer> pads = pads(op);
    int bottom = pads.get(2);
    int right = pads.get(3);
    if (op.flag("ceil_mode", false)) {
      bottom += rest(map.dim(1), pads.get(0), bottom, window.inputRows(1), window.strideHeight());
      right += rest(map.dim(2), pads.get(1), right, window.inputColumns(1), window.strideWidth());
    }
    Padding padding = Padding.explicit(pads.get(0), bottom, pads.get(1), right);
    return padding.equals(window.samePadding(map.dim(1), map.dim(2))) ? Padding.SAME : padding;
  }

  /**
   * What is missing to a whole last step: {@code ceil_mode} rounds the output up. A last window
   * that would start behind the map is left out.
   */
  private static int rest(int size, int before, int after, long span, int stride) {
    long room = (long) size + before + after - span;
    long over = Math.floorMod(room, stride);
    if (room < 0 || over == 0) {
      return 0;
    }
    long lastStart = room - over + stride;
    return lastStart >= (long) size + before ? 0 : (int) (stride - over);
  }
}
