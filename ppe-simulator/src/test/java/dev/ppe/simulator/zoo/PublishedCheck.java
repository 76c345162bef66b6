package dev.ppe.simulator.zoo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Assumptions;

/**
 * A line of the table of published figures: what a network's publication says, and what its layer
 * table adds up to. Parameters and MACs are in millions.
 *
 * @param classes that the rebuilt figures are for, if not the network's default
 */
record PublishedCheck(
    String row,
    OptionalDouble publishedParameters,
    OptionalDouble publishedMacs,
    OptionalDouble rebuiltParameters,
    OptionalDouble rebuiltMacs,
    OptionalInt classes) {

  /** Beside a checkout, not in it: the table is not this project's. */
  private static final Path TABLE =
      Path.of("..", "..", "shared", "specs", "families", "published_checks.csv");

  /** All lines, or a skipped test where the table is not to be had. */
  static List<PublishedCheck> all() {
    Assumptions.assumeTrue(Files.exists(TABLE), () -> "no table here: " + TABLE);
    try {
      return Files.readAllLines(TABLE).stream().skip(1).map(PublishedCheck::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PublishedCheck of(String row) {
    return all().stream().filter(check -> check.row().equals(row)).findFirst().orElseThrow();
  }

  /**
   * Columns: model,input,published_params_M,published_MACs_M,params_convention,source,certainty,
   * rebuilt_params_M,rebuilt_MACs_M. Only the convention may be quoted and hold commas.
   */
  private static PublishedCheck parse(String line) {
    String[] column = line.replaceAll("\"[^\"]*\"", "").split(",", -1);
    boolean fewerClasses = line.contains("1000 cls") && !line.contains("rebuilt 1001");
    return new PublishedCheck(
        column[0],
        number(column[2]),
        number(column[3]),
        number(column[7]),
        number(column[8]),
        fewerClasses ? OptionalInt.of(1000) : OptionalInt.empty());
  }

  private static OptionalDouble number(String column) {
    return column.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(column));
  }
}
