package dev.ppe.nas.quality;

import dev.ppe.nas.space.Point;
import dev.ppe.nas.space.SearchSpace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Qualities that are known beforehand, in a CSV file: a column for each parameter that they depend
 * on, named like it and empty where it is not in use, and one named {@code quality}. Other columns
 * are not read.
 *
 * <pre>{@code
 * edge01,edge02,edge12,edge03,edge13,edge23,quality
 * skip_connect,none,nor_conv_3x3,nor_conv_1x1,none,avg_pool_3x3,0.913
 * }</pre>
 */
public final class QualityTable implements QualitySource {
  private static final String QUALITY = "quality";
  private static final int MAX_LINE = 1 << 16;
  private static final int MAX_ROWS = 5_000_000;

  private final String source;
  private final List<String> parameters;
  private final Map<List<String>, Double> rows;

  private QualityTable(String source, List<String> parameters, Map<List<String>, Double> rows) {
    this.source = source;
    this.parameters = parameters;
    this.rows = rows;
  }

  /**
   * Reads a table.
   *
   * @param source what messages begin with, for example the file's name
   * @throws IllegalArgumentException naming the line, if the text is no such table for the space
   * @throws IOException if it cannot be read
   */
  public static QualityTable read(String source, Reader text, SearchSpace space)
      throws IOException {
    BufferedReader lines = new BufferedReader(text);
    List<String> header =
        Optional.ofNullable(lines.readLine())
            .map(line -> cells(source, 1, line))
            .orElseThrow(() -> new IllegalArgumentException(source + " is empty"));
    List<String> parameters = header.stream().filter(space::has).toList();
    if (!header.contains(QUALITY) || parameters.isEmpty()) {
      throw new IllegalArgumentException(
          "%s line 1: must name a column for %s and one or more for parameters of the space"
              .formatted(source, QUALITY));
    }
    if (header.stream().distinct().count() != header.size()) {
      throw new IllegalArgumentException(source + " line 1: names a column twice");
    }
    int[] columns = parameters.stream().mapToInt(header::indexOf).toArray();
    int quality = header.indexOf(QUALITY);
    Map<List<String>, Double> rows = new HashMap<>();
    int number = 1;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      List<String> cells = cells(source, number, line);
      if (cells.size() != header.size()) {
        throw new IllegalArgumentException(
            "%s line %d: has %d values, must have %d"
                .formatted(source, number, cells.size(), header.size()));
      }
      List<String> key = Arrays.stream(columns).mapToObj(cells::get).toList();
      if (rows.put(key, value(source, number, cells.get(quality))) != null) {
        throw new IllegalArgumentException(
            "%s line %d: there is a row for these values already".formatted(source, number));
      }
      if (rows.size() > MAX_ROWS) {
        throw new IllegalArgumentException("%s has more than %d rows".formatted(source, MAX_ROWS));
      }
    }
    return new QualityTable(source, parameters, rows);
  }

  private static List<String> cells(String source, int number, String line) {
    if (line.length() > MAX_LINE || line.indexOf('"') >= 0) {
      throw new IllegalArgumentException(
          "%s line %d: %s"
              .formatted(
                  source,
                  number,
                  line.length() > MAX_LINE
                      ? "is too long"
                      : "has quotes: choices and numbers need none"));
    }
    return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
  }

  private static double value(String source, int number, String text) {
    try {
      return new Quality.Known(Double.parseDouble(text)).value();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s line %d: the quality is \"%s\", must be a number".formatted(source, number, text), e);
    }
  }

  @Override
  public String name() {
    return "table " + source;
  }

  @Override
  public Quality of(Candidate candidate) {
    Point point = candidate.point();
    List<String> key = new ArrayList<>();
    for (String parameter : parameters) {
      key.add(point.uses(parameter) ? point.text(parameter) : "");
    }
    Double value = rows.get(key);
    return value == null
        ? new Quality.Unknown("%s has no row for %s".formatted(source, String.join(",", key)))
        : new Quality.Known(value);
  }
}
