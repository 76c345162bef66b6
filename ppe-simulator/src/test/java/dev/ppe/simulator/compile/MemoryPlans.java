package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.compile.MemoryPlan.Buffer;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Checks of memory plans that take nothing from the allocator. */
final class MemoryPlans {
  private MemoryPlans() {}

  /** Whether two buffers hold the same byte at the same step. */
  static boolean overlap(Buffer a, Buffer b) {
    boolean inTime = a.firstStep() <= b.lastStep() && b.firstStep() <= a.lastStep();
    boolean inSpace = a.offset() < b.offset() + b.bytes() && b.offset() < a.offset() + a.bytes();
    return inTime && inSpace && a.bytes() > 0 && b.bytes() > 0;
  }

  static void assertDisjoint(List<Buffer> buffers) {
    for (int i = 0; i < buffers.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(overlap(buffers.get(i), buffers.get(j)))
            .as("%s overlaps %s", buffers.get(i), buffers.get(j))
            .isFalse();
      }
    }
  }

  /**
   * No two tensors are alive in one step and have a byte in common, but views of each other, and at
   * the step of an elementwise layer its result and one operand, of one size. What is alive comes
   * from the layers alone: from the first that touches a tensor or a view of it to the last.
   */
  static void assertSharedInPlaceOnly(Mapping mapping) {
    Map<Integer, Buffer> places = mapping.memory().buffersByTensor();
    int[] viewed = viewed(mapping);
    for (int step = 0; step < mapping.layers().size(); step++) {
      List<Integer> alive = alive(mapping, viewed, step);
      for (int i = 0; i < alive.size(); i++) {
        for (int j = 0; j < i; j++) {
          Buffer a = places.get(alive.get(i));
          Buffer b = places.get(alive.get(j));
          if (a != null && b != null && overlapInSpace(a, b)) {
            assertThat(isInPlace(mapping, viewed, step, alive.get(i), alive.get(j)))
                .as("%s and %s at step %d: %s, %s", alive.get(i), alive.get(j), step, a, b)
                .isTrue();
            assertThat(a).isEqualTo(b);
          }
        }
      }
    }
  }

  private static boolean overlapInSpace(Buffer a, Buffer b) {
    return overlap(
        new Buffer("a", a.offset(), a.bytes(), 0, 0), new Buffer("b", b.offset(), b.bytes(), 0, 0));
  }

  /** For each tensor what it is a view of, or itself. */
  private static int[] viewed(Mapping mapping) {
    int[] viewed = IntStream.range(0, mapping.graph().tensors().size()).toArray();
    for (int step = 0; step < mapping.layers().size(); step++) {
      Layer layer = mapping.layers().get(step);
      if (mapping.tilings().get(step).filter(Tiling::isView).isPresent()) {
        viewed[layer.outputs().getFirst()] = viewed[layer.inputs().getFirst()];
      }
    }
    return viewed;
  }

  private static List<Integer> alive(Mapping mapping, int[] viewed, int step) {
    List<Set<Integer>> touched = new ArrayList<>();
    for (Layer layer : mapping.layers()) {
      Set<Integer> roots = new TreeSet<>();
      if (layer.onAccelerator()) {
        layer.inputs().forEach(input -> roots.add(viewed[input]));
        layer.outputs().forEach(output -> roots.add(viewed[output]));
      }
      touched.add(roots);
    }
    Set<Integer> before = new TreeSet<>();
    touched.subList(0, step + 1).forEach(before::addAll);
    Set<Integer> after = new TreeSet<>();
    touched.subList(step, touched.size()).forEach(after::addAll);
    before.retainAll(after);
    return List.copyOf(before);
  }

  private static boolean isInPlace(Mapping mapping, int[] viewed, int step, int one, int other) {
    Layer layer = mapping.layers().get(step);
    Graph graph = mapping.graph();
    Set<Integer> read = new TreeSet<>();
    layer.inputs().forEach(input -> read.add(viewed[input]));
    boolean elementwise =
        switch (graph.nodes().get(layer.main()).operator()) {
          case Operator.Binary binary -> true;
          case Operator.Unary unary -> true;
          case Operator.PRelu relu -> true;
          case Operator.Quantize quantize -> true;
          default -> false;
        };
    boolean pair =
        (layer.outputs().contains(one) && read.contains(other))
            || (layer.outputs().contains(other) && read.contains(one));
    return elementwise
        && pair
        && graph.tensor(one).shape().equals(graph.tensor(other).shape())
        && graph.tensor(one).bytes() == graph.tensor(other).bytes();
  }

  /** The largest sum of buffers that are needed in one step. */
  static long mostAlive(List<Buffer> buffers, int steps) {
    long most = 0;
    for (int step = 0; step < steps; step++) {
      int now = step;
      most =
          Math.max(
              most,
              buffers.stream()
                  .filter(buffer -> buffer.firstStep() <= now && now <= buffer.lastStep())
                  .mapToLong(Buffer::bytes)
                  .sum());
    }
    return most;
  }
}
