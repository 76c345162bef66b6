package dev.ppe.client.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of layers, or {@code all}. */
final class LayerCount implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    if (text.equals("all")) {
      return Integer.MAX_VALUE;
    }
    if (!text.matches("\\d{1,9}")) {
      throw new TypeConversionException("\"" + text + "\" is neither a number nor all");
    }
    return Integer.valueOf(text);
  }
}
