package dev.ppe.client.cli;

import dev.ppe.client.Target;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --target}. */
final class Targets implements ITypeConverter<Target> {
  @Override
  public Target convert(String text) {
    try {
      return Target.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
