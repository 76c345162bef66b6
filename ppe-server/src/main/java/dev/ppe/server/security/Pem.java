package dev.ppe.server.security;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys in the form that openssl and Kubernetes write. Messages name the file. */
final class Pem {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

  private static final String PKCS8 = "PRIVATE KEY";

  private Pem() {}

  /** One certificate or more, in the file's order. */
  static List<X509Certificate> certificates(String file, byte[] content) {
    try {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(content))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException(file + ": holds no certificate");
      }
      return certificates;
    } catch (CertificateException e) {
      throw new IllegalArgumentException(file + ": is no file of PEM certificates", e);
    }
  }

  /** A private key in PKCS #8, for the algorithm of a certificate's public key. */
  static PrivateKey privateKey(String file, byte[] content, String algorithm) {
    Matcher matcher = KEY.matcher(new String(content, StandardCharsets.ISO_8859_1));
    if (!matcher.find()) {
      throw new IllegalArgumentException(file + ": holds no PEM private key");
    }
    if (!matcher.group(1).equals(PKCS8)) {
      throw new IllegalArgumentException(
          "%s: holds an %s, must be a PRIVATE KEY without password: openssl pkcs8 -topk8 -nocrypt"
              .formatted(file, matcher.group(1)));
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(2));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: is no private key of the kind that the certificate has (%s)"
              .formatted(file, algorithm),
          e);
    }
  }
}
