package dev.ppe.simulator.format.onnx.file;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A buffer as a stream: protobuf would copy a read-only buffer as a whole before it reads the first
 * byte, and a stream it skips through.
 */
final class BufferInput extends InputStream {
  private final ByteBuffer bytes;

  BufferInput(ByteBuffer bytes) {
    this.bytes = bytes.duplicate();
  }

  @Override
  public int read() {
    return bytes.hasRemaining() ? bytes.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length > 0 && !bytes.hasRemaining()) {
      return -1;
    }
    int count = Math.min(length, bytes.remaining());
    bytes.get(target, offset, count);
    return count;
  }

  @Override
  public long skip(long count) {
    int skipped = Math.clamp(count, 0, bytes.remaining());
    bytes.position(bytes.position() + skipped);
    return skipped;
  }

  @Override
  public int available() {
    return bytes.remaining();
  }
}
