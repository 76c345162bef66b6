package dev.ppe.simulator.hardware;

/**
 * What multiplies and accumulates in one PE. Weights reach it in lines: so many output channels by
 * so many consecutive inputs.
 */
public sealed interface Core {

  /** Multiply-accumulates of one PE in a cycle at full use. */
  long macsPerCycle();

  /** Output channels that work side by side. */
  int outputs();

  /** Inputs that one line of weights covers. */
  int inputs();

  /**
   * Activation words in four cycles at the most: more than four where those that follow each other
   * in memory come faster than one by one, and then as many more multiply-accumulates are possible.
   */
  default int wordsInFourCycles() {
    return 4;
  }

  /** The least group of output channels that is stored for itself: a quarter of them. */
  default int narrowOutputs() {
    return Math.max(1, outputs() / 4);
  }

  /** Bytes of a line of 8-bit weights. */
  default int lineBytes() {
    return outputs() * inputs();
  }

  /**
   * SIMD cores. An activation word of {@code macsPerLane} inputs goes to all lanes of a PE; each
   * lane holds the weights of another output channel, and adds its dot product to one of its
   * accumulators: output-stationary.
   *
   * @param perPe cores in one PE
   * @param lanes lanes in one core
   * @param macsPerLane multiply-accumulates of one lane in a cycle, along input channels
   * @param accumulators output positions that a lane works on before it needs its weights again
   * @param slidingWindow whether a depthwise window slides: a row of it then is one step of the dot
   *     product, but only position by position, so that strided windows visit what they skip
   * @param wordsInFourCycles activation words in four cycles where they follow each other in memory
   * @param pipelineDepth cycles from the first operand to the last result: no layer takes less
   */
  record Simd(
      int perPe,
      int lanes,
      int macsPerLane,
      int accumulators,
      boolean slidingWindow,
      int wordsInFourCycles,
      int pipelineDepth)
      implements Core {
    public Simd {
      Check.range("core.per_pe", perPe, 1, 64);
      Check.range("core.lanes", lanes, 1, 4096);
      Check.range("core.macs_per_lane", macsPerLane, 1, 64);
      Check.range("core.accumulators", accumulators, 1, 65_536);
      Check.range("core.words_in_four_cycles", wordsInFourCycles, 4, 64);
      Check.range("core.pipeline_depth", pipelineDepth, 1, 1024);
    }

    @Override
    public long macsPerCycle() {
      return (long) outputs() * macsPerLane;
    }

    @Override
    public int outputs() {
      return perPe * lanes;
    }

    @Override
    public int inputs() {
      return macsPerLane;
    }
  }

  /**
   * A systolic array. A line of weights is one row of it: an input by as many outputs as there are
   * columns.
   *
   * @param rows height
   * @param columns width
   * @param dataflow what stays in place
   * @param overlap whether a fold fills while the one before drains
   */
  record Systolic(int rows, int columns, Dataflow dataflow, boolean overlap) implements Core {
    public Systolic {
      Check.range("core.rows", rows, 1, 4096);
      Check.range("core.columns", columns, 1, 4096);
    }

    @Override
    public long macsPerCycle() {
      return (long) rows * columns;
    }

    @Override
    public int outputs() {
      return columns;
    }

    @Override
    public int inputs() {
      return 1;
    }
  }

  /** What stays in place in a systolic array. */
  enum Dataflow {
    /** Weights stay, inputs by rows; activations and partial sums move. */
    WEIGHT_STATIONARY,
    /** Sums stay, positions by rows; activations and weights move. */
    OUTPUT_STATIONARY
  }
}
