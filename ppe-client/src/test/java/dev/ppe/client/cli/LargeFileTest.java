package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of more bytes than a request may have: 100 MB of weights, for the most part. */
class LargeFileTest {
  private static final int UNITS = 5_000;

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

  /** One product with a stored matrix; field numbers are onnx.proto's. */
  @BeforeEach
  void writeModel() throws IOException {
    byte[] node =
        message(
            out -> {
              out.writeString(1, "x");
              out.writeString(1, "w");
              out.writeString(2, "y");
              out.writeString(4, "MatMul");
            });
    byte[] shape =
        message(
            out -> {
              out.writeByteArray(1, message(batch -> batch.writeString(2, "N")));
              out.writeByteArray(1, message(length -> length.writeInt64(1, UNITS)));
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
    byte[] weights =
        message(
            out -> {
              out.writeInt64(1, UNITS);
              out.writeInt64(1, UNITS);
              out.writeInt32(2, 1);
              out.writeString(8, "w");
              out.writeByteArray(9, new byte[4 * UNITS * UNITS]);
            });
    byte[] output = message(value -> value.writeString(1, "y"));
    byte[] operatorSet = message(set -> set.writeInt64(2, 17));
    Path path = folder.resolve("large.onnx");
    try (OutputStream stream = Files.newOutputStream(path)) {
      CodedOutputStream out = CodedOutputStream.newInstance(stream);
      out.writeInt64(1, 8);
      out.writeByteArray(8, operatorSet);
      out.writeByteArray(
          7,
          message(
              graph -> {
                graph.writeByteArray(1, node);
                graph.writeByteArray(5, weights);
                graph.writeByteArray(11, input);
                graph.writeByteArray(12, output);
              }));
      out.flush();
    }
    file = path.toString();
  }

  @Test
  void theyAreReadInPlaceAndTheNetworkAloneIsHandedOn() throws IOException {
    assertThat(Files.size(Path.of(file))).isGreaterThan(100_000_000L);

    Cli inspected = Cli.ppe("inspect", file, "--batch", "3");
    assertThat(inspected.out()).contains("3x5000 float32", "25.0 M");
    assertThat(inspected.err()).contains("note: dynamic batch taken as 3");

    Cli estimated = Cli.ppe("estimate", file, "--batch", "3", "--format", "json");
    assertThat(estimated.exitCode()).as(estimated.err()).isZero();
    assertThat(estimated.out()).contains("\"parameters\":\"25000000\"");
    assertThat(estimated.err()).contains("note: dynamic batch taken as 3").hasLineCount(1);

    assertThat(Cli.ppe("export", file, "--to", "json").out()).contains("\"shape\":[5000,5000]");
  }

  @Test
  void whatIsWrongWithThemIsSaidAsOfOthers() throws IOException {
    Path other = Files.write(folder.resolve("large.tflite"), new byte[70 << 20]);

    assertThat(Cli.ppe("estimate", other.toString()).err())
        .contains("byte 0: no known model format")
        .hasLineCount(1);
  }
}
