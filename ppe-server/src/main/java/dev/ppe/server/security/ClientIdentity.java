package dev.ppe.server.security;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling.
 *
 * @param proof how that is known
 * @param name the client's name in the file of clients, the common name in its certificate, or its
 *     address without the port
 */
public record ClientIdentity(Proof proof, String name) {
  /** Who makes the current call; set for every call of the service. */
  public static final Context.Key<ClientIdentity> KEY = Context.key("ppe-client");

  private static final Attributes.Key<ClientIdentity> PEER = Attributes.Key.create("ppe-peer");

  private static final ClientIdentity UNKNOWN = new ClientIdentity(Proof.ADDRESS, "unknown");

  /** Somebody of whom no more than an address is known. */
  public static ClientIdentity ofAddress(String address) {
    return new ClientIdentity(Proof.ADDRESS, address);
  }

  /** A client of the file of clients. */
  public static ClientIdentity listed(String name) {
    return new ClientIdentity(Proof.LISTED, name);
  }

  /** How a client is known. */
  public enum Proof {
    /** By the file of clients, whichever of its tokens and certificates it shows. */
    LISTED,
    /** By a certificate that the file of clients does not name. */
    CERTIFICATE,
    ADDRESS
  }

  /** Whether the file of clients has the name: there are few of those. */
  public boolean listed() {
    return proof == Proof.LISTED;
  }

  /** The client of the current call; an unknown address outside of calls. */
  public static ClientIdentity current() {
    return Optional.ofNullable(KEY.get()).orElse(UNKNOWN);
  }

  /** Finds out who is at the other end once for each connection, and not for each call. */
  public static ServerTransportFilter ofConnections() {
    return new ServerTransportFilter() {
      @Override
      public Attributes transportReady(Attributes connection) {
        return connection.toBuilder().set(PEER, atTheOtherEnd(connection)).build();
      }
    };
  }

  /** The client at the other end of a connection: by its certificate, else by its address. */
  public static ClientIdentity of(Attributes connection) {
    return Optional.ofNullable(connection.get(PEER)).orElseGet(() -> atTheOtherEnd(connection));
  }

  private static ClientIdentity atTheOtherEnd(Attributes connection) {
    return Optional.ofNullable(connection.get(Grpc.TRANSPORT_ATTR_SSL_SESSION))
        .flatMap(ClientIdentity::byCertificate)
        .orElseGet(() -> byAddress(connection.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)));
  }

  private static Optional<ClientIdentity> byCertificate(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate certificate
          ? Optional.of(new ClientIdentity(Proof.CERTIFICATE, commonName(certificate)))
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) { // it showed none
      return Optional.empty();
    }
  }

  private static String commonName(X509Certificate certificate) {
    String subject = certificate.getSubjectX500Principal().getName();
    try {
      return new LdapName(subject)
          .getRdns().stream()
              .filter(part -> part.getType().equalsIgnoreCase("CN"))
              .map(Rdn::getValue)
              .map(Object::toString)
              .findFirst()
              .orElse(subject);
    } catch (InvalidNameException e) {
      return subject;
    }
  }

  /** The client at an address, whatever else it may show later; an unknown one if there is none. */
  public static ClientIdentity byAddress(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress internet && internet.getAddress() != null
        ? ofAddress(network(internet.getAddress()))
        : UNKNOWN;
  }

  /** A host's, of IPv6 the 64 bits that are given to one customer, who has all that begin so. */
  private static String network(InetAddress address) {
    if (address instanceof Inet6Address) {
      ShortBuffer groups = ByteBuffer.wrap(address.getAddress()).asShortBuffer();
      return "%x:%x:%x:%x::/64"
          .formatted(groups.get(0), groups.get(1), groups.get(2), groups.get(3));
    }
    return address.getHostAddress();
  }
}
