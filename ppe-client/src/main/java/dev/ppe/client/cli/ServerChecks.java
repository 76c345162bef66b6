package dev.ppe.client.cli;

import dev.ppe.client.PpeClient;
import dev.ppe.client.PpeException;
import dev.ppe.client.Target;
import dev.ppe.simulator.SimulatorVersion;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.ListAcceleratorsResponse;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.TreeSet;

/** What each server of a target answers. */
final class ServerChecks {
  private final ConnectionOptions connection;
  private final Findings findings;
  private final EstimateRequest sample = LocalChecks.sample();
  private final EstimateResponse here;
  private final TreeSet<String> versions = new TreeSet<>();

  ServerChecks(ConnectionOptions connection, Findings findings) {
    this.connection = connection;
    this.findings = findings;
    try (PpeClient client = PpeClient.inProcess(Duration.ofMinutes(1))) {
      this.here = client.estimate(sample);
    }
  }

  /** Checks every server, each address of a name alone. */
  void of(Target target) {
    try {
      target.each().forEach(this::one);
    } catch (UnknownHostException e) {
      findings.bad(target.text(), "there is no host of that name");
    }
    if (versions.size() > 1) {
      findings.bad(
          "versions",
          "simulators %s answer: figures depend on who does; have one version on all"
              .formatted(String.join(" and ", versions)));
    }
  }

  private void one(Target server) {
    String name = server.toString();
    try (PpeClient client = connection.open(server, note -> {})) {
      ListAcceleratorsResponse accelerators = client.listAccelerators(); // connects
      long start = System.nanoTime();
      EstimateResponse answer = client.estimate(sample);
      double millis = (System.nanoTime() - start) / 1e6;
      findings.good(
          name,
          String.format(
              Locale.ROOT,
              "ready, estimates in %.1f ms, simulator %s, %d accelerators",
              millis,
              answer.getSimulatorVersion(),
              accelerators.getAcceleratorsCount()));
      versions.add(answer.getSimulatorVersion());
      compare(name, answer);
    } catch (PpeException e) {
      findings.bad(name, e.getMessage());
    }
  }

  private void compare(String name, EstimateResponse answer) {
    boolean same = answer.equals(here);
    boolean sameVersion = answer.getSimulatorVersion().equals(SimulatorVersion.CURRENT);
    if (!sameVersion) {
      findings.note(
          name,
          "has simulator %s, this program %s: figures %s"
              .formatted(
                  answer.getSimulatorVersion(),
                  SimulatorVersion.CURRENT,
                  same ? "of the sample are the same" : "differ"));
    } else if (!same) {
      findings.bad(
          name, "has this program's version and other figures: it was built of other sources");
    }
  }
}
