package dev.ppe.server.security;

import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.AdvancedTlsX509TrustManager.Verification;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whose certificates clients may show.
 *
 * <p>Names no authorities to clients: OpenSSL would name those of the server's start for ever, and
 * clients would keep back certificates of those that were added since.
 */
final class ClientTrust extends X509ExtendedTrustManager {
  private final AdvancedTlsX509TrustManager current;

  ClientTrust() {
    try {
      current =
          AdvancedTlsX509TrustManager.newBuilder()
              .setVerification(Verification.CERTIFICATE_ONLY_VERIFICATION)
              .build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no X.509 trust manager", e);
    }
  }

  /**
   * Trusts these from now on, and no others.
   *
   * @throws IllegalArgumentException if they cannot be trusted; then nothing has changed
   */
  void trust(List<X509Certificate> authorities) {
    try {
      current.updateTrustCredentials(authorities.toArray(X509Certificate[]::new));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("holds certificates that cannot be trusted", e);
    }
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    current.checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    current.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    current.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw notAClient();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw notAClient();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw notAClient();
  }

  private static CertificateException notAClient() {
    return new CertificateException("a server's trust is in clients");
  }
}
