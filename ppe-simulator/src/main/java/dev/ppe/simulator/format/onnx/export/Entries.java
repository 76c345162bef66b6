package dev.ppe.simulator.format.onnx.export;

import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a slice takes of each dimension of its operand.
 *
 * @param shrunk dimensions of the operand that go
 * @param added dimensions of the result that were not there
 */
record Entries(
    List<Integer> begin,
    List<Integer> end,
    List<Integer> strides,
    List<Integer> shrunk,
    List<Integer> added) {

  /** A box. */
  static Entries of(Operator.Slice slice) {
    List<Integer> end = new ArrayList<>();
    for (int i = 0; i < slice.begin().size(); i++) {
      end.add(slice.begin().get(i) + slice.size().get(i));
    }
    List<Integer> strides = Collections.nCopies(end.size(), 1);
    return new Entries(slice.begin(), end, strides, List.of(), List.of());
  }

  /** A box with steps, with its masks resolved. */
  static Entries of(Operator.StridedSlice slice, Shape shape) {
    Entries entries =
        new Entries(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    int count = slice.begin().size();
    int named = count - Integer.bitCount(slice.ellipsisMask() | slice.newAxisMask());
    int result = 0;
    for (int i = 0; i < count; i++) {
      if (bit(slice.ellipsisMask(), i)) {
        for (int skipped = shape.rank() - named; skipped > 0; skipped--) {
          entries.whole(shape);
          result++;
        }
      } else if (bit(slice.newAxisMask(), i)) {
        entries.added.add(result++);
      } else {
        result += entries.entry(slice, i, shape.dim(entries.begin.size()));
      }
    }
    while (entries.begin.size() < shape.rank()) {
      entries.whole(shape);
    }
    return entries;
  }

  private static boolean bit(int mask, int i) {
    return (mask >> i & 1) != 0;
  }

  private void whole(Shape shape) {
    end.add(shape.dim(begin.size()));
    begin.add(0);
    strides.add(1);
  }

  /** Returns how many dimensions of the result it gives. */
  private int entry(Operator.StridedSlice slice, int i, int size) {
    int stride = slice.strides().get(i);
    boolean forward = stride > 0;
    int first = slice.begin().get(i);
    if (bit(slice.shrinkAxisMask(), i)) {
      int index = first < 0 ? first + size : first;
      shrunk.add(begin.size());
      begin.add(index);
      end.add(index + 1);
      strides.add(1);
      return 0;
    }
    begin.add(bit(slice.beginMask(), i) ? (forward ? 0 : size - 1) : first);
    end.add(bit(slice.endMask(), i) ? (forward ? size : Integer.MIN_VALUE) : slice.end().get(i));
    strides.add(stride);
    return 1;
  }
}
