package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes for a file with an input [batch, "length"]. */
class FileOptionsTest {
  @TempDir private Path folder;
  private String file = "";

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    fields.write(out);
    out.flush();
    return bytes.toByteArray();
  }

  /** One Relu; field numbers are onnx.proto's. */
  @BeforeEach
  void writeModel() throws IOException {
    byte[] node =
        message(
            out -> {
              out.writeString(1, "x");
              out.writeString(2, "y");
              out.writeString(4, "Relu");
            });
    byte[] shape =
        message(
            out -> {
              out.writeByteArray(1, message(batch -> batch.writeString(2, "N")));
              out.writeByteArray(1, message(length -> length.writeString(2, "length")));
            });
    byte[] type =
        message(
            out -> {
              out.writeInt32(1, 1);
              out.writeByteArray(2, shape);
            });
    byte[] input =
        message(
            out -> {
              out.writeString(1, "x");
              out.writeByteArray(2, message(tensor -> tensor.writeByteArray(1, type)));
            });
    byte[] graph =
        message(
            out -> {
              out.writeByteArray(1, node);
              out.writeByteArray(11, input);
              out.writeByteArray(12, message(output -> output.writeString(1, "y")));
            });
    byte[] model =
        message(
            out -> {
              out.writeInt64(1, 8);
              out.writeByteArray(7, graph);
              out.writeByteArray(8, message(operatorSet -> operatorSet.writeInt64(2, 17)));
            });
    file = Files.write(folder.resolve("open.onnx"), model).toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"estimate", "inspect"})
  void anOpenDimensionNeedsASizeAndTheMessageNamesTheOption(String command) {
    Cli run = Cli.ppe(command, file);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("\"length\"", "--dim length=N");
    assertThat(Cli.ppe(command, file, "--dim", "length=8").exitCode()).isZero();
  }

  @Test
  void sizesAreThoseOfTheNetwork() {
    assertThat(Cli.ppe("inspect", file, "--dim", "length=8", "--batch", "3").out())
        .contains("3x8 float32");
    assertThat(Cli.ppe("inspect", file, "--dim", "x:1=8", "--dim", "N=2").out())
        .contains("2x8 float32");
    assertThat(Cli.ppe("export", file, "--to", "json", "--dim", "length=8").out())
        .contains("\"shape\":[1,8]");
  }

  @Test
  void sizesBelowOneAreUsageErrors() {
    for (String command : new String[] {"estimate", "inspect", "export"}) {
      String[] export = {"export", file, "--to", "json", "--dim", "length=0"};
      Cli run =
          command.equals("export") ? Cli.ppe(export) : Cli.ppe(command, file, "--dim", "length=0");
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("--dim length is 0, must be 1 or more");
    }
    assertThat(Cli.ppe("inspect", file, "--batch", "0").err())
        .contains("--batch is 0, must be 1 or more");
  }

  @Test
  void aSizeThatNothingAsksForIsANote() {
    assertThat(Cli.ppe("inspect", file, "--dim", "length=8", "--dim", "width=2").err())
        .contains("note: no input has an open dimension \"width\": 2 does not apply");
  }
}
