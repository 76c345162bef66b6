package dev.ppe.simulator.compile;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * In how many blocks of channels, one after the other, tensors lie off the chip: as many as the
 * layer has rounds that makes them, each of which writes its channels of all rows.
 */
final class ChannelBlocks {
  private final int[] blocks; // by tensor

  ChannelBlocks(int tensors) {
    this.blocks = new int[tensors];
    Arrays.fill(blocks, 1);
  }

  /** A layer makes its results in so many rounds. */
  void make(Layer layer, int rounds) {
    layer.outputs().forEach(output -> blocks[output] = rounds);
  }

  /** A layer's result lies as its operand does. */
  void view(Layer layer) {
    if (!layer.inputs().isEmpty()) {
      make(layer, blocks[layer.inputs().getFirst()]);
    }
  }

  /** The places of a tensor that lies at {@code range}. */
  List<AddressRange> of(int tensor, AddressRange range) {
    return IntStream.range(0, blocks[tensor])
        .mapToObj(block -> range.part(block, blocks[tensor]))
        .toList();
  }
}
