package dev.ppe.nas.cli;

import dev.ppe.client.cli.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Files that commands write. */
final class OutputFile {
  private OutputFile() {}

  static void write(String name, String text) {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  static void write(String name, byte[] bytes) {
    try (WholeFile file = WholeFile.at(name)) {
      file.stream().write(bytes);
      file.commit();
    } catch (IOException e) {
      throw WholeFile.unwritable(name, e);
    }
  }
}
