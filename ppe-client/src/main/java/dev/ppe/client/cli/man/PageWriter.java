package dev.ppe.client.cli.man;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Writes the page of one command. Picocli has the words; where it would colour a terminal it is
 * made to set marks for {@link Roff}.
 */
final class PageWriter {
  private static final ColorScheme MARKS =
      new ColorScheme.Builder(Ansi.ON)
          .commands(mark(Roff.BOLD))
          .options(mark(Roff.BOLD))
          .parameters(mark(Roff.ITALIC))
          .optionParams(mark(Roff.ITALIC))
          .build();
  private static final Pattern TERMINAL_CODES = Pattern.compile("\u001B\\[[0-9;]*m");

  private final CommandSpec spec;
  private final Roff roff;
  private final Help help;

  PageWriter(CommandSpec spec, Roff roff) {
    this.spec = spec;
    this.roff = roff;
    this.help = new Help(spec, MARKS);
  }

  String page() {
    roff.section("NAME").text(List.of(ManPage.name(spec) + " - " + purpose(spec)));
    roff.section("SYNOPSIS").text(lines(help.synopsis(0)));
    roff.section("DESCRIPTION").text(description(help));
    arguments();
    options();
    commands();
    roff.section("EXIT STATUS")
        .entry("0", List.of("All done."))
        .entry("1", List.of("Something failed. The rest is still answered."))
        .entry("2", List.of("Wrong usage: nothing was done."));
    footer();
    seeAlso();
    return roff.toString();
  }

  private void arguments() {
    List<Text[][]> arguments =
        spec.positionalParameters().stream()
            .filter(each -> !each.hidden())
            .map(
                each ->
                    help.createDefaultParameterRenderer()
                        .render(each, help.createDefaultParamLabelRenderer(), MARKS))
            .toList();
    entries("ARGUMENTS", arguments);
  }

  private void options() {
    List<Text[][]> options =
        spec.options().stream()
            .filter(each -> !each.hidden())
            .map(
                each ->
                    help.createDefaultOptionRenderer()
                        .render(each, help.createDefaultParamLabelRenderer(), MARKS))
            .toList();
    entries("OPTIONS", options);
  }

  /** Rows of a table: a mark, a short name, a comma, a long name; a line of text each. */
  private void entries(String title, List<Text[][]> entries) {
    if (entries.isEmpty()) {
      return;
    }
    roff.section(title);
    for (Text[][] rows : entries) {
      Text[] first = rows[0];
      String names =
          Stream.of(first[1], first[3])
              .map(PageWriter::plain)
              .filter(name -> !name.isEmpty())
              .collect(Collectors.joining(", "));
      roff.entry(
          names, Stream.of(rows).flatMap(row -> plain(row[row.length - 1]).lines()).toList());
    }
  }

  private void commands() {
    if (ManPage.below(spec).isEmpty()) {
      return;
    }
    roff.section("COMMANDS");
    for (CommandLine command : ManPage.below(spec)) {
      roff.entry(
          reference(command.getCommandSpec()), List.of(purpose(command.getCommandSpec()) + "."));
    }
  }

  private void footer() {
    String heading = plain(help.footerHeading()).strip();
    List<String> footer = lines(help.footer());
    if (!footer.isEmpty()) {
      roff.section(
              heading.isEmpty() ? "NOTES" : heading.replaceAll(":$", "").toUpperCase(Locale.ROOT))
          .verbatim(footer);
    }
  }

  private void seeAlso() {
    Stream<CommandSpec> above = Stream.ofNullable(spec.parent());
    Stream<CommandSpec> below = ManPage.below(spec).stream().map(CommandLine::getCommandSpec);
    String pages =
        Stream.concat(above, below).map(PageWriter::reference).collect(Collectors.joining(", "));
    if (!pages.isEmpty()) {
      roff.section("SEE ALSO").text(List.of(pages));
    }
  }

  private static String reference(CommandSpec spec) {
    return Roff.BOLD + ManPage.name(spec) + Roff.ROMAN + "(1)";
  }

  /** What a list of pages says of a command: its first sentence, without the full stop. */
  private static String purpose(CommandSpec spec) {
    Help help = new Help(spec, MARKS);
    List<String> header = lines(help.header());
    String text = String.join(" ", header.isEmpty() ? description(help) : header).strip();
    int end = text.indexOf(". ");
    return end < 0 ? text.replaceAll("\\.$", "") : text.substring(0, end);
  }

  private static List<String> description(Help help) {
    return lines(help.description());
  }

  private static List<String> lines(String text) {
    return plain(text).lines().toList();
  }

  private static String plain(Object text) {
    return TERMINAL_CODES.matcher(text.toString()).replaceAll("");
  }

  private static IStyle mark(char mark) {
    return new IStyle() {
      @Override
      public String on() {
        return String.valueOf(mark);
      }

      @Override
      public String off() {
        return String.valueOf(Roff.ROMAN);
      }
    };
  }
}
