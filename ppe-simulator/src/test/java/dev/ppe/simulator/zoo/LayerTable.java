package dev.ppe.simulator.zoo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The published layer tables of the networks: one line of a CSV file for each layer. */
final class LayerTable {
  /** Beside a checkout, not in it: the tables are not this project's. */
  private static final Path FAMILIES = Path.of("..", "..", "shared", "specs", "families");

  private LayerTable() {}

  /** The layers of a table, or a skipped test where the tables are not to be had. */
  static List<Layer> read(String name) {
    return lines(FAMILIES.resolve("layers").resolve(name + ".csv")).stream()
        .map(LayerTable::parse)
        .toList();
  }

  /** The tables there are, or a skipped test. */
  static List<String> names() {
    Path folder = FAMILIES.resolve("layers");
    Assumptions.assumeTrue(Files.exists(folder), () -> "no layer tables here: " + folder);
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString().replace(".csv", "")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file) {
    Assumptions.assumeTrue(Files.exists(file), () -> "no layer table here: " + file);
    try {
      List<String> lines = Files.readAllLines(file);
      return lines.subList(1, lines.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Columns:
   * id,block,op,k,stride,dilation,groups,cin,cout,h_in,h_out,act,weights,bn,macs,input,note.
   */
  private static Layer parse(String line) {
    String[] column = line.split(",", 17);
    return new Layer(
        column[1].replaceFirst("[:.].*", ""),
        column[2].replaceFirst("\\(.*", ""),
        number(column[3]),
        number(column[4]),
        number(column[5]),
        number(column[6]),
        number(column[7]),
        number(column[8]),
        number(column[9]),
        number(column[10]),
        column[11],
        Long.parseLong(column[12]),
        Long.parseLong(column[13]),
        Long.parseLong(column[14]),
        column[15]);
  }

  private static int number(String column) {
    return column.isEmpty() ? Layer.NOT_APPLICABLE : Integer.parseInt(column);
  }
}
