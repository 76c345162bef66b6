package dev.ppe.server;

import dev.ppe.wire.AnswerKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * An answer behind the SHA-256 of its key and itself: whatever else is found there is no answer.
 */
final class CheckedBytes {
  private static final int SUM_BYTES = 32;

  private CheckedBytes() {}

  static byte[] seal(AnswerKey key, byte[] answer) {
    return ByteBuffer.allocate(SUM_BYTES + answer.length)
        .put(sum(key, answer, 0))
        .put(answer)
        .array();
  }

  /** The answer, if it is whole and the key's. */
  static Optional<byte[]> open(AnswerKey key, byte[] sealed) {
    if (sealed.length < SUM_BYTES
        || !MessageDigest.isEqual(sum(key, sealed, SUM_BYTES), Arrays.copyOf(sealed, SUM_BYTES))) {
      return Optional.empty();
    }
    return Optional.of(Arrays.copyOfRange(sealed, SUM_BYTES, sealed.length));
  }

  private static byte[] sum(AnswerKey key, byte[] bytes, int from) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(key.hex().getBytes(StandardCharsets.US_ASCII));
      digest.update(bytes, from, bytes.length - from);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
