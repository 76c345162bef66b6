package dev.ppe.simulator.compile;

/**
 * Which inputs an output reads along one axis: output {@code o} of an image those from {@code
 * floor((step x o + first) / per)} to {@code floor((step x o + last) / per)}, as far as there are
 * such. All numbers are whole, so that a ratio of two sizes is exact.
 *
 * @param inputs of one image
 * @param outputs of one image
 * @param step from one output to the next
 * @param first of output 0
 * @param last of output 0
 * @param per what {@code step}, {@code first} and {@code last} are divided by
 */
public record Taps(long inputs, long outputs, long step, long first, long last, long per) {
  /** Of more tiles than this the largest is not looked for: a bound stands for it. */
  private static final long TILES = 256;

  /**
   * Inputs under the tile that has most of them.
   *
   * @param tile outputs of a tile; tiles lie side by side from the first output on
   * @param all outputs of all images, which follow each other
   */
  long span(long tile, long all) {
    if (all > TILES * tile) {
      return Math.ceilDiv(step * (tile - 1) + last - first, per) + 1;
    }
    long most = 0;
    for (long start = 0; start < all; start += tile) {
      long end = Math.min(all, start + tile) - 1;
      most = Math.max(most, position(end, last) - position(start, first) + 1);
    }
    return most;
  }

  /** Where an output's first or last input stands among those of all images. */
  private long position(long output, long offset) {
    long inImage = Math.floorDiv(step * (output % outputs) + offset, per);
    return output / outputs * inputs + Math.clamp(inImage, 0, inputs - 1);
  }
}
