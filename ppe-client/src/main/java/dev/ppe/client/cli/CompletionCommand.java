package dev.ppe.client.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppe completion}: what makes a shell complete commands, options, networks and files. */
@Command(
    name = CompletionCommand.NAME,
    description = "A script that makes bash or zsh complete what is typed after ppe.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(ppe completion bash)                 now; in ~/.bashrc for every shell",
      "  source <(ppe completion zsh)                  in ~/.zshrc, after compinit",
      "  ppe completion bash > /etc/bash_completion.d/ppe"
    })
public final class CompletionCommand implements Callable<Integer> {
  static final String NAME = "completion";

  /** Shells that can be told. */
  enum Shell {
    BASH,
    ZSH;

    @Override
    public String toString() {
      return this == BASH ? "bash" : "zsh";
    }
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli
  private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
  private Shell shell = Shell.BASH;

  @Override
  public Integer call() {
    // The script serves both: under zsh it turns bash's way of completing on.
    if (shell == Shell.ZSH) {
      spec.commandLine().getOut().println("#compdef ppe");
    }
    spec.commandLine().getOut().print(AutoComplete.bash("ppe", spec.root().commandLine()));
    return ExitCode.OK;
  }
}
