package dev.ppe.simulator.graph;

import static dev.ppe.simulator.graph.Shapes.assertRefused;
import static dev.ppe.simulator.graph.Shapes.infer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.graph.Operator.Gather;
import dev.ppe.simulator.graph.Operator.Slice;
import dev.ppe.simulator.graph.Operator.StridedSlice;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SliceShapesTest {
  private static final Shape MATRIX = Shape.of(4, 10);

  @Test
  void aSliceReachesToTheEndWithMinusOne() {
    assertThat(infer(new Slice(List.of(1, 2), List.of(-1, 3)), MATRIX)).isEqualTo(Shape.of(3, 3));
    assertRefused("takes 9 elements from 2", new Slice(List.of(0, 2), List.of(4, 9)), MATRIX);
    assertRefused("from -1 on", new Slice(List.of(-1, 0), List.of(1, 1)), MATRIX);
    assertRefused("takes", new Slice(List.of(Integer.MIN_VALUE, 0), List.of(-1, 1)), MATRIX);
    assertRefused("do not fit", new Slice(List.of(0), List.of(1)), MATRIX);
  }

  /** Expected lengths are those of Python's range(10)[begin:end:stride]. */
  @ParameterizedTest
  @CsvSource({
    "2, 8, 1, 6",
    "2, 8, 4, 2",
    "-3, 10, 1, 3",
    "-30, 30, 1, 10",
    "8, 2, 1, 0",
    "8, 2, -2, 3",
    "-1, -11, -1, 10",
    "100, -100, -3, 4",
    "5, 5, 1, 0"
  })
  void aStridedSliceCountsAsPythonDoes(int begin, int end, int stride, int length) {
    assertThat(infer(strided(begin, end, stride, 0, 0), Shape.of(10))).isEqualTo(Shape.of(length));
  }

  @ParameterizedTest
  @CsvSource({"2, 8, 1, 1, 0, 8", "2, 8, 1, 0, 1, 8", "2, 8, -1, 1, 1, 10", "2, 8, 3, 1, 1, 4"})
  void maskedEndsReachToTheBorder(
      int begin, int end, int stride, int beginMask, int endMask, int length) {
    assertThat(infer(strided(begin, end, stride, beginMask, endMask), Shape.of(10)))
        .isEqualTo(Shape.of(length));
  }

  @Test
  void masksDropInsertAndSkipDimensions() {
    assertThat(infer(masked(2, 0, 0, 0b01), MATRIX)).isEqualTo(Shape.of(1));
    assertThat(infer(masked(2, 0, 0b01, 0), MATRIX)).isEqualTo(Shape.of(1, 1, 10));
    assertThat(infer(masked(2, 0b01, 0, 0), Shape.of(2, 3, 4))).isEqualTo(Shape.of(2, 3, 1));
    assertThat(infer(masked(1, 0, 0, 0), MATRIX)).isEqualTo(Shape.of(1, 10));
    assertRefused("more than one ellipsis", masked(3, 0b101, 0, 0), MATRIX);
    assertRefused("slices 3 dimensions", masked(3, 0, 0, 0), MATRIX);
  }

  @Test
  void aStrideOfZeroAndAnIndexOutsideAreRefused() {
    assertRefused("stride 0 is 0", strided(0, 1, 0, 0, 0), Shape.of(10));
    assertRefused(
        "index 10 is outside",
        new StridedSlice(List.of(10), List.of(11), List.of(1), 0, 0, 0, 0, 1),
        Shape.of(10));
  }

  @Test
  void aGatherPutsTheIndicesInPlaceOfItsAxis() {
    assertThat(infer(new Gather(0, 0), Shape.of(1000, 64), Shape.of(2, 12)))
        .isEqualTo(Shape.of(2, 12, 64));
    assertThat(infer(new Gather(-1, 1), Shape.of(3, 4, 5), Shape.of(3, 2)))
        .isEqualTo(Shape.of(3, 4, 2));
    assertThat(infer(new Gather(1, 0), MATRIX, Shape.of())).isEqualTo(Shape.of(4));
    assertRefused("batch dimensions", new Gather(0, 1), MATRIX, Shape.of(4));
    assertRefused("has no axis 2", new Gather(2, 0), MATRIX, Shape.of(4));
  }

  private static Operator strided(int begin, int end, int stride, int beginMask, int endMask) {
    return new StridedSlice(
        List.of(begin), List.of(end), List.of(stride), beginMask, endMask, 0, 0, 0);
  }

  /** Takes the first element of each entry. */
  private static Operator masked(int entries, int ellipsis, int newAxis, int shrink) {
    List<Integer> zeros = Collections.nCopies(entries, 0);
    List<Integer> ones = Collections.nCopies(entries, 1);
    return new StridedSlice(zeros, ones, ones, 0, 0, ellipsis, newAxis, shrink);
  }
}
