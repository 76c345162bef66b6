package dev.ppe.simulator.validation.data;

import java.util.Optional;
import java.util.regex.Pattern;

/** What may stand in a column. */
enum ColumnKind {
  /** Any text but none. */
  TEXT("text"),
  /** The dimension of something: 1 to a million. */
  SIZE("a whole number of 1 to 1000000"),
  /** A whole number that may be 0. */
  COUNT("a whole number of 0 to 10^15"),
  /** A number that may be 0. */
  AMOUNT("a number of 0 to 10^15"),
  /** A number above 0. */
  POSITIVE("a number above 0 and up to 10^15");

  private static final int LARGEST_SIZE = 1_000_000;
  private static final double LARGEST = 1e15;
  private static final Pattern WHOLE = Pattern.compile("\\d{1,16}");
  private static final Pattern DECIMAL =
      Pattern.compile("\\d{1,16}(\\.\\d{1,20})?([eE]-?\\d{1,2})?");

  private final String meaning;

  ColumnKind(String meaning) {
    this.meaning = meaning;
  }

  /** What is wrong with {@code text}, if anything is. */
  Optional<String> fault(String text) {
    return holds(text)
        ? Optional.empty()
        : Optional.of("\"%s\" must be %s".formatted(text, meaning));
  }

  private boolean holds(String text) {
    return switch (this) {
      case TEXT -> !text.isBlank();
      case SIZE ->
          WHOLE.matcher(text).matches()
              && Long.parseLong(text) >= 1
              && Long.parseLong(text) <= LARGEST_SIZE;
      case COUNT -> WHOLE.matcher(text).matches() && Long.parseLong(text) <= LARGEST;
      case AMOUNT -> DECIMAL.matcher(text).matches() && Double.parseDouble(text) <= LARGEST;
      case POSITIVE -> AMOUNT.holds(text) && Double.parseDouble(text) > 0;
    };
  }
}
