package dev.ppe.server.admin;

import java.util.Locale;
import java.util.regex.Pattern;

/** Hides what a configuration holds that is nobody's business. */
public final class Secrets {
  private static final String HIDDEN = "***";

  /** Fields whose values are secrets; names of files are none. */
  private static final Pattern SECRET_NAME = Pattern.compile(".*(password|secret|token)$");

  /** The user's part of a URL, up to the last @: passwords have them too. */
  private static final Pattern URL_USER = Pattern.compile("(?<=://)[^/\\s]+(?=@)");

  private Secrets() {}

  /** The value of a field as others may see it. */
  public static String masked(String field, String value) {
    if (value.isEmpty()) {
      return value;
    }
    return SECRET_NAME.matcher(field.toLowerCase(Locale.ROOT)).matches()
        ? HIDDEN
        : URL_USER.matcher(value).replaceAll(HIDDEN);
  }
}
