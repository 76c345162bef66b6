package dev.ppe.client.cli;

import dev.ppe.simulator.compile.Phase;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a phase, or says which ones there are. */
final class PhaseOption implements ITypeConverter<Phase> {
  @Override
  public Phase convert(String text) {
    return Phase.find(text.toLowerCase(Locale.ROOT))
        .orElseThrow(() -> new TypeConversionException(unknown(text)));
  }

  private static String unknown(String text) {
    String hint = Phase.suggest(text).map("did you mean %s? The"::formatted).orElse("the");
    return "no phase \"%s\"; %s phases are %s".formatted(text, hint, names());
  }

  private static String names() {
    return Arrays.stream(Phase.values()).map(Phase::toString).collect(Collectors.joining(", "));
  }
}
