package dev.ppe.simulator.power;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ppe.simulator.hardware.YamlObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Energies from publications, by name: {@code published.yaml} beside this class. Tables for a node
 * are made of them.
 */
public final class PublishedFigures {
  private static final PublishedFigures BUILT_IN = load();

  private final Map<String, PublishedFigure> figures;

  private PublishedFigures(Map<String, PublishedFigure> figures) {
    this.figures = figures;
  }

  /** Those that come with the simulator. */
  public static PublishedFigures builtIn() {
    return BUILT_IN;
  }

  /**
   * The figure of that name.
   *
   * @throws IllegalArgumentException listing the names there are
   */
  public PublishedFigure get(String name) {
    PublishedFigure figure = figures.get(name);
    if (figure == null) {
      throw new IllegalArgumentException(
          "is \"%s\", must be one of %s".formatted(name, String.join(", ", figures.keySet())));
    }
    return figure;
  }

  private static PublishedFigures load() {
    String resource = "published.yaml";
    try (InputStream in = PublishedFigures.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource " + resource + " is missing");
      }
      YamlObject root = YamlObject.root(new YAMLMapper().readTree(in));
      Map<String, PublishedFigure> figures = new TreeMap<>();
      for (String name : root.names()) {
        figures.put(name, root.object(name, PublishedFigures::figure));
      }
      return new PublishedFigures(figures);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PublishedFigure figure(YamlObject figure) {
    return new PublishedFigure(
        figure.decimal("older_nm"),
        figure.decimal("older_pj"),
        figure.decimal("newer_nm"),
        figure.decimal("newer_pj"),
        figure.text("source"));
  }
}
