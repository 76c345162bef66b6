package dev.ppe.nas.cli;

import dev.ppe.client.cli.TextWidth;
import dev.ppe.client.cli.UsageException;
import dev.ppe.client.cli.Version;
import dev.ppe.client.report.TextTable;
import dev.ppe.client.report.TextTable.Column;
import dev.ppe.nas.space.Constraint;
import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.topology.ModelSpace;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppe nas spaces}: which spaces there are, or what may be chosen in one. */
@Command(
    name = "spaces",
    description = "Which spaces there are, or what may be chosen in one.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ppe nas spaces",
      "  ppe nas spaces fbnet",
      "  ppe nas spaces fbnet --yaml > mine.yaml                a start for one of your own",
      "  ppe nas spaces mobilenet-edgetpu-v2 --choices choices.yaml --yaml > narrow.yaml"
    })
final class SpacesCommand implements Callable<Integer> {
  /** More choices than this are not spelt out. */
  private static final int MOST_CHOICES = 12;

  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME|FILE.yaml",
      arity = "0..1",
      description = "Which one. Default: all, without their parameters.")
  private Optional<String> space = Optional.empty();

  @Option(names = "--yaml", description = "Print its description as it is written.")
  private boolean yaml;

  @Option(
      names = "--choices",
      paramLabel = "FILE",
      description = "Narrow it to the choice lists of ppe nas analyze-block.")
  private Optional<Path> choices = Optional.empty();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (space.isPresent()) {
      SpaceArgument whole = SpaceArgument.of(space.get());
      SpaceArgument chosen = choices.map(whole::narrowed).orElse(whole);
      if (yaml) {
        out.print(chosen.text());
      } else {
        one(chosen.space(), out);
      }
    } else if (yaml || choices.isPresent()) {
      throw new UsageException((yaml ? "--yaml" : "--choices") + " needs the name of a space");
    } else {
      all(out);
    }
    out.flush();
    return ExitCode.OK;
  }

  private static void all(PrintWriter out) {
    TextTable table =
        new TextTable(
            TextWidth.get(),
            "",
            List.of(
                Column.names("space", 22),
                Column.right("points"),
                Column.right("parameters"),
                Column.sentences("networks")));
    for (String name : Spaces.NAMES) {
      ModelSpace each = Spaces.find(name).orElseThrow();
      table.row(
          List.of(
              each.name(),
              each.space().size().toString(),
              Integer.toString(each.space().parameters().size()),
              each.description()));
    }
    table.print(out);
  }

  private static void one(ModelSpace space, PrintWriter out) {
    out.printf("%s   %s points%n", space.name(), space.space().size());
    out.printf(" %s%n%n", space.description());
    TextTable table =
        new TextTable(
            TextWidth.get(),
            " ",
            List.of(
                Column.names("parameter", 20), Column.right("choices"), Column.sentences("of")));
    space
        .space()
        .parameters()
        .forEach(
            parameter ->
                table.row(
                    List.of(
                        parameter.name(), Integer.toString(parameter.size()), choices(parameter))));
    table.print(out);
    List<Constraint> constraints = space.space().constraints();
    if (!constraints.isEmpty()) {
      out.printf("%n constraints%n");
      constraints.forEach(constraint -> out.printf("  %s%n", constraint.text()));
    }
  }

  private static String choices(Parameter parameter) {
    String choices =
        parameter.size() <= MOST_CHOICES
            ? IntStream.range(0, parameter.size())
                .mapToObj(parameter::label)
                .collect(Collectors.joining(" "))
            : parameter.label(0) + " to " + parameter.label(parameter.size() - 1);
    return parameter.when().isPresent() ? choices + " (not always in use)" : choices;
  }
}
