package dev.ppe.simulator.validation.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.ppe.simulator.dram.DramParts;
import dev.ppe.simulator.hardware.AcceleratorDocument;
import dev.ppe.simulator.hardware.Presets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every constant of presets and of DRAM parts says where it is from, and all that are assumed are
 * varied. Where fields stand is asked of a YAML parser, so that no tag is overlooked.
 */
class TagsTest {
  private static final Pattern TAG = Pattern.compile("#.*\\[[SDMA]\\]");
  private static final Pattern ASSUMED = Pattern.compile("#.*\\[A\\]");

  /** What the tags mean, above all fields. */
  private static final Pattern LEGEND = Pattern.compile("^# .*\\[A\\] ?an? assumption.*|^# \\[.*");

  /** Names and notes: no constants. */
  private static final Set<String> NO_CONSTANTS =
      Set.of("name", "description", "host.name", "energy_table", "validated");

  /** A value, with the blocks that it is in. */
  private record Field(String path, int line) {}

  record Source(String name, String yaml) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Source> sources() {
    return Stream.concat(
        Presets.names().stream()
            .map(name -> new Source(name, AcceleratorDocument.preset(name).yaml())),
        DramParts.names().stream().map(name -> new Source(name, DramParts.yaml(name))));
  }

  /** Numbers, words, flags, and lists of them, by path; and the lines of blocks. */
  private static List<Field> fields(String yaml, Map<String, Integer> blocks) {
    List<Field> fields = new ArrayList<>();
    try (JsonParser parser = new YAMLFactory().createParser(yaml)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        String path = parser.getParsingContext().pathAsPointer().toString().replace('/', '.');
        int line = parser.currentTokenLocation().getLineNr();
        if (token == JsonToken.FIELD_NAME) {
          blocks.put(path.substring(1), line);
        } else if (token == JsonToken.START_ARRAY) {
          fields.add(new Field(path.substring(1), blocks.getOrDefault(path.substring(1), line)));
          parser.skipChildren();
        } else if (token.isScalarValue()) {
          fields.add(new Field(path.substring(1), line));
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return fields.stream()
        .filter(field -> NO_CONSTANTS.stream().noneMatch(name -> isIn(field.path(), name)))
        .toList();
  }

  private static boolean isIn(String path, String block) {
    return path.equals(block) || path.startsWith(block + ".");
  }

  /** The line whose tag holds for a field: its own, or that of the nearest block with one. */
  private static int taggedLine(Field field, Map<String, Integer> blocks, List<String> lines) {
    String path = field.path();
    int line = field.line();
    while (!TAG.matcher(lines.get(line - 1)).find()) {
      int dot = path.lastIndexOf('.');
      assertThat(dot).as("%s has no tag", field.path()).isPositive();
      path = path.substring(0, dot);
      line = blocks.getOrDefault(path, 1);
    }
    return line;
  }

  @ParameterizedTest
  @MethodSource("sources")
  void everyConstantHasATagAndEveryAssumptionIsVaried(Source source) {
    List<String> lines = source.yaml().lines().toList();
    Map<String, Integer> blocks = new TreeMap<>();
    List<Field> fields = fields(source.yaml(), blocks);
    assertThat(fields).hasSizeGreaterThan(10);
    Map<Field, Integer> tagged =
        fields.stream()
            .collect(Collectors.toMap(field -> field, field -> taggedLine(field, blocks, lines)));

    List<String> assumed =
        fields.stream()
            .filter(field -> ASSUMED.matcher(lines.get(tagged.get(field) - 1)).find())
            .map(Field::path)
            .toList();
    assertThat(Assumption.in(source.yaml())).extracting(Assumption::path).containsAll(assumed);

    for (int line = 1; line <= lines.size(); line++) {
      String text = lines.get(line - 1);
      if (ASSUMED.matcher(text).find() && !LEGEND.matcher(text).matches()) {
        assertThat(tagged).as("line %d tags nothing: %s", line, text).containsValue(line);
      }
    }
  }

  static Stream<String> presets() {
    return Presets.names().stream();
  }

  @ParameterizedTest
  @MethodSource("presets")
  void thereIsAnotherValueOfEveryAssumption(String preset) {
    PresetDescription description = PresetDescription.of(preset);

    for (Assumption assumption : description.assumptions()) {
      assertThat(description.variations(assumption)).as(assumption.path()).isNotEmpty();
      assertThat(description.variations(assumption))
          .extracting(Variation::value)
          .doesNotContain(assumption.value());
    }
  }
}
