package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.MemoryPlan.Buffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OffsetAllocatorTest {
  static IntStream seeds() {
    return IntStream.range(0, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void givesEveryBufferTheLowestPlaceThatLargerOnesLeave(int seed) {
    Random random = new Random(seed);
    for (int n = 0; n < 100; n++) {
      List<Buffer> wanted = n % 2 == 0 ? random(random, 12, 4) : random(random, 40, 40);

      assertThat(OffsetAllocator.allocate(wanted, Interruption.NEVER))
          .containsExactlyInAnyOrderElementsOf(oneByteAtATime(wanted))
          .isSortedAccordingTo(Comparator.comparingLong(Buffer::offset));
    }
  }

  private static List<Buffer> random(Random random, int mostSteps, int longestLife) {
    int steps = 1 + random.nextInt(mostSteps);
    int largest = 1 + random.nextInt(30);
    List<Buffer> buffers = new ArrayList<>();
    for (int i = random.nextInt(25); i > 0; i--) {
      int first = random.nextInt(steps);
      int last = first + random.nextInt(Math.min(longestLife, steps - first));
      buffers.add(new Buffer("b" + i, 0, random.nextInt(largest + 1), first, last));
    }
    return buffers;
  }

  /** The same rule, by trying every offset. */
  private static List<Buffer> oneByteAtATime(List<Buffer> wanted) {
    List<Buffer> order = new ArrayList<>(wanted);
    order.sort(
        (a, b) ->
            a.bytes() != b.bytes()
                ? Long.compare(b.bytes(), a.bytes())
                : Integer.compare(a.firstStep(), b.firstStep()));
    List<Buffer> placed = new ArrayList<>();
    for (Buffer buffer : order) {
      long offset = 0;
      while (collides(buffer.at(offset), placed)) {
        offset++;
      }
      placed.add(buffer.at(offset));
    }
    return placed;
  }

  private static boolean collides(Buffer buffer, List<Buffer> placed) {
    return placed.stream().anyMatch(other -> MemoryPlans.overlap(buffer, other));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void buffersThatMeetInTimeNeverOverlapInSpace(int seed) {
    Random random = new Random(seed);
    for (int n = 0; n < 100; n++) {
      MemoryPlans.assertDisjoint(
          OffsetAllocator.allocate(random(random, 12, 4), Interruption.NEVER));
    }
  }

  @Test
  void aGapBetweenTwoIsUsedWhereItIsLargeEnough() {
    List<Buffer> placed =
        OffsetAllocator.allocate(
            List.of(
                new Buffer("long-lived", 0, 10, 0, 3),
                new Buffer("first", 0, 8, 0, 1),
                new Buffer("upper", 0, 7, 1, 3),
                new Buffer("fits", 0, 8, 2, 2),
                new Buffer("small", 0, 2, 3, 3)),
            Interruption.NEVER);

    assertThat(placed)
        .extracting(Buffer::what, Buffer::offset)
        .containsExactlyInAnyOrder(
            tuple("long-lived", 0L),
            tuple("first", 10L),
            tuple("fits", 10L),
            tuple("upper", 18L),
            tuple("small", 10L));
  }

  @Test
  void nothingNeedsNoMemory() {
    assertThat(OffsetAllocator.allocate(List.of(), Interruption.NEVER)).isEmpty();
  }

  @Test
  void asksForEachBufferWhetherItIsStillWanted() {
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(
            () ->
                OffsetAllocator.allocate(
                    List.of(new Buffer("b", 0, 1, 0, 0)),
                    () -> {
                      throw new CancellationException();
                    }));
  }
}
