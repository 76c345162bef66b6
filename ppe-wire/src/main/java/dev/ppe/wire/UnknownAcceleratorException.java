package dev.ppe.wire;

import java.util.List;

/** A request for an accelerator by a name that none has. */
public final class UnknownAcceleratorException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnknownAcceleratorException(String name, List<String> names) {
    super("no accelerator \"%s\"; there are %s".formatted(name, String.join(", ", names)));
  }
}
