package dev.ppe.simulator.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A strided slice with an entry for every dimension of its operand and every one that it adds, and
 * numbers in the place of masks: bounds count from the first element, and an end is a whole number
 * of steps from its beginning. One that keeps every dimension and takes every element between its
 * bounds is a plain slice.
 */
final class CanonicalSlice {
  /** What becomes of a dimension. */
  private enum Fate {
    KEPT,
    ADDED,
    DROPPED
  }

  private record Entry(Fate fate, int begin, int count, int stride) {
    static final Entry ADDED = new Entry(Fate.ADDED, 0, 0, 1);

    static Entry whole(int size) {
      return new Entry(Fate.KEPT, 0, size, 1);
    }

    boolean is(Fate wanted) {
      return fate == wanted;
    }

    long end() {
      return begin + (long) count * stride;
    }
  }

  private final List<Entry> entries = new ArrayList<>();

  private CanonicalSlice() {}

  /** What {@code slice} of a verified graph takes of an operand of shape {@code input}. */
  static Operator of(Operator.StridedSlice slice, Shape input, Shape output) {
    CanonicalSlice canonical = new CanonicalSlice();
    int named = slice.begin().size() - Integer.bitCount(slice.ellipsisMask() | slice.newAxisMask());
    int axis = 0;
    int result = 0;
    for (int i = 0; i < slice.begin().size(); i++) {
      if (bit(slice.ellipsisMask(), i)) {
        for (int skipped = input.rank() - named; skipped > 0; skipped--) {
          canonical.entries.add(Entry.whole(input.dim(axis++)));
          result++;
        }
      } else if (bit(slice.newAxisMask(), i)) {
        canonical.insertAdded();
        result++;
      } else if (bit(slice.shrinkAxisMask(), i)) {
        int index = wrapped(slice.begin().get(i), input.dim(axis++));
        canonical.entries.add(new Entry(Fate.DROPPED, index, 1, 1));
      } else {
        int first = first(slice, i, input.dim(axis++));
        int count = output.dim(result++);
        canonical.entries.add(
            count == 0
                ? new Entry(Fate.KEPT, 0, 0, 1)
                : new Entry(Fate.KEPT, first, count, slice.strides().get(i)));
      }
    }
    while (axis < input.rank()) {
      canonical.entries.add(Entry.whole(input.dim(axis++)));
    }
    return canonical.operator(output);
  }

  private static boolean bit(int mask, int i) {
    return (mask >> i & 1) != 0;
  }

  private static int wrapped(int index, int size) {
    return index < 0 ? index + size : index;
  }

  private static int first(Operator.StridedSlice slice, int i, int size) {
    boolean forward = slice.strides().get(i) > 0;
    if (bit(slice.beginMask(), i)) {
      return forward ? 0 : size - 1;
    }
    int last = Math.max(forward ? size : size - 1, 0);
    return Math.clamp(wrapped(slice.begin().get(i), size), 0, last);
  }

  /** Before dropped dimensions, since either way the result is the same. */
  private void insertAdded() {
    int at = entries.size();
    while (at > 0 && entries.get(at - 1).is(Fate.DROPPED)) {
      at--;
    }
    entries.add(at, Entry.ADDED);
  }

  private Operator operator(Shape output) {
    List<Integer> begin = entries.stream().map(Entry::begin).toList();
    if (entries.stream().allMatch(entry -> entry.is(Fate.KEPT) && entry.stride() == 1)) {
      return new Operator.Slice(begin, output.toList());
    }
    return new Operator.StridedSlice(
        begin,
        entries.stream().map(entry -> Math.clamp(entry.end(), 0, Integer.MAX_VALUE)).toList(),
        entries.stream().map(Entry::stride).toList(),
        0,
        mask(entry -> entry.end() < 0), // before the first, which no number says
        0,
        mask(entry -> entry.is(Fate.ADDED)),
        mask(entry -> entry.is(Fate.DROPPED)));
  }

  private int mask(Predicate<Entry> of) {
    int mask = 0;
    for (int i = 0; i < entries.size(); i++) {
      mask |= of.test(entries.get(i)) ? 1 << i : 0;
    }
    return mask;
  }
}
