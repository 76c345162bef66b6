package dev.ppe.simulator.compile;

/**
 * What a layer's work for the cores falls into. A tile needs no more lines of weights than one
 * filling of the core memories holds, and of operands and results no more than half of one PE's
 * memory, that the next may come and the last may go meanwhile.
 *
 * @param fillings of the core memories, for all lines of weights that one PE takes in
 * @param halves of one PE's memory, for what it reads and writes
 */
record Tiles(long fillings, long halves) {

  /** Of a layer that the accelerator runs. */
  static Tiles of(Mapping mapping, int index) {
    Layer layer = mapping.layers().get(index);
    Split split = mapping.tilings().get(index).orElseThrow().split();
    long staging = mapping.accelerator().parameterMemory().stagingBytes();
    long coreMemory = Math.ceilDiv(staging, mapping.accelerator().grid().pes());
    long lines = mapping.tilings().get(index).orElseThrow().parameterReadBytes() / split.parts();
    long bytes = 0; // of one PE's part: channels that are shared out read all of the input
    for (int input : layer.inputs()) {
      bytes += mapping.graph().tensor(input).bytes() / ((long) split.rows() * split.columns());
    }
    for (int output : layer.outputs()) {
      bytes += mapping.graph().tensor(output).bytes() / split.parts();
    }
    return new Tiles(
        Math.ceilDiv(lines, coreMemory),
        Math.ceilDiv(bytes, mapping.accelerator().peMemory().bytes() / 2));
  }

  /** How many there are: 1 at least. */
  long count() {
    return Math.max(1, Math.max(fillings, halves));
  }
}
