package dev.ppe.client.cli;

import java.io.PrintWriter;

/** What checks have found, a line each as soon as it is known. */
final class Findings {
  private final PrintWriter out;
  private boolean healthy = true;

  Findings(PrintWriter out) {
    this.out = out;
  }

  /** All is well. */
  void good(String subject, String text) {
    print("ok   ", subject, text);
  }

  /** Not wrong, but worth knowing. */
  void note(String subject, String text) {
    print("note ", subject, text);
  }

  /** Something that estimates need is not there. */
  void bad(String subject, String text) {
    healthy = false;
    print("WRONG", subject, text);
  }

  private void print(String verdict, String subject, String text) {
    out.printf("%s  %s: %s%n", verdict, subject, text.replaceAll("\\p{Cntrl}+", " "));
    out.flush();
  }

  /** Whether nothing is wrong. */
  boolean isHealthy() {
    return healthy;
  }
}
