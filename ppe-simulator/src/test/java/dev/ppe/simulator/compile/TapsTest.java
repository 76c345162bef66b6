package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Operator.Resize;
import dev.ppe.simulator.graph.Operator.ResizeMethod;
import dev.ppe.simulator.graph.Operator.TransposeConv2d;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Window;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a tile reads, against operators that look at every output. */
class TapsTest {
  private static final int CASES = 3000;

  /** One output's inputs, added to those of its tile. */
  private interface Reader {
    void read(int output, Set<Integer> inputs);
  }

  /** The places of TensorFlow Lite, in floating point, which is exact enough for small maps. */
  @Test
  void aTileOfAScaledMapReadsTheNeighboursOfItsPlaces() {
    Random random = new Random(20261201);
    for (int i = 0; i < CASES; i++) {
      int in = random.nextInt(1, 40);
      int out = random.nextInt(1, 40);
      boolean corners = random.nextInt(3) == 0;
      boolean half = !corners && random.nextBoolean();
      boolean bilinear = random.nextBoolean();
      Resize resize =
          new Resize(
              bilinear ? ResizeMethod.BILINEAR : ResizeMethod.NEAREST, out, out, corners, half);
      Reach reach = Reach.of(resize, Shape.of(1, in, in, 3), Shape.of(1, out, out, 3));
      double scale = corners && out > 1 ? (in - 1.0) / (out - 1) : (double) in / out;

      assertSpans(
          (Reach.Scaled) reach,
          in,
          out,
          random,
          (o, inputs) -> {
            if (bilinear) {
              double place = half ? (o + 0.5) * scale - 0.5 : o * scale;
              add(inputs, Math.floor(place + 1e-9), in);
              add(inputs, Math.ceil(place - 1e-9), in);
            } else {
              double place = corners && out > 1 ? o * scale + 0.5 : (half ? o + 0.5 : o) * scale;
              add(inputs, Math.floor(place + 1e-9), in);
            }
          });
    }
  }

  /** Every input is scattered over its kernel; an output has read those that reached it. */
  @Test
  void aTileOfATransposedConvolutionReadsAllThatReachesIt() {
    Random random = new Random(20261202);
    for (int i = 0; i < CASES; i++) {
      int kernel = random.nextInt(1, 6);
      int stride = random.nextInt(1, kernel + 1);
      int in = random.nextInt(1, 20);
      boolean same = random.nextBoolean();
      int out = same ? in * stride : (in - 1) * stride + kernel;
      Window window = Window.square(kernel, stride, same ? Padding.SAME : Padding.VALID);
      int before = same ? window.samePadding(out, out).top() : 0;
      Reach reach =
          Reach.of(
              new TransposeConv2d(window, out, out, Activation.NONE),
              Shape.of(1, in, in, 3),
              Shape.of(1, out, out, 3));

      assertSpans(
          (Reach.Scaled) reach,
          in,
          out,
          random,
          (o, inputs) -> {
            for (int x = 0; x < in; x++) {
              if (o >= x * stride - before && o < x * stride - before + kernel) {
                inputs.add(x);
              }
            }
          });
    }
  }

  private static void add(Set<Integer> inputs, double place, int in) {
    inputs.add(Math.clamp((long) place, 0, in - 1));
  }

  /** For a tile of any size, over a map or over two that follow each other. */
  private static void assertSpans(
      Reach.Scaled reach, int in, int out, Random random, Reader reader) {
    int maps = random.nextInt(1, 3);
    int all = maps * out;
    int tile = random.nextInt(1, all + 1);
    int most = 0;
    for (int start = 0; start < all; start += tile) {
      TreeSet<Integer> inputs = new TreeSet<>();
      for (int o = start; o < Math.min(all, start + tile); o++) {
        TreeSet<Integer> own = new TreeSet<>();
        reader.read(o % out, own);
        for (int input : own) {
          inputs.add(o / out * in + input);
        }
      }
      most = Math.max(most, inputs.isEmpty() ? 0 : inputs.last() - inputs.first() + 1);
    }

    assertThat(reach.rows().span(tile, all)).isEqualTo(most);
    assertThat(reach.columns().span(tile, all)).isEqualTo(most);
  }

  /** Of many tiles a bound is enough, which is no less than the largest. */
  @Test
  void manyTilesAreBounded() {
    Random random = new Random(20261203);
    for (int i = 0; i < CASES; i++) {
      int in = random.nextInt(1, 2000);
      int out = random.nextInt(300, 4000);
      Taps taps = new Taps(in, out, 2L * in, in - out, in + out - 1, 2L * out);
      int tile = random.nextInt(1, Math.max(2, out / 257));
      long most = 0;
      for (long start = 0; start < out; start += tile) {
        long last = Math.min(out, start + tile) - 1;
        long from = Math.clamp(Math.floorDiv(2L * in * start + in - out, 2L * out), 0, in - 1);
        long to = Math.clamp(Math.floorDiv(2L * in * last + in + out - 1, 2L * out), 0, in - 1);
        most = Math.max(most, to - from + 1);
      }

      assertThat(taps.span(tile, out)).isBetween(most, most + 1);
    }
  }
}
