package dev.ppe.simulator.validation.subject;

import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ModelReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** A folder of {@code .tflite} files, each named like the model in it. */
final class ModelFolder {
  private static final int LARGEST_FILE = 64 << 20;
  private static final Pattern FILE_NAME = Pattern.compile("[\\w.+-]{1,200}");

  private final Path folder;

  ModelFolder(Path folder) {
    this.folder = folder;
  }

  /** The model of this name, or what is wrong with its file; empty if there is no such file. */
  Optional<Subject> find(String name) {
    Path file = folder.resolve(name + ".tflite");
    return FILE_NAME.matcher(name).matches() && Files.isRegularFile(file)
        ? Optional.of(read(name, file))
        : Optional.empty();
  }

  private static Subject read(String name, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
      if (bytes.length > LARGEST_FILE) {
        return new Subject.Absent("its file has more than 64 MiB, the limit");
      }
      return new Subject.Found(
          ModelReader.read(name, ByteBuffer.wrap(bytes), ImportOptions.DEFAULT).graph(), "file");
    } catch (IOException e) {
      return new Subject.Absent("its file cannot be read: " + e.getMessage());
    } catch (IllegalArgumentException e) { // no model, no valid network, or too large a one
      return new Subject.Absent("its file is no model that can be used: " + e.getMessage());
    }
  }
}
