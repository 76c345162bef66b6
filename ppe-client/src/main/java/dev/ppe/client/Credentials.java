package dev.ppe.client;

import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.InsecureChannelCredentials;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;

/** {@link ConnectionSecurity} as gRPC wants it. Messages name the file. */
final class Credentials {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private Credentials() {}

  static ChannelCredentials of(ConnectionSecurity security) {
    return security.tls().map(Credentials::tls).orElseGet(InsecureChannelCredentials::create);
  }

  private static ChannelCredentials tls(ConnectionSecurity.Tls tls) {
    try {
      TlsChannelCredentials.Builder builder = TlsChannelCredentials.newBuilder();
      if (tls.authorities().isPresent()) {
        builder.trustManager(certificates(tls.authorities().get()));
      }
      if (tls.identity().isPresent()) {
        ConnectionSecurity.Identity identity = tls.identity().get();
        builder.keyManager(certificates(identity.certificate()), key(identity.key()));
      }
      return builder.build();
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static InputStream certificates(Path file) {
    byte[] content = read(file);
    try {
      if (CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(content))
          .isEmpty()) {
        throw new IllegalArgumentException(file + ": holds no certificate");
      }
    } catch (CertificateException e) {
      throw new IllegalArgumentException(file + ": is no file of PEM certificates", e);
    }
    return new ByteArrayInputStream(content);
  }

  private static InputStream key(Path file) {
    byte[] content = read(file);
    if (!new String(content, StandardCharsets.ISO_8859_1).contains("-----BEGIN PRIVATE KEY-----")) {
      throw new IllegalArgumentException(
          file
              + ": holds no PRIVATE KEY in PEM without password; openssl pkcs8 -topk8 -nocrypt"
              + " makes one");
    }
    return new ByteArrayInputStream(content);
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(file + ": no such file", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read", e);
    }
  }

  /** What shows the token with every call, if there is one. */
  static List<ClientInterceptor> interceptors(ConnectionSecurity security) {
    return security.token().stream().map(Credentials::bearer).toList();
  }

  private static ClientInterceptor bearer(String token) {
    Metadata metadata = new Metadata();
    metadata.put(AUTHORIZATION, "Bearer " + token);
    return MetadataUtils.newAttachHeadersInterceptor(metadata);
  }
}
