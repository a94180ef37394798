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

  /**
   * The descriptors of the sockets that are listened on.
   *
   * @throws dev.banyan.server.config.ConfigException when no other process can have them
   */
  List<Integer> descriptors();

  /** Lets go of what only one process may hold, since another takes over; requests go on. */
  void letGo();

  /** Takes back what was let go: the other process doesn't take over. */
  void takeBack();

  /**
   * Takes no new connections, which the other process takes now; whoever is connected may ask once
   * more, and what runs may end within {@code patience}.
   */
  void leave(Duration patience);
}
