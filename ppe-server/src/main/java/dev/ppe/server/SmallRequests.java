package dev.ppe.server;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Methods whose requests hold a name at most, while one message of the server may have megabytes.
 * Left to itself, gRPC's health service keeps a name for as long as it is watched, and its
 * reflection sends every request back.
 *
 * @param mostBytes that a request may have, unpacked if it is compressed
 */
record SmallRequests(int mostBytes) {
  /** Of health, which anybody may ask without a token: the name of a service. */
  static final SmallRequests OF_HEALTH = new SmallRequests(256);

  /** Of accelerators and of reflection: the name of one, or of a symbol and of a host. */
  static final SmallRequests OF_NAMES = new SmallRequests(1024);

  /**
   * The same method for small requests. A larger one is RESOURCE_EXHAUSTED before a message is made
   * of it.
   */
  <Q, A> ServerMethodDefinition<Q, A> of(ServerMethodDefinition<Q, A> method) {
    MethodDescriptor<Q, A> descriptor = method.getMethodDescriptor();
    return ServerMethodDefinition.create(
        descriptor.toBuilder(
                new Bounded<>(descriptor.getRequestMarshaller(), mostBytes),
                descriptor.getResponseMarshaller())
            .build(),
        method.getServerCallHandler());
  }

  private record Bounded<Q>(Marshaller<Q> marshaller, int mostBytes) implements Marshaller<Q> {
    @Override
    public Q parse(InputStream stream) {
      byte[] request = read(stream);
      if (request.length > mostBytes) {
        throw Status.RESOURCE_EXHAUSTED
            .withDescription(
                "the request is larger than %d bytes, the most for this method"
                    .formatted(mostBytes))
            .asRuntimeException();
      }
      return marshaller.parse(new ByteArrayInputStream(request));
    }

    /** One byte more than there may be, if there are so many. */
    private byte[] read(InputStream stream) {
      try {
        return stream.readNBytes(mostBytes + 1);
      } catch (IOException e) {
        throw BytesMarshaller.damaged();
      }
    }

    @Override
    public InputStream stream(Q value) {
      throw new IllegalStateException("a server sends no requests");
    }
  }
}
