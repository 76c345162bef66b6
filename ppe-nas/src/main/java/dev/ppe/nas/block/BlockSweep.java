package dev.ppe.nas.block;

import java.util.ArrayList;
import java.util.List;

/**
 * What is tried: every whole block of these figures.
 *
 * @param sizes heights and widths, 1 to 1,024
 * @param channels outside, 1 to 4,096
 * @param expansions 1 to 32
 * @param kernels odd, 1 to 15
 * @param forms kinds of blocks
 * @param groupSizes expanded channels of a group, for forms in groups
 */
public record BlockSweep(
    List<Integer> sizes,
    List<Integer> channels,
    List<Integer> expansions,
    List<Integer> kernels,
    List<BlockForm> forms,
    List<Integer> groupSizes) {
  /** Shapes of networks for images, early to late. */
  public static final BlockSweep DEFAULT =
      new BlockSweep(
          List.of(56, 28, 14, 7),
          List.of(16, 32, 64, 96, 128, 192, 256),
          List.of(2, 3, 4, 6, 8),
          List.of(3, 5),
          List.of(BlockForm.values()),
          List.of(32, 64, 128, 256));

  private static final int MAX_BLOCKS = 100_000;

  public BlockSweep {
    sizes = checked("size", sizes, 1, 1_024);
    channels = checked("channels", channels, 1, 4_096);
    expansions = checked("expansion", expansions, 1, 32);
    kernels = checked("kernel", kernels, 1, 15);
    forms = List.copyOf(forms);
    groupSizes = checked("group size", groupSizes, 1, 65_536);
    for (int kernel : kernels) {
      if (kernel % 2 == 0) {
        throw new IllegalArgumentException("kernel %d is even, must be odd".formatted(kernel));
      }
    }
    long most = (long) sizes.size() * channels.size() * expansions.size() * kernels.size();
    most *= (long) forms.size() * Math.max(1, groupSizes.size());
    if (most > MAX_BLOCKS) {
      throw new IllegalArgumentException(
          "the sweep has up to %d blocks, must have %d at most".formatted(most, MAX_BLOCKS));
    }
  }

  /** All of them: by size, form, kernel, channels, expansion and group size. */
  public List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (int size : sizes) {
      for (BlockForm form : forms) {
        for (int kernel : kernels) {
          addShapes(blocks, size, form, kernel);
        }
      }
    }
    return blocks;
  }

  private void addShapes(List<Block> blocks, int size, BlockForm form, int kernel) {
    for (int width : channels) {
      for (int expansion : expansions) {
        for (int groupSize : form.inGroups() ? groupSizes : List.of(0)) {
          Block block = new Block(size, width, expansion, kernel, form, groupSize);
          if (block.isWhole()) {
            blocks.add(block);
          }
        }
      }
    }
  }

  private static List<Integer> checked(String name, List<Integer> values, int least, int most) {
    for (int value : values) {
      if (value < least || value > most) {
        throw new IllegalArgumentException(
            "%s is %d, must be %d to %d".formatted(name, value, least, most));
      }
    }
    return List.copyOf(values);
  }
}
