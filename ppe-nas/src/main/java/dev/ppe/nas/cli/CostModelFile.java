package dev.ppe.nas.cli;

import dev.ppe.client.cli.BoundedFile;
import dev.ppe.client.cli.UnreadableException;
import dev.ppe.client.cli.UsageException;
import dev.ppe.nas.cost.CostFileReader;
import dev.ppe.nas.cost.LearnedCosts;
import java.nio.charset.StandardCharsets;

/**
 * A cost model of the command line.
 *
 * @param text the whole file
 */
record CostModelFile(String name, String text) {
  /**
   * The file of this name.
   *
   * @throws UsageException if it cannot be read
   */
  static CostModelFile of(String name) {
    try {
      byte[] bytes = BoundedFile.read(name, CostFileReader.MAX_BYTES);
      return new CostModelFile(name, new String(bytes, StandardCharsets.UTF_8));
    } catch (UnreadableException e) {
      throw new UsageException("%s: %s".formatted(name, e.getMessage()));
    }
  }

  /**
   * The model in it.
   *
   * @throws UsageException if there is none
   */
  LearnedCosts costs() {
    try {
      return CostFileReader.read(name, text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
