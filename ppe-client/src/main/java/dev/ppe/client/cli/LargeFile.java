package dev.ppe.client.cli;

import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ImportedModel;
import dev.ppe.simulator.format.ModelReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Model files that are too large for a request. What makes them so is weights, which cost nothing:
 * such a file is read here, in place, and the network alone is handed on.
 */
final class LargeFile {
  private LargeFile() {}

  /** Whether a file has more than so many bytes. */
  static boolean isOne(String name, int limit) {
    try {
      Path path = Path.of(name);
      return Files.isRegularFile(path) && Files.size(path) > limit;
    } catch (IOException | InvalidPathException e) {
      return false; // whoever reads it says why it cannot be
    }
  }

  /**
   * The network in a file.
   *
   * @throws UnreadableException saying why there is none
   */
  static ImportedModel read(String file, String name, ImportOptions options) {
    try (FileChannel channel = FileChannel.open(Path.of(file))) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new UnreadableException(
            "has %d bytes; model files hold up to %d, with their weights in other files beyond that"
                .formatted(channel.size(), Integer.MAX_VALUE));
      }
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      return ModelReader.read(name, bytes, options);
    } catch (IllegalArgumentException e) { // what is wrong with the model, with the node
      throw new UnreadableException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new UnreadableException("cannot be read: " + e.getMessage(), e);
    }
  }
}
