package dev.ppe.simulator.format.keras;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names of layers and variables. A layer keeps its name as far as Keras lets it, which takes no
 * slashes; two layers never share one.
 */
final class KerasNames {
  private static final Set<String> KEYWORDS =
      Set.of(
          "and",
          "as",
          "assert",
          "break",
          "class",
          "continue",
          "def",
          "del",
          "elif",
          "else",
          "except",
          "finally",
          "for",
          "from",
          "global",
          "if",
          "import",
          "in",
          "is",
          "lambda",
          "not",
          "or",
          "pass",
          "raise",
          "return",
          "try",
          "while",
          "with",
          "yield",
          "none",
          "true",
          "false",
          "keras",
          "layers",
          "ops",
          "inputs",
          "outputs");

  private final Set<String> layers = new HashSet<>();
  private final Set<String> variables = new HashSet<>();

  /** A layer's name, quoted. */
  String layer(String wanted) {
    return '"' + unique(plain(wanted, "[^A-Za-z0-9_.-]"), layers) + '"';
  }

  /** A variable's name. */
  String variable(String wanted) {
    String plain = plain(wanted.toLowerCase(Locale.ROOT), "[^a-z0-9_]");
    boolean usable = Character.isLetter(plain.charAt(0)) && !KEYWORDS.contains(plain);
    return unique(usable ? plain : "x_" + plain, variables);
  }

  private static String plain(String wanted, String unwanted) {
    String plain = wanted.replaceAll(unwanted, "_").replaceAll("^_+|_+$", "");
    return plain.isEmpty() ? "layer" : plain;
  }

  private static String unique(String base, Set<String> taken) {
    String name = base;
    for (int i = 1; !taken.add(name); i++) {
      name = base + "_" + i;
    }
    return name;
  }
}
