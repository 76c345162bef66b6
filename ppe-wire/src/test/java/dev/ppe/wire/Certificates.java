package dev.ppe.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Certificates for a test, made of RFC 5280's ASN.1 by hand: fresh keys each time, nothing to keep.
 * Those of servers are for {@code localhost} and 127.0.0.1.
 *
 * @param certificate PEM
 * @param key PEM in PKCS #8
 */
public record Certificates(String certificate, String key) {
  private static final byte[] ECDSA_SHA256 = oid("2a8648ce3d040302");
  private static final byte[] COMMON_NAME = oid("550403");
  private static final byte[] BASIC_CONSTRAINTS = oid("551d13");
  private static final byte[] ALTERNATIVE_NAMES = oid("551d11");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  /** Signs certificates; its own, signed by itself, is what others trust. */
  public static final class Authority {
    private final KeyPair keys = keys();
    private final String name;

    public Authority(String name) {
      this.name = name;
    }

    public String certificate() {
      byte[] constraints =
          extension(BASIC_CONSTRAINTS, sequence(tagged(0x01, new byte[] {(byte) 0xff})));
      return pem("CERTIFICATE", sign(name, keys, constraints, Instant.now().plus(DAY)));
    }

    /** A certificate of {@code subject} for this machine. */
    public Certificates issue(String subject) {
      return issue(subject, "localhost", Instant.now().plus(DAY));
    }

    /** One for another host, or one that has ended. */
    public Certificates issue(String subject, String host, Instant end) {
      KeyPair subjectKeys = keys();
      byte[] names =
          sequence(
              tagged(0x82, host.getBytes(StandardCharsets.US_ASCII)),
              host.equals("localhost") ? tagged(0x87, new byte[] {127, 0, 0, 1}) : new byte[0]);
      byte[] certificate = sign(subject, subjectKeys, extension(ALTERNATIVE_NAMES, names), end);
      return new Certificates(
          pem("CERTIFICATE", certificate),
          pem("PRIVATE KEY", subjectKeys.getPrivate().getEncoded()));
    }

    private byte[] sign(String subject, KeyPair subjectKeys, byte[] extension, Instant end) {
      byte[] algorithm = sequence(ECDSA_SHA256);
      byte[] body =
          sequence(
              tagged(0xa0, tagged(0x02, new byte[] {2})),
              tagged(0x02, BigInteger.valueOf(System.nanoTime()).toByteArray()),
              algorithm,
              name(name),
              sequence(time(end.minus(DAY).minus(DAY)), time(end)),
              name(subject),
              subjectKeys.getPublic().getEncoded(),
              tagged(0xa3, sequence(extension)));
      return sequence(body, algorithm, tagged(0x03, joined(new byte[1], signature(body))));
    }

    private byte[] signature(byte[] body) {
      return Certificates.signature(keys.getPrivate(), body);
    }
  }

  private static final Duration DAY = Duration.ofDays(1);

  /** Writes both into a folder, as {@code NAME.pem} and {@code NAME.key}. */
  public Certificates write(Path folder, String name) {
    try {
      Files.writeString(folder.resolve(name + ".pem"), certificate);
      Files.writeString(folder.resolve(name + ".key"), key);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] signature(PrivateKey key, byte[] content) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] name(String commonName) {
    byte[] text = tagged(0x0c, commonName.getBytes(StandardCharsets.UTF_8));
    return sequence(tagged(0x31, sequence(COMMON_NAME, text)));
  }

  private static byte[] time(Instant time) {
    return tagged(0x17, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] extension(byte[] kind, byte[] content) {
    return sequence(kind, tagged(0x04, content));
  }

  private static byte[] oid(String hex) {
    return tagged(0x06, HexFormat.of().parseHex(hex));
  }

  private static byte[] sequence(byte[]... parts) {
    return tagged(0x30, joined(parts));
  }

  private static byte[] tagged(int tag, byte[] content) {
    int length = content.length;
    byte[] head =
        length < 0x80
            ? new byte[] {(byte) tag, (byte) length}
            : length < 0x100
                ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    return joined(head, content);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static String pem(String kind, byte[] content) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
  }
}
