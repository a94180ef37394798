package dev.banyan.gateway;

import dev.banyan.api.Phase;
import dev.banyan.lua.ngx.TlsHost;
import dev.banyan.transport.TlsHandshake;
import java.net.InetSocketAddress;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by its connection's loop: what Lua runs for while a client's TLS handshake waits. */
final class HandshakeRequest extends ClientlessRequest implements TlsHost, TlsHost.Handshake {
  private final TlsHandshake handshake;
  private final Phase phase;

  HandshakeRequest(GatewayWorker worker, TlsHandshake handshake, Phase phase, String directive) {
    super(worker, directive);
    this.handshake = handshake;
    this.phase = phase;
  }

  @Override
  public Phase phase() {
    return phase;
  }

  @Override
  long connectionId() {
    return handshake.connectionId();
  }

  @Override
  String logContext() {
    return super.logContext() + peers();
  }

  /** Tells that the handshake failed, in nginx's and OpenSSL's words. */
  void failed(String error) {
    log(
        ErrorLog.INFO,
        "SSL_do_handshake() failed (SSL: error:" + error + ") while SSL handshaking",
        peers());
  }

  private String peers() {
    return ", client: "
        + Addresses.text(remote())
        + ", server: "
        + Addresses.text(local())
        + ":"
        + local().getPort();
  }

  /** As lua-nginx-module's, which begins no request for a handshake. */
  @Override
  public double startTime() {
    return 0;
  }

  @Override
  public TlsHost tls() {
    return this;
  }

  @Override
  public boolean secure() {
    return true;
  }

  @Override
  public @Nullable String serverName() {
    return handshake.serverName();
  }

  @Override
  public InetSocketAddress local() {
    return handshake.local();
  }

  @Override
  public InetSocketAddress remote() {
    return handshake.remote();
  }

  @Override
  public int version() {
    return handshake.version();
  }

  @Override
  public Handshake handshake() {
    return this;
  }

  @Override
  public void clear() {
    handshake.clear();
  }

  @Override
  public void chain(List<X509Certificate> certificates) {
    handshake.chain(certificates);
  }

  @Override
  public boolean key(PrivateKey key) {
    return handshake.key(key);
  }

  @Override
  public void verifyClient(List<X509Certificate> authorities, int depth) {
    handshake.verifyClient(new TlsHandshake.ClientCheck(authorities, depth));
  }

  @Override
  public void protocols(List<String> names) {
    handshake.protocols(names);
  }

  @Override
  public byte[] clientRandom() {
    return handshake.hello().random();
  }

  /** There is no secret yet. */
  @Override
  public byte @Nullable [] export(String label, byte @Nullable [] context, int length) {
    return null;
  }

  @Override
  public List<Integer> extensions() {
    return handshake.hello().extensions();
  }

  @Override
  public List<Integer> suites() {
    return handshake.hello().suites();
  }

  @Override
  public byte @Nullable [] extension(int type) {
    return handshake.hello().extension(type);
  }
}
