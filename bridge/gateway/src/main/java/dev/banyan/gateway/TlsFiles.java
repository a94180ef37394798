package dev.banyan.gateway;

import dev.banyan.nginx.Listener;
import dev.banyan.nginx.NginxConf;
import dev.banyan.transport.TransportException;

/** The certificates and keys that a configuration names. */
public final class TlsFiles {
  private TlsFiles() {}

  /**
   * Reads each of them, as nginx does when it tests a configuration with {@code -t}: else one would
   * pass that can't be served.
   *
   * @throws GatewayException for the first that is missing, broken or another's
   */
  public static void read(NginxConf conf) {
    for (Listener listener : conf.http().listeners()) {
      if (!listener.listen().ssl()) {
        continue;
      }
      try {
        ServerTls.of(listener, new Handshakes(TlsFiles::nothingServed, "")).read();
      } catch (TransportException e) {
        throw new GatewayException(
            e.getMessage() + " in " + listener.listen().file() + ":" + listener.listen().line(), e);
      }
    }
  }

  private static Generation nothingServed() {
    throw new IllegalStateException("a test of a configuration serves nothing");
  }
}
