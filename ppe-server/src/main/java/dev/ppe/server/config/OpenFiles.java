package dev.ppe.server.config;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Files and sockets that this process may have open at a time. */
final class OpenFiles {
  private OpenFiles() {}

  /** How many; more than anybody needs where the system does not say. */
  static long most() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Integer.MAX_VALUE;
  }
}
