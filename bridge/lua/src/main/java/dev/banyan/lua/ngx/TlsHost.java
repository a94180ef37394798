package dev.banyan.lua.ngx;

import java.net.InetSocketAddress;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by its connection's loop: a client's connection as {@code ngx.ssl} sees it. */
public interface TlsHost {
  /** Whether it is a TLS connection. */
  boolean secure();

  /** The name that the client asked for, or null. */
  @Nullable String serverName();

  /** The address that the client connected to; unresolved for a Unix socket. */
  InetSocketAddress local();

  /** The client's address; unresolved for a Unix socket. */
  InetSocketAddress remote();

  /** The version that is or will be spoken, such as 0x0303. */
  int version();

  /** The random octets of the client's hello. */
  byte[] clientRandom();

  /** So many octets of the session's secret for a label (RFC 5705); null where there is none. */
  byte @Nullable [] export(String label, byte @Nullable [] context, int length);

  /** The handshake while it waits for Lua; null before and afterwards. */
  @Nullable Handshake handshake();

  /** A handshake that waits. */
  interface Handshake {
    /** Forgets the certificates and keys that are set. */
    void clear();

    /** Shows these, the server's own first. */
    void chain(List<X509Certificate> certificates);

    /** Proves the certificate by this key; false where it is another certificate's. */
    boolean key(PrivateKey key);

    /**
     * Asks the client for a certificate; no authorities mean the configured ones, and a negative
     * depth the configured depth.
     */
    void verifyClient(List<X509Certificate> authorities, int depth);

    /** Speaks these alone, such as {@code TLSv1.2}. */
    void protocols(List<String> names);

    /** The numbers of the extensions of the client's hello, in its order. */
    List<Integer> extensions();

    /** The numbers of the cipher suites of the client's hello, in its order. */
    List<Integer> suites();

    /** An extension of the client's hello, or null. */
    byte @Nullable [] extension(int type);
  }
}
