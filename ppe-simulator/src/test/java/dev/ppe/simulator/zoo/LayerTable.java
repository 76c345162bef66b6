package dev.ppe.simulator.zoo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
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

  /**
   * Figures that a network's publication and its rebuilt tables are checked with.
   *
   * @param classes that the rebuilt figures are for, if not the network's default
   */
  record Check(double parametersInMillions, double macsInMillions, OptionalInt classes) {}

  /** A network's line in the table of published figures, or a skipped test. */
  static Check check(String model) {
    return lines(FAMILIES.resolve("published_checks.csv")).stream()
        .filter(line -> line.startsWith(model + ","))
        .map(LayerTable::parseCheck)
        .findFirst()
        .orElseThrow();
  }

  /**
   * Columns: model,input,published_params_M,published_MACs_M,params_convention,source,certainty,
   * rebuilt_params_M,rebuilt_MACs_M. Only the convention may be quoted and hold commas.
   */
  private static Check parseCheck(String line) {
    String[] column = line.replaceAll("\"[^\"]*\"", "").split(",", -1);
    boolean fewerClasses = line.contains("1000 cls") && !line.contains("rebuilt 1001");
    return new Check(
        Double.parseDouble(column[7]),
        Double.parseDouble(column[8]),
        fewerClasses ? OptionalInt.of(1000) : OptionalInt.empty());
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
