package dev.ppe.simulator.format.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The real model files beside the project; tests that need them are skipped where they are absent.
 */
final class SharedModels {
  private static final Path FOLDER = Path.of("..", "..", "shared", "models");

  private SharedModels() {}

  /** All files that are not compiled for the Edge TPU, smallest first. */
  static List<Path> uncompiled() {
    return all().stream().filter(path -> !path.toString().contains("_edgetpu.tflite")).toList();
  }

  static List<Path> all() {
    assumeTrue(Files.isDirectory(FOLDER), "no folder " + FOLDER + ": its models are not tested");
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> models =
          files
              .filter(path -> path.toString().endsWith(".tflite"))
              .sorted(Comparator.comparingLong(SharedModels::size).thenComparing(p -> p))
              .toList();
      assertThat(models).isNotEmpty();
      return models;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ByteBuffer named(String name) {
    assumeTrue(Files.isDirectory(FOLDER), "no folder " + FOLDER + ": its models are not tested");
    return bytes(FOLDER.resolve(name));
  }

  static ByteBuffer bytes(Path path) {
    try {
      return ByteBuffer.wrap(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
