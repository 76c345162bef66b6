package dev.ppe.simulator.builder;

/**
 * The figures of a MobileBERT block; its outer features are those of its input.
 *
 * @param bottleneck features within the block, a multiple of {@code heads}
 * @param intermediate features within each feed-forward network
 * @param feedForwards one behind the other
 * @param heads of the attention
 */
public record MobileBertFigures(int bottleneck, int intermediate, int feedForwards, int heads) {
  public MobileBertFigures {
    requirePositive("bottleneck features", bottleneck);
    requirePositive("intermediate features", intermediate);
    requirePositive("feed-forward networks", feedForwards);
    requirePositive("heads", heads);
  }

  private static void requirePositive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " are " + value + ", must be 1 or more");
    }
  }
}
