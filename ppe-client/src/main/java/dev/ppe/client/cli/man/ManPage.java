package dev.ppe.client.cli.man;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command's page for {@code man}: what its {@code --help} says, in the sections that such pages
 * have.
 *
 * @param name of the page: the command's names, joined by hyphens
 * @param text in roff
 */
public record ManPage(String name, String text) {
  /** The file that {@code man} looks for. */
  public String fileName() {
    return name + ".1";
  }

  /**
   * The page of one command.
   *
   * @param program what all commands belong to, with its version
   */
  public static ManPage of(CommandLine command, String program) {
    CommandSpec spec = command.getCommandSpec();
    String name = name(spec);
    return new ManPage(name, new PageWriter(spec, new Roff(name, program)).page());
  }

  /** The pages of a command and of all below it, but for those that help does not show. */
  public static List<ManPage> all(CommandLine command, String program) {
    List<ManPage> pages = new ArrayList<>();
    pages.add(of(command, program));
    below(command.getCommandSpec()).forEach(each -> pages.addAll(all(each, program)));
    return List.copyOf(pages);
  }

  /** The name of a command's page. */
  static String name(CommandSpec spec) {
    return spec.qualifiedName("-");
  }

  /** Commands of a command that help shows. */
  static List<CommandLine> below(CommandSpec spec) {
    return spec.subcommands().values().stream()
        .distinct() // a command is there once for each of its names
        .filter(command -> !command.getCommandSpec().usageMessage().hidden())
        .toList();
  }
}
