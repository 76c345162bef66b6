package dev.ppe.simulator.hardware;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with YAML text, for people who do not know which library read it. */
public final class YamlFaults {
  private static final Pattern DUPLICATE = Pattern.compile("^Duplicate field '(.*?)'");

  private YamlFaults() {}

  /** The mistake and its place, such as {@code line 3: grid is given twice}. */
  public static String describe(JsonProcessingException e) {
    return place(e.getLocation()) + mistake(e, String.valueOf(e.getOriginalMessage()));
  }

  private static String mistake(JsonProcessingException e, String message) {
    Matcher duplicate = DUPLICATE.matcher(message);
    if (duplicate.find()) {
      return duplicate.group(1) + " is given twice";
    }
    if (message.startsWith("Trailing token")) {
      return "a second document; there may be one";
    }
    return e instanceof StreamConstraintsException ? "nested too deeply" : "not YAML";
  }

  private static String place(JsonLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : "line %d: ".formatted(location.getLineNr());
  }
}
