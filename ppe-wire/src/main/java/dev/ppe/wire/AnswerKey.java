package dev.ppe.wire;

import dev.ppe.simulator.SimulatorVersion;
import dev.ppe.simulator.graph.GraphHash;
import dev.ppe.v1.EstimateRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What an answer depends on, names and notes aside: SHA-256 over the simulator's version, the hash
 * of the network, the accelerator's message and the request's other fields.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record AnswerKey(String hex) {
  static AnswerKey of(GraphHash network, AcceleratorIdentity accelerator, EstimateRequest options) {
    MessageDigest digest = sha256();
    put(digest, SimulatorVersion.CURRENT.getBytes(StandardCharsets.UTF_8));
    put(digest, network.hex().getBytes(StandardCharsets.UTF_8));
    put(digest, accelerator.wire().asReadOnlyByteBuffer());
    put(digest, options.toByteArray());
    return new AnswerKey(HexFormat.of().formatHex(digest.digest()));
  }

  private static void put(MessageDigest digest, byte[] part) {
    put(digest, ByteBuffer.wrap(part));
  }

  private static void put(MessageDigest digest, ByteBuffer part) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.remaining()).flip());
    digest.update(part);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
