package dev.banyan.transport;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The TLS side of a listener.
 *
 * @param sites the servers behind it; the first is for clients that name none
 * @param choice which of them a client is for
 * @param protocols of {@code TLSv1}, {@code TLSv1.1}, {@code TLSv1.2}, {@code TLSv1.3}; empty for
 *     nginx's default, {@code TLSv1.2} and {@code TLSv1.3} under today's JDK
 * @param script asked about each handshake, or null
 */
public record TlsServer(
    List<Site> sites, Choice choice, List<String> protocols, @Nullable TlsScript script) {

  /** Copies the lists; refuses a first site that has nothing to show. */
  public TlsServer {
    sites = List.copyOf(sites);
    protocols = List.copyOf(protocols);
    if (sites.isEmpty() || sites.getFirst().empty()) {
      throw new IllegalArgumentException("no \"ssl_certificate\" is defined");
    }
  }

  /**
   * Reads what is constant of its files, as serving it does.
   *
   * @throws TransportException for the first that can't be used
   */
  public void read() {
    new TlsContexts(this, false);
  }

  /** Sites with a certificate each, everything else nginx's default. */
  public static TlsServer of(List<Certificate> certificates, Choice choice) {
    return new TlsServer(
        certificates.stream()
            .map(one -> new Site(List.of(one), null, false, Suites.DEFAULT, null))
            .toList(),
        choice,
        List.of(),
        null);
  }

  /** Finds the site that a client asks for. Thread-safe. */
  @FunctionalInterface
  public interface Choice {
    /** The site's place in the list, by the client's name for it or null. */
    int site(@Nullable String serverName);
  }

  /**
   * One server.
   *
   * @param certificates of different kinds of keys; none for those of the first site
   * @param named certificates that a client's name for the site decides about, or null
   * @param refuses ssl_reject_handshake: clients are told at once that nobody serves here
   * @param clients what is asked of clients, or null when they show no certificate
   */
  public record Site(
      List<Certificate> certificates,
      @Nullable Named named,
      boolean refuses,
      Suites suites,
      @Nullable Clients clients) {
    /** Copies the list. */
    public Site {
      certificates = List.copyOf(certificates);
    }

    /** Whether it has nothing of its own to show. */
    boolean empty() {
      return certificates.isEmpty() && named == null && !refuses;
    }
  }

  /** Files whose names contain variables. Thread-safe. */
  @FunctionalInterface
  public interface Named {
    /** The certificates for the server name that a client asks for, or null. */
    List<Certificate> certificates(@Nullable String serverName);
  }

  /**
   * Cipher suites and groups.
   *
   * @param ciphers OpenSSL's text that selects and orders suites up to TLS 1.2
   * @param order whose order of suites counts
   * @param groups names of groups as OpenSSL has them; empty for the JDK's
   */
  public record Suites(String ciphers, Order order, List<String> groups) {
    /** nginx's default. */
    public static final Suites DEFAULT = new Suites("HIGH:!aNULL:!MD5", Order.CLIENT, List.of());

    /** Copies the list. */
    public Suites {
      groups = List.copyOf(groups);
    }
  }

  /** Whose order of cipher suites counts. */
  public enum Order {
    /** The client's. */
    CLIENT,
    /** ssl_prefer_server_ciphers. */
    SERVER
  }

  /**
   * How certificates of clients are verified. A client whose certificate is refused, or who has
   * none, is served all the same: {@link TlsFacts} tells.
   *
   * @param authorities PEM file of those that clients are told of, or null
   * @param trusted PEM file of more that are trusted, or null
   * @param revocations PEM file of lists of revoked certificates, or null for no look
   * @param depth the most certificates between a client's and a trusted one
   */
  public record Clients(
      @Nullable Path authorities, @Nullable Path trusted, @Nullable Path revocations, int depth) {}

  /**
   * A certificate chain and its key, both PEM.
   *
   * @param passwords a file of passwords for the key, one a line, or null
   */
  public record Certificate(Path chain, Path key, @Nullable Path passwords) {}
}
