package dev.ppe.simulator.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights beside the model are never read, but with its folder at hand they have to be there. */
class ExternalDataTest {
  @TempDir Path folder;

  private static OnnxFile file(String location) {
    return OnnxFile.opset(13)
        .input("x", 4, 8)
        .external("w", location, 8, 16)
        .node("MatMul", "x w", "y")
        .output("y");
  }

  private ImportOptions inFolder() {
    return new ImportOptions(GraphLimits.DEFAULT, 1, Map.of(), Optional.of(folder));
  }

  private void assertRefused(String location, String reason) {
    assertThatThrownBy(() -> file(location).model(inFolder()))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("stored tensor \"w\": its data are ")
        .hasMessageContaining(location)
        .hasMessageContaining(reason);
  }

  @Test
  void withoutTheFolderTheyAreTakenAsDeclared() {
    var model = file("model.data").model(ImportOptions.DEFAULT);

    assertThat(Workload.parameters(model.graph())).isEqualTo(128);
    assertThat(model.notes())
        .containsExactly(
            "1 tensors are in other files: taken as declared, the files not looked at");
  }

  @Test
  void theFileHasToBeThereAndLongEnough() throws IOException {
    assertRefused("model.data", "is not there");
    Files.write(folder.resolve("model.data"), new byte[511]);
    assertRefused("model.data", "which has 511");
    Files.write(folder.resolve("model.data"), new byte[512]);

    assertThat(file("model.data").model(inFolder()).notes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret", "a/../../secret", "/etc/hostname", ""})
  void nothingOutsideOfTheFolderIsLookedAt(String location) {
    assertRefused(location, "not inside the model's folder");
  }

  @Test
  void linksOutOfTheFolderAreNotFollowed(@TempDir Path other) throws IOException {
    Files.write(other.resolve("secret"), new byte[512]);
    Files.createSymbolicLink(folder.resolve("link"), other.resolve("secret"));

    assertRefused("link", "leads out of the model's folder");
  }
}
