package dev.ppe.nas.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of an expression's text, with one to look ahead. */
final class Tokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<number>[0-9]+(?:\\.[0-9]+)?)|(?<name>[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z0-9_]+)*)"
              + "|'(?<text>[^']*)'|(?<sign>==|!=|<=|>=|[-+*/%<>()?:,]))");

  /** What a token is. */
  enum Type {
    NUMBER,
    NAME,
    TEXT,
    SIGN,
    END
  }

  /** A token, quotes left out. */
  record Token(Type type, String text, int column) {
    boolean is(String other) {
      return (type == Type.SIGN || type == Type.NAME) && text.equals(other);
    }
  }

  private final List<Token> tokens = new ArrayList<>();
  private int next;

  Tokens(String text) {
    int end = text.stripTrailing().length();
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    while (at < end) {
      matcher.region(at, end);
      if (!matcher.lookingAt()) {
        throw new IllegalArgumentException(
            "cannot be read from column %d on: \"%s\"".formatted(at + 1, text.substring(at)));
      }
      tokens.add(token(matcher));
      at = matcher.end();
    }
    tokens.add(new Token(Type.END, "the end", end + 1));
  }

  private static Token token(Matcher matcher) {
    for (Type type : List.of(Type.NUMBER, Type.NAME, Type.TEXT, Type.SIGN)) {
      String group = type.name().toLowerCase(Locale.ROOT);
      if (matcher.group(group) != null) {
        return new Token(type, matcher.group(group), matcher.start(group) + 1);
      }
    }
    throw new IllegalStateException("one of the groups has matched");
  }

  Token peek() {
    return tokens.get(next);
  }

  Token take() {
    Token token = tokens.get(next);
    next = Math.min(next + 1, tokens.size() - 1);
    return token;
  }

  boolean takeIf(String text) {
    boolean found = peek().is(text);
    if (found) {
      take();
    }
    return found;
  }

  void require(String text) {
    if (!takeIf(text)) {
      throw unexpected(text);
    }
  }

  IllegalArgumentException unexpected(String wanted) {
    return new IllegalArgumentException(
        "has %s in column %d, where %s should be"
            .formatted(
                peek().type() == Type.END ? "its end" : "\"" + peek().text() + "\"",
                peek().column(),
                wanted));
  }
}
