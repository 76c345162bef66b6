package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.client.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Colours and progress are for people at a terminal, and for nobody else. */
class TerminalTest {
  private static final Terminal PEOPLE = Terminal.of("out,err", Map.of("TERM", "xterm"));

  private static String errors(Terminal terminal, String... arguments) {
    StringWriter err = new StringWriter();
    CommandLines.run(
        List.of(arguments), new PrintWriter(new StringWriter()), new PrintWriter(err), terminal);
    return err.toString();
  }

  @Test
  void theStartScriptTellsWhichStreamsAreTerminals() {
    assertThat(Terminal.of("", Map.of())).isEqualTo(new Terminal(false, false, true, true));
    assertThat(Terminal.of(",err", Map.of())).isEqualTo(new Terminal(false, true, true, true));
    assertThat(Terminal.of("out", Map.of())).isEqualTo(new Terminal(true, false, true, true));
    assertThat(PEOPLE).isEqualTo(new Terminal(true, true, true, true));
  }

  @Test
  void noColorAndDumbTerminalsHaveNoColours() {
    assertThat(Terminal.of("err", Map.of("NO_COLOR", "1")).colour()).isFalse();
    assertThat(Terminal.of("err", Map.of("NO_COLOR", "")).colour()).isTrue();
    assertThat(Terminal.of("err", Map.of("TERM", "dumb")).colour()).isFalse();
  }

  @Test
  void failuresAreRedAtATerminalAlone() {
    assertThat(errors(PEOPLE, "estimate", "no-such-model"))
        .startsWith("\u001b[1;31mppe:\u001b[0m ");
    assertThat(errors(Terminal.NONE, "estimate", "no-such-model")).startsWith("ppe: no-such-model");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "err", "out"})
  void helpHasNoColoursUnlessBothAreTerminals(String streams) {
    StringWriter out = new StringWriter();
    CommandLines.run(
        List.of("--help"),
        new PrintWriter(out),
        new PrintWriter(new StringWriter()),
        Terminal.of(streams, Map.of()));
    assertThat(out.toString()).contains("Usage: ").doesNotContain("\u001b");
  }

  @Test
  void progressIsShownBesideAnswersThatGoElsewhere() {
    assertThat(Terminal.of("err", Map.of()).showsProgress()).isTrue();
    assertThat(PEOPLE.showsProgress()).isFalse(); // the answers themselves show it
    assertThat(PEOPLE.showsLines()).isTrue();
    assertThat(Terminal.NONE.showsProgress()).isFalse();
    assertThat(Terminal.NONE.showsLines()).isFalse();
    assertThat(Terminal.of("err", Map.of("TERM", "dumb")).showsLines()).isFalse();
  }
}
