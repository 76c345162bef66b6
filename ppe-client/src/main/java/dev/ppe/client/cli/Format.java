package dev.ppe.client.cli;

import java.util.Locale;

/** How answers are printed. */
public enum Format {
  TABLE,
  JSON,
  CSV;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
