package dev.ppe.simulator.compile;

import dev.ppe.simulator.compile.MemoryPlan.Buffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of a memory are taken at which steps: a segment tree over the steps. A buffer's steps
 * are covered by the largest nodes that hold no others, at most two on each level. Every node knows
 * two sets of bytes: those of buffers that take all of its steps ({@code throughout}), and those of
 * buffers that take any ({@code sometime}). What a buffer meets is then {@code throughout} of the
 * nodes above its own, and {@code sometime} of its own nodes.
 *
 * <p>Neighbouring bytes are one range, whoever takes them. As buffers are put on top of each other,
 * ranges are few however many buffers are alive, and finding a place takes a logarithm of steps and
 * ranges where a comparison with every buffer placed before would take their number.
 */
final class Occupancy {
  private final int leaves;
  private final Ranges[] throughout;
  private final Ranges[] sometime;

  /** The sets that a search looks at, and how many there are. */
  private final Ranges[] met;

  private int metCount;
  private long visits;

  /** An empty memory over so many steps. */
  Occupancy(int steps) {
    this.leaves = Math.max(1, Integer.highestOneBit(Math.max(1, 2 * steps - 1)));
    this.throughout = new Ranges[2 * leaves];
    this.sometime = new Ranges[2 * leaves];
    this.met = new Ranges[4 * Integer.SIZE];
  }

  /** The lowest offset from which as many bytes are free at all of a buffer's steps. */
  long lowestFree(Buffer buffer) {
    metCount = 0;
    collect(1, 0, leaves - 1, buffer.firstStep(), buffer.lastStep());
    long offset = 0;
    boolean free = false;
    while (!free) {
      free = true;
      for (int i = 0; i < metCount; i++) {
        visits++;
        long end = met[i].endOfLastIn(offset, buffer.bytes());
        free &= end == Ranges.FREE;
        offset = Math.max(offset, end);
      }
    }
    return offset;
  }

  /** Takes the bytes of a buffer that has its offset. */
  void take(Buffer buffer) {
    if (buffer.bytes() > 0) {
      take(1, 0, leaves - 1, buffer);
    }
  }

  /** How often a set of bytes has been looked at or added to: what the work is proportional to. */
  long visits() {
    return visits;
  }

  private void collect(int node, int first, int last, int from, int to) {
    if (from <= first && last <= to) {
      meet(sometime[node]);
      return;
    }
    meet(throughout[node]);
    int middle = (first + last) >>> 1;
    if (from <= middle) {
      collect(2 * node, first, middle, from, to);
    }
    if (to > middle) {
      collect(2 * node + 1, middle + 1, last, from, to);
    }
  }

  private void meet(@Nullable Ranges ranges) {
    if (ranges != null) {
      met[metCount++] = ranges;
    }
  }

  private void take(int node, int first, int last, Buffer buffer) {
    sometime[node] = with(sometime[node], buffer);
    if (buffer.firstStep() <= first && last <= buffer.lastStep()) {
      throughout[node] = with(throughout[node], buffer);
      return;
    }
    int middle = (first + last) >>> 1;
    if (buffer.firstStep() <= middle) {
      take(2 * node, first, middle, buffer);
    }
    if (buffer.lastStep() > middle) {
      take(2 * node + 1, middle + 1, last, buffer);
    }
  }

  private Ranges with(@Nullable Ranges ranges, Buffer buffer) {
    visits++;
    Ranges result = ranges == null ? new Ranges() : ranges;
    result.add(buffer.offset(), buffer.offset() + buffer.bytes());
    return result;
  }

  /** Sets of bytes as ranges from {@code starts} to before {@code ends}, apart and in order. */
  private static final class Ranges {
    static final long FREE = -1;

    private long[] starts = new long[2];
    private long[] ends = new long[2];
    private int count;

    /** Where the last range ends that has bytes of those asked for; {@link #FREE} if none has. */
    long endOfLastIn(long offset, long bytes) {
      int before = startingBefore(offset + bytes);
      return before > 0 && bytes > 0 && ends[before - 1] > offset ? ends[before - 1] : FREE;
    }

    void add(long start, long end) {
      int last = startingBefore(end + 1); // the first that neither has nor touches any of it
      int first = last;
      while (first > 0 && ends[first - 1] >= start) {
        first--;
      }
      if (first == last) {
        insert(first, start, end);
        return;
      }
      starts[first] = Math.min(starts[first], start);
      ends[first] = Math.max(ends[last - 1], end);
      System.arraycopy(starts, last, starts, first + 1, count - last);
      System.arraycopy(ends, last, ends, first + 1, count - last);
      count -= last - first - 1;
    }

    private void insert(int index, long start, long end) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, 2 * count);
        ends = Arrays.copyOf(ends, 2 * count);
      }
      System.arraycopy(starts, index, starts, index + 1, count - index);
      System.arraycopy(ends, index, ends, index + 1, count - index);
      starts[index] = start;
      ends[index] = end;
      count++;
    }

    /** How many ranges start before {@code limit}. */
    private int startingBefore(long limit) {
      int low = 0;
      int high = count;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (starts[middle] < limit) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }
}
