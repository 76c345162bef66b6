package dev.ppe.simulator.graph;

import dev.ppe.simulator.graph.Operator.Gather;
import dev.ppe.simulator.graph.Operator.Slice;
import dev.ppe.simulator.graph.Operator.StridedSlice;
import java.util.ArrayList;
import java.util.List;

/** Shapes of operators that pick some elements of their operand. */
final class SliceShapes {
  private SliceShapes() {}

  static Shape slice(Slice slice, Shape input) {
    if (slice.begin().size() != input.rank() || slice.size().size() != input.rank()) {
      throw new IllegalArgumentException(
          "begin %s and size %s do not fit input %s".formatted(slice.begin(), slice.size(), input));
    }
    int[] result = new int[input.rank()];
    for (int i = 0; i < result.length; i++) {
      int begin = slice.begin().get(i);
      int size = slice.size().get(i) == -1 ? input.dim(i) - begin : slice.size().get(i);
      if (begin < 0 || size < 0 || (long) begin + size > input.dim(i)) {
        throw new IllegalArgumentException(
            "takes %d elements from %d on in dimension %d of %s".formatted(size, begin, i, input));
      }
      result[i] = size;
    }
    return Shape.of(result);
  }

  static Shape stridedSlice(StridedSlice slice, Shape input) {
    int entries = slice.begin().size();
    int newAxes = bits(slice.newAxisMask() & ~slice.ellipsisMask(), entries);
    boolean ellipsis = bits(slice.ellipsisMask(), entries) > 0;
    if (bits(slice.ellipsisMask(), entries) > 1) {
      throw new IllegalArgumentException("more than one ellipsis");
    }
    int consumed = entries - newAxes - (ellipsis ? 1 : 0);
    if (consumed > input.rank()) {
      throw new IllegalArgumentException("slices " + consumed + " dimensions of input " + input);
    }
    List<Integer> result = new ArrayList<>();
    int axis = 0;
    for (int i = 0; i < entries; i++) {
      if (bit(slice.ellipsisMask(), i)) {
        for (int skipped = input.rank() - consumed; skipped > 0; skipped--) {
          result.add(input.dim(axis++));
        }
      } else if (bit(slice.newAxisMask(), i)) {
        result.add(1);
      } else if (bit(slice.shrinkAxisMask(), i)) {
        int index = wrap(slice.begin().get(i), input.dim(axis));
        if (index < 0 || index >= input.dim(axis)) {
          throw new IllegalArgumentException(
              "index %d is outside dimension %d of %s"
                  .formatted(slice.begin().get(i), axis, input));
        }
        axis++;
      } else {
        result.add(length(slice, i, input.dim(axis++)));
      }
    }
    while (axis < input.rank()) {
      result.add(input.dim(axis++));
    }
    return Shape.of(result);
  }

  private static int length(StridedSlice slice, int i, int size) {
    int stride = slice.strides().get(i);
    if (stride == 0) {
      throw new IllegalArgumentException("stride " + i + " is 0");
    }
    // Forward slices run within [0, size], backward ones within [-1, size - 1].
    int low = stride > 0 ? 0 : -1;
    int high = stride > 0 ? size : size - 1;
    long begin =
        bit(slice.beginMask(), i)
            ? (stride > 0 ? low : high)
            : Math.clamp(wrap(slice.begin().get(i), size), low, high);
    long end =
        bit(slice.endMask(), i)
            ? (stride > 0 ? high : low)
            : Math.clamp(wrap(slice.end().get(i), size), low, high);
    long distance = stride > 0 ? end - begin : begin - end;
    return distance <= 0 ? 0 : (int) Math.ceilDiv(distance, Math.abs((long) stride));
  }

  static Shape gather(Gather gather, Shape table, Shape indices) {
    int axis = table.axis(gather.axis());
    int batch = gather.batchDimensions();
    if (batch < 0 || batch > axis || batch > indices.rank()) {
      throw new IllegalArgumentException(
          "gathers along axis %d of %s with %d batch dimensions of indices %s"
              .formatted(axis, table, batch, indices));
    }
    List<Integer> result = new ArrayList<>(table.toList().subList(0, axis));
    result.addAll(indices.toList().subList(batch, indices.rank()));
    result.addAll(table.toList().subList(axis + 1, table.rank()));
    return Shape.of(result);
  }

  private static int wrap(int index, int size) {
    return index < 0 ? index + size : index;
  }

  private static boolean bit(int mask, int i) {
    return i < Integer.SIZE && (mask >> i & 1) != 0;
  }

  private static int bits(int mask, int entries) {
    return Integer.bitCount(entries >= Integer.SIZE ? mask : mask & ((1 << entries) - 1));
  }
}
