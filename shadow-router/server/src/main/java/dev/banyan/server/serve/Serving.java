package dev.banyan.server.serve;

import dev.banyan.server.config.ConfigException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** For any thread: something that serves until it is stopped. */
public interface Serving {
  /**
   * Reads the configuration again and swaps it whole.
   *
   * @throws ConfigException when it can't be used; the present one goes on
   */
  void reload();

  /** Opens the files of logs anew: they were moved away. */
  void reopenLogs();

  /** Takes no new requests, lets running ones end within {@code patience}, then ends. */
  void stop(Duration patience);

  /** Where requests are taken. */
  List<InetSocketAddress> addresses();

  /** How connections are waited for, as nginx's {@code use} names it. */
  String eventMethod();
}
