package dev.ppe.simulator.hardware;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The text of an accelerator's description, of which single values can be changed while all else,
 * comments and order too, stays as it was written.
 *
 * @param source the file's name, for messages
 * @param yaml the text; {@link #accelerator} says whether it is a description
 */
public record AcceleratorDocument(String source, String yaml) {
  private static final YAMLFactory YAML = new YAMLFactory();

  /** Where a value stands in the text. */
  private record Place(int start, int end, OptionalLong number) {}

  /**
   * The preset of that name, as it was written.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static AcceleratorDocument preset(String name) {
    if (!Presets.names().contains(name)) {
      throw new IllegalArgumentException("no preset " + name);
    }
    String resource = name + ".yaml";
    try (InputStream in = Presets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource " + resource + " is missing");
      }
      return new AcceleratorDocument(
          resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What is described.
   *
   * @throws IllegalArgumentException naming the source, the field and the values it may take
   */
  public Accelerator accelerator() {
    return AcceleratorYaml.read(source, yaml);
  }

  /** The whole number at a path such as {@code invocation.overhead_ns}, if one stands there. */
  public OptionalLong number(String path) {
    return find(path).map(Place::number).orElse(OptionalLong.empty());
  }

  /**
   * With another whole number.
   *
   * @throws IllegalArgumentException if none stands there now
   */
  public AcceleratorDocument with(String path, long value) {
    Place place = numberAt(path);
    return new AcceleratorDocument(
        source, yaml.substring(0, place.start()) + value + yaml.substring(place.end()));
  }

  /**
   * With another flag.
   *
   * @throws IllegalArgumentException if nothing stands there now
   */
  public AcceleratorDocument with(String path, boolean value) {
    Place place =
        find(path).orElseThrow(() -> new IllegalArgumentException(source + " has no flag " + path));
    return new AcceleratorDocument(
        source, yaml.substring(0, place.start()) + value + yaml.substring(place.end()));
  }

  /** The same with a comment behind it, in place of the one that stands there. */
  public AcceleratorDocument with(String path, long value, String comment) {
    Place place = numberAt(path);
    int end = lineEnd(place.end());
    String rest = yaml.substring(place.end(), end).strip();
    String behind =
        rest.isEmpty() || rest.startsWith("#")
            ? "  # " + comment
            : yaml.substring(place.end(), end);
    return new AcceleratorDocument(
        source, yaml.substring(0, place.start()) + value + behind + yaml.substring(end));
  }

  /** With a block at the end, if there is none of that name. */
  public AcceleratorDocument withBlock(String name, List<String> lines) {
    if (find(name + "." + lines.getFirst().split(":", 2)[0].strip()).isPresent()) {
      return this;
    }
    String block = lines.stream().map(line -> "  " + line + "\n").collect(Collectors.joining());
    return new AcceleratorDocument(
        source, yaml + (yaml.endsWith("\n") ? "" : "\n") + name + ":\n" + block);
  }

  /**
   * Without a block that begins a line, if there is one of that name; comments behind it stay, as
   * they belong to what follows.
   */
  public AcceleratorDocument withoutBlock(String name) {
    StringBuilder rest = new StringBuilder();
    boolean inside = false;
    for (String line : yaml.split("(?<=\n)", -1)) {
      boolean isIndented = line.isBlank() || Character.isWhitespace(line.charAt(0));
      inside = line.startsWith(name + ":") || (inside && isIndented);
      if (!inside) {
        rest.append(line);
      }
    }
    return new AcceleratorDocument(source, rest.toString());
  }

  /** With another name. */
  public AcceleratorDocument withName(String name) {
    return withText("name", name)
        .orElseThrow(() -> new IllegalArgumentException(source + ": name is missing"));
  }

  /** With another description, where there is one. */
  public AcceleratorDocument withDescription(String description) {
    return withText("description", description).orElse(this);
  }

  private Optional<AcceleratorDocument> withText(String path, String text) {
    String quoted = '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    String scalar = text.matches("[A-Za-z][A-Za-z0-9_-]*") ? text : quoted;
    return find(path)
        .map(
            place ->
                new AcceleratorDocument(
                    source,
                    yaml.substring(0, place.start()) + scalar + yaml.substring(place.end())));
  }

  private Place numberAt(String path) {
    return find(path)
        .filter(place -> place.number().isPresent())
        .orElseThrow(
            () ->
                new IllegalArgumentException("%s has no whole number %s".formatted(source, path)));
  }

  private int lineEnd(int from) {
    int end = yaml.indexOf('\n', from);
    return end < 0 ? yaml.length() : end;
  }

  private Optional<Place> find(String path) {
    try (JsonParser parser = YAML.createParser(yaml)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue() && path.equals(path(parser))) {
          return Optional.of(
              new Place(
                  offset(parser.currentTokenLocation().getCharOffset()),
                  offset(parser.currentLocation().getCharOffset()),
                  number(parser)));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new IllegalArgumentException(source + ": not YAML", e);
    }
  }

  private static OptionalLong number(JsonParser parser) throws IOException {
    boolean fits =
        parser.currentToken() == JsonToken.VALUE_NUMBER_INT
            && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    return fits ? OptionalLong.of(parser.getLongValue()) : OptionalLong.empty();
  }

  private static String path(JsonParser parser) {
    return parser.getParsingContext().pathAsPointer().toString().substring(1).replace('/', '.');
  }

  /** The parser counts code points. */
  private int offset(long codePoints) {
    return yaml.offsetByCodePoints(0, Math.toIntExact(codePoints));
  }
}
