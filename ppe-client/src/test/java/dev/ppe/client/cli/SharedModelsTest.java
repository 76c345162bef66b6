package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real model files, which lie beside the checkout on some machines. */
class SharedModelsTest {
  private static final Path FOLDER = Path.of("../../shared/models");

  @ParameterizedTest
  @ValueSource(strings = {"stored", "int8", "bf16"})
  void everyModelThatIsNotCompiledAlreadyIsAnsweredInOneCall(String precision) throws IOException {
    assumeTrue(Files.isDirectory(FOLDER));
    List<String> models;
    try (Stream<Path> files = Files.list(FOLDER)) {
      models =
          files
              .map(Path::toString)
              .filter(name -> name.endsWith(".tflite") && !name.endsWith("_edgetpu.tflite"))
              .sorted()
              .toList();
    }
    List<String> arguments =
        new ArrayList<>(List.of("estimate", "--format", "json", "--precision", precision));
    arguments.addAll(models);
    Cli run = Cli.ppe(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).describedAs(run.err()).isZero();
    assertThat(run.lines()).hasSameSizeAs(models);
    assertThat(run.err().lines()).allSatisfy(line -> assertThat(line).contains(": note: "));
  }
}
