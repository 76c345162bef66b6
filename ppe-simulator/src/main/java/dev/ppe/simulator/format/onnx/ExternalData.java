package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.format.onnx.file.Data;
import dev.ppe.simulator.format.onnx.file.StoredTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Weights beside the model. They are not read, since their size is all that costs anything; but
 * with the model's folder at hand the files have to be there and long enough, and never outside of
 * it.
 */
final class ExternalData {
  private final Optional<Path> folder;
  private final Map<String, Long> sizes = new HashMap<>();
  private long tensors;

  private ExternalData(Optional<Path> folder) {
    this.folder = folder;
  }

  /**
   * Checks all tensors that are stored in other files.
   *
   * @throws ModelFormatException naming the tensor and the file that is missing, too short or
   *     outside of the folder
   */
  static void check(
      List<StoredTensor> tensors,
      Optional<Path> folder,
      List<String> notes,
      Interruption interruption) {
    ExternalData external = new ExternalData(folder);
    for (StoredTensor tensor : tensors) {
      interruption.check();
      if (tensor.data() instanceof Data.External data) {
        external.check(tensor, data);
      }
    }
    if (external.tensors > 0 && folder.isEmpty()) {
      notes.add(
          external.tensors
              + " tensors are in other files: taken as declared, the files not looked at");
    }
  }

  private void check(StoredTensor tensor, Data.External data) {
    tensors++;
    String place = "stored tensor \"" + tensor.name() + "\"";
    Path relative = relative(place, data.location());
    if (folder.isEmpty()) {
      return;
    }
    long size = sizes.computeIfAbsent(data.location(), location -> size(place, location, relative));
    long length = data.length().orElse(tensor.type().bytes(tensor.shape().elements()));
    if (data.offset() > size || length > size - data.offset()) {
      throw new ModelFormatException(
          place,
          "its data are %d bytes from byte %d on of \"%s\", which has %d"
              .formatted(length, data.offset(), data.location(), size));
    }
  }

  private static Path relative(String place, String location) {
    try {
      Path path = Path.of(location);
      boolean inside =
          !location.isEmpty() && !path.isAbsolute() && !path.normalize().startsWith("..");
      if (inside) {
        return path.normalize();
      }
    } catch (InvalidPathException e) {
      // said below
    }
    throw new ModelFormatException(
        place, "its data are in \"" + location + "\", which is not inside the model's folder");
  }

  private long size(String place, String location, Path relative) {
    try {
      Path root = folder.orElseThrow().toRealPath();
      Path file = root.resolve(relative).toRealPath();
      if (!file.startsWith(root)) {
        throw new ModelFormatException(
            place, "its data are in \"" + location + "\", which leads out of the model's folder");
      }
      if (Files.isRegularFile(file)) {
        return Files.size(file);
      }
    } catch (IOException e) {
      // said below
    }
    throw new ModelFormatException(
        place,
        "its data are in \"" + location + "\", which is not there: put it beside the model file");
  }
}
