package dev.ppe.simulator.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelReaderTest {
  @ParameterizedTest
  @CsvSource({
    "504b0304140000000800, zip archive",
    "1f8b0800000000000003, gzip",
    "894844460d0a1a0a0000, HDF5",
    "deadbeef, starts with the bytes de ad be ef",
    "'', empty"
  })
  void unknownContentIsNamedTogetherWithWhatIsAccepted(String hex, String expected) {
    assertRefused(HexFormat.of().parseHex(hex), expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'<!DOCTYPE html><html>', web page",
    "'  <html lang=\"en\">', web page",
    "'{\"graph\": {}}', JSON",
    "'version https://git-lfs.github.com/spec/v1', Git LFS"
  })
  void textIsNamedTogetherWithWhatIsAccepted(String text, String expected) {
    assertRefused(text.getBytes(StandardCharsets.UTF_8), expected);
  }

  @Test
  void anOnnxModelThatIsCutOffIsNamedAsSuch() {
    byte[] start = HexFormat.of().parseHex("0807120b707974");

    assertThatThrownBy(() -> ModelReader.read("x", ByteBuffer.wrap(start), ImportOptions.DEFAULT))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(
            "byte 4: the ONNX file is damaged or cut off here: field 2 has 11 bytes, 3 are left");
  }

  @Test
  void aHundredMegabytesOfZerosAreRefusedAtOnce() {
    assertRefused(new byte[100_000_000], "starts with the bytes 00 00");
  }

  @Test
  void theBufferKeepsItsPositionAndItsOrder() {
    ByteBuffer bytes = ByteBuffer.wrap(new byte[64]).position(10).limit(20);

    assertThatThrownBy(() -> ModelReader.read("x", bytes, ImportOptions.DEFAULT))
        .isInstanceOf(ModelFormatException.class);

    assertThat(bytes).isEqualTo(ByteBuffer.wrap(new byte[64]).position(10).limit(20));
  }

  private static void assertRefused(byte[] bytes, String expected) {
    assertThatThrownBy(() -> ModelReader.read("x", ByteBuffer.wrap(bytes), ImportOptions.DEFAULT))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(expected)
        .hasMessageContaining(".tflite");
  }
}
