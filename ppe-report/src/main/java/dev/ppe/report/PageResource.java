package dev.ppe.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/**
 * A style sheet or script on its way into a page.
 *
 * @param name for error messages
 * @param text as it stands in its element, lines ended by line feeds alone
 */
record PageResource(String name, String text) {
  /**
   * A resource of the class path.
   *
   * @param owner the class that it stands beside
   * @throws IllegalArgumentException if there is none, or it cannot stand inside of an element
   */
  static PageResource of(Class<?> owner, String name) {
    try (InputStream stream = owner.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalArgumentException("no resource %s beside %s".formatted(name, owner));
      }
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
      requireNoEnd(name, text);
      return new PageResource(name, text);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** HTML ends an element, or changes how it reads on, at these wherever they stand. */
  private static void requireNoEnd(String name, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (String end : new String[] {"</script", "</style", "<!--"}) {
      if (lower.contains(end)) {
        throw new IllegalArgumentException(
            "%s holds \"%s\", which would end its element".formatted(name, end));
      }
    }
  }

  /** What a Content-Security-Policy calls it: the browser runs scripts of these digests alone. */
  String digest() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-%s'".formatted(Base64.getEncoder().encodeToString(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
