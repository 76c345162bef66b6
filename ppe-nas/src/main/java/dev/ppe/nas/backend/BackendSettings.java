package dev.ppe.nas.backend;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Settings by name, as people write them: {@code population=100}. */
public final class BackendSettings {
  private final String backend;
  private final Map<String, String> settings;
  private final Set<String> unread;

  /**
   * Settings of a back-end.
   *
   * @param backend its name, for messages
   */
  public BackendSettings(String backend, Map<String, String> settings) {
    this.backend = backend;
    this.settings = Map.copyOf(settings);
    unread = new TreeSet<>(settings.keySet());
  }

  int integer(String name, int otherwise) {
    return optionalInteger(name).orElse(otherwise);
  }

  Optional<Integer> optionalInteger(String name) {
    return read(name)
        .map(
            text -> {
              try {
                return Integer.parseInt(text);
              } catch (NumberFormatException e) {
                throw wrong(name, text, "a whole number", e);
              }
            });
  }

  double decimal(String name, double otherwise) {
    return read(name)
        .map(
            text -> {
              try {
                return Double.parseDouble(text);
              } catch (NumberFormatException e) {
                throw wrong(name, text, "a number", e);
              }
            })
        .orElse(otherwise);
  }

  /** A setting as it is written. */
  public Optional<String> text(String name) {
    return read(name);
  }

  private Optional<String> read(String name) {
    unread.remove(name);
    return Optional.ofNullable(settings.get(name));
  }

  private IllegalArgumentException wrong(
      String name, String text, String wanted, NumberFormatException cause) {
    return new IllegalArgumentException(
        "%s of %s is \"%s\", must be %s".formatted(name, backend, text, wanted), cause);
  }

  /**
   * Fails on settings that nobody asked for: a misspelt one must not be ignored.
   *
   * @throws IllegalArgumentException naming one of them
   */
  public void requireAllRead() {
    if (!unread.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no setting %s".formatted(backend, unread.iterator().next()));
    }
  }
}
