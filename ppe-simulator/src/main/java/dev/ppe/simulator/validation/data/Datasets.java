package dev.ppe.simulator.validation.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All measured figures.
 *
 * @param rows of each data set: first those that come with the simulator, then those of a folder
 * @param notes what a person should know of how they were read
 */
public record Datasets(Map<Dataset, List<Row>> rows, List<String> notes) {
  private static final int LARGEST_FILE = 1 << 20;

  public Datasets {
    Map<Dataset, List<Row>> copy = new EnumMap<>(Dataset.class);
    rows.forEach((dataset, list) -> copy.put(dataset, List.copyOf(list)));
    rows = Map.copyOf(copy);
    notes = List.copyOf(notes);
  }

  /** Those that come with the simulator. */
  public static Datasets builtIn() {
    Map<Dataset, List<Row>> rows = new EnumMap<>(Dataset.class);
    for (Dataset dataset : Dataset.values()) {
      rows.put(dataset, DatasetReader.read(dataset, dataset.file(), resource(dataset.file())));
    }
    return new Datasets(rows, List.of());
  }

  /** The rows of one data set. */
  public List<Row> of(Dataset dataset) {
    return rows.getOrDefault(dataset, List.of());
  }

  /**
   * These and those of a folder's files, which have the names of {@link Dataset#file}. What stands
   * here already, field by field, is not counted again.
   *
   * @throws DatasetException if there is no such folder or file, or a file is broken or above 1 MiB
   */
  public Datasets with(Path folder) {
    Map<Dataset, List<Row>> all = new EnumMap<>(Dataset.class);
    List<String> said = new ArrayList<>(notes);
    int files = 0;
    for (Dataset dataset : Dataset.values()) {
      List<Row> known = new ArrayList<>(of(dataset));
      Path file = folder.resolve(dataset.file());
      if (Files.exists(file)) {
        files++;
        List<Row> found = DatasetReader.read(dataset, file.toString(), text(file));
        List<Row> fresh = fresh(dataset, known, found);
        if (fresh.size() < found.size()) {
          said.add(
              "%s: %d of %d rows are known already and not counted again"
                  .formatted(file, found.size() - fresh.size(), found.size()));
        }
        known.addAll(fresh);
      }
      all.put(dataset, known);
    }
    if (files == 0) {
      throw new DatasetException(folder.toString(), nothingThere(folder));
    }
    said.addAll(ignored(folder));
    return new Datasets(all, said);
  }

  /** Two equal lines of one file are two measurements; a copy of a file is none. */
  private static List<Row> fresh(Dataset dataset, List<Row> known, List<Row> found) {
    Set<List<String>> seen = new HashSet<>();
    known.forEach(row -> seen.add(fields(dataset, row)));
    return found.stream().filter(row -> !seen.contains(fields(dataset, row))).toList();
  }

  private static List<String> fields(Dataset dataset, Row row) {
    return Column.of(dataset).stream().map(column -> row.text(column.name())).toList();
  }

  private static String nothingThere(Path folder) {
    return Files.isDirectory(folder)
        ? "has none of the files " + String.join(", ", names())
        : "no such folder";
  }

  private static List<String> names() {
    return Stream.of(Dataset.values()).map(Dataset::file).toList();
  }

  private static List<String> ignored(Path folder) {
    List<String> names = names();
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".csv") && !names.contains(name))
          .sorted()
          .map(name -> "%s is not read: no data set has that name".formatted(folder.resolve(name)))
          .toList();
    } catch (IOException e) {
      throw new DatasetException(folder.toString(), "cannot be read: " + e.getMessage());
    }
  }

  private static String text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
      if (bytes.length > LARGEST_FILE) {
        throw new DatasetException(file.toString(), "has more than 1 MiB, the limit");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new DatasetException(file.toString(), "is no UTF-8 text");
    } catch (IOException e) {
      throw new DatasetException(file.toString(), "cannot be read: " + e.getMessage());
    }
  }

  private static String resource(String name) {
    try (InputStream in = Datasets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
