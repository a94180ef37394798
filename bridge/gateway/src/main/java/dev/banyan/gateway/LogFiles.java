package dev.banyan.gateway;

import dev.banyan.nginx.NamedLog;
import dev.banyan.nginx.NginxConf;
import dev.banyan.nginx.syntax.SystemReason;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The files that a configuration names as logs. */
public final class LogFiles {
  private LogFiles() {}

  /**
   * Opens each once, and makes those that aren't there, as nginx does before it serves a
   * configuration, or tests one with {@code -t}: lines of a log that can't be written would be lost
   * for as long as nobody looks. Those that go where no directive says aren't opened.
   *
   * @throws GatewayException for the first that can't be opened
   */
  public static void make(NginxConf conf) {
    for (NamedLog log : conf.logs()) {
      try (OutputStream file = new FileOutputStream(log.name(), true)) {
        file.flush();
      } catch (IOException e) {
        throw new GatewayException(
            "open() \""
                + log.name()
                + "\" failed ("
                + SystemReason.of(e)
                + ") in "
                + log.file()
                + ":"
                + log.line(),
            e);
      }
    }
  }
}
