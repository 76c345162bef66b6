package dev.ppe.client.cli;

import dev.ppe.simulator.SimulatorVersion;
import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "ppe %s, simulator %s, Java %s"
          .formatted(program(), SimulatorVersion.CURRENT, Runtime.version().feature())
    };
  }

  /** The program's own version. */
  static String program() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("unpackaged");
  }
}
