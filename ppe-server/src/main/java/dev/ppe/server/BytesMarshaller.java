package dev.ppe.server;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Messages as they are on the wire. */
final class BytesMarshaller implements Marshaller<byte[]> {
  @Override
  public InputStream stream(byte[] message) {
    return new ByteArrayInputStream(message);
  }

  /**
   * {@inheritDoc}
   *
   * @throws StatusRuntimeException INVALID_ARGUMENT if its compressed form is damaged,
   *     RESOURCE_EXHAUSTED (gRPC's own) if it is larger than the server takes
   */
  @Override
  public byte[] parse(InputStream stream) {
    try {
      return stream instanceof KnownLength
          ? stream.readNBytes(stream.available())
          : stream.readAllBytes();
    } catch (IOException e) { // from memory: only unpacking fails
      throw damaged();
    }
  }

  /** What a message's compressed form is when it cannot be unpacked: INVALID_ARGUMENT. */
  static StatusRuntimeException damaged() {
    return Status.INVALID_ARGUMENT
        .withDescription("the message cannot be decompressed")
        .asRuntimeException();
  }
}
