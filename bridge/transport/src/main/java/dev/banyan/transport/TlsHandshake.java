package dev.banyan.transport;

import dev.banyan.fiber.Loop;
import java.net.InetSocketAddress;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by its connection's loop: a handshake that waits for what its server decides. */
public final class TlsHandshake {
  private static final int TLS_1_2 = 0x0303;
  private static final int TLS_1_3 = 0x0304;

  private final ConnectionFacts facts;
  private final @Nullable String serverName;
  private final ClientHello hello;
  private List<X509Certificate> chain = List.of();
  private @Nullable PrivateKey key;
  private boolean cleared;
  private List<String> protocols = List.of();
  private @Nullable ClientCheck check;
  private @Nullable Object attachment;

  TlsHandshake(ConnectionFacts facts, @Nullable String serverName, ClientHello hello) {
    this.facts = facts;
    this.serverName = serverName;
    this.hello = hello;
  }

  /**
   * Whether clients are asked for a certificate.
   *
   * @param authorities whom it must be signed by; empty for those of the listener
   * @param depth the most certificates between it and one of theirs; negative for the listener's
   */
  public record ClientCheck(List<X509Certificate> authorities, int depth) {
    /** Copies the list. */
    public ClientCheck {
      authorities = List.copyOf(authorities);
    }
  }

  /** The connection's loop. */
  public Loop loop() {
    return facts.loop();
  }

  /** Number of the connection in this process, from 1. */
  public long connectionId() {
    return facts.id();
  }

  /** The name that the client asks for, or null. */
  public @Nullable String serverName() {
    return serverName;
  }

  /** What the client said. */
  public ClientHello hello() {
    return hello;
  }

  /** The client's address. */
  public InetSocketAddress remote() {
    return facts.remote();
  }

  /** The address that the client connected to. */
  public InetSocketAddress local() {
    return facts.local();
  }

  /** The version that will be spoken: the newest of the client's that the JDK has. */
  public int version() {
    if (hello.versions().contains(TLS_1_3) && spoken("TLSv1.3")) {
      return TLS_1_3;
    }
    return hello.versions().stream()
        .filter(v -> v <= TLS_1_2)
        .max(Integer::compare)
        .orElse(TLS_1_2);
  }

  private boolean spoken(String protocol) {
    return protocols.isEmpty() || protocols.contains(protocol);
  }

  /** Forgets the listener's certificate and what was set before. */
  public void clear() {
    cleared = true;
    chain = List.of();
    key = null;
  }

  /**
   * Shows these certificates, the server's own first; none for the listener's. A key that was set
   * for another certificate is forgotten.
   */
  public void chain(List<X509Certificate> certificates) {
    chain = List.copyOf(certificates);
    if (key != null && !chain.isEmpty() && KeyPairs.conflict(chain.getFirst(), key)) {
      key = null;
    }
  }

  /**
   * Proves the certificate by this key.
   *
   * @return whether it is taken: not where it is another one's than the certificate that was set
   */
  public boolean key(PrivateKey secret) {
    if (!chain.isEmpty() && KeyPairs.conflict(chain.getFirst(), secret)) {
      return false;
    }
    key = secret;
    return true;
  }

  /** Speaks these alone, such as {@code TLSv1.2}; empty for the listener's. */
  public void protocols(List<String> names) {
    protocols = List.copyOf(names);
  }

  List<String> protocols() {
    return protocols;
  }

  /** Asks the client for a certificate. */
  public void verifyClient(ClientCheck wanted) {
    check = wanted;
  }

  @Nullable ClientCheck check() {
    return check;
  }

  /** What the connection's requests find in {@link TlsFacts#attachment}. */
  public void attach(Object value) {
    attachment = value;
  }

  @Nullable Object attachment() {
    return attachment;
  }

  /** Whether anything was decided. */
  boolean plain() {
    return !cleared && chain.isEmpty() && key == null && protocols.isEmpty() && check == null;
  }

  /** What the server shows, given the configured; nothing when there is no pair. */
  List<TlsIdentity> identities(List<TlsIdentity> configured) {
    if (chain.isEmpty() && key == null) {
      return cleared ? List.of() : configured;
    }
    TlsIdentity standard = cleared || configured.isEmpty() ? null : configured.getFirst();
    PrivateKey secret = key == null && standard != null ? standard.key() : key;
    List<X509Certificate> shown = chain.isEmpty() && standard != null ? standard.chain() : chain;
    return shown.isEmpty() || secret == null ? List.of() : List.of(new TlsIdentity(shown, secret));
  }
}
