package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.KnownLength;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of all lengths are read as they were written. */
class BytesMarshallerTest {
  private final BytesMarshaller marshaller = new BytesMarshaller();

  /** As gRPC gives it of a message that is not compressed. */
  private static final class OfKnownLength extends ByteArrayInputStream implements KnownLength {
    OfKnownLength(byte[] bytes) {
      super(bytes);
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        16_383,
        16_384,
        16_385,
        49_152,
        1_000_000,
        507_903,
        507_904,
        507_905,
        770_048,
        40_000_000
      })
  void everyLengthIsRead(int length) {
    byte[] message = random(length);
    assertThat(marshaller.parse(marshaller.stream(message))).isEqualTo(message);
    assertThat(marshaller.parse(new OfKnownLength(message))).isEqualTo(message);
  }

  @Test
  void whatCannotBeUnpackedIsTheClientsFault() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(random(100_000));
    }
    byte[] half = Arrays.copyOf(packed.toByteArray(), packed.size() / 2);
    InputStream damaged = new GZIPInputStream(new ByteArrayInputStream(half));
    assertThatThrownBy(() -> marshaller.parse(damaged))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessage("INVALID_ARGUMENT: the message cannot be decompressed");
  }
}
