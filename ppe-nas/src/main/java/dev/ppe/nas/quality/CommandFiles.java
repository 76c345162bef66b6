package dev.ppe.nas.quality;

import com.google.gson.GsonBuilder;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.format.tflite.export.TfliteWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** A folder with what a quality command reads; removed, with all in it, when closed. */
record CommandFiles(Path folder, Path model, Path parameters) implements AutoCloseable {

  static CommandFiles write(Path directory, Candidate candidate) throws IOException {
    Path folder = Files.createTempDirectory(directory, "trial" + candidate.trial() + "-");
    CommandFiles files =
        new CommandFiles(folder, folder.resolve("model.tflite"), folder.resolve("parameters.json"));
    try {
      ByteBuffer model = TfliteWriter.write(candidate.graph(), Weights.ZERO);
      try (FileChannel channel =
          FileChannel.open(
              files.model(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        while (model.hasRemaining()) {
          channel.write(model);
        }
      }
      Files.writeString(
          files.parameters(),
          new GsonBuilder().setPrettyPrinting().create().toJson(candidate.point().assignment()));
      return files;
    } catch (IOException | RuntimeException e) {
      files.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException exception)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
