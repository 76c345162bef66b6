package dev.ppe.client;

import io.grpc.Status.Code;

/** Failures that no service in this process has. */
public final class Failures {
  private Failures() {}

  public static PpeException of(Code code) {
    return new PpeException(code, "for a test");
  }
}
