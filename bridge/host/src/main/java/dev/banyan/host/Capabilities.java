package dev.banyan.host;

import dev.banyan.api.DataFiles;
import dev.banyan.api.Dict;
import dev.banyan.api.Dns;
import dev.banyan.api.Http;
import dev.banyan.api.Log;
import dev.banyan.api.Metrics;
import dev.banyan.api.Randomness;
import dev.banyan.api.Tcp;
import dev.banyan.api.Udp;
import java.time.Clock;

/** The doors to the world that a call may be given; owned by the call. */
public interface Capabilities {
  /** The time; in shadow the control's. */
  Clock clock();

  /** Chance; in shadow the control's draws. */
  Randomness randomness();

  /**
   * A shared dict.
   *
   * @throws IllegalStateException when the configuration has none of that name
   */
  Dict dict(String name);

  /** HTTP calls. */
  Http http();

  /** TCP connections. */
  default Tcp tcp() {
    throw new IllegalStateException("this call has no Tcp");
  }

  /** Datagrams. */
  default Udp udp() {
    throw new IllegalStateException("this call has no Udp");
  }

  /** Addresses of names. */
  default Dns dns() {
    throw new IllegalStateException("this call has no Dns");
  }

  /** The error log. */
  Log log();

  /** The port's counters. */
  Metrics metrics();

  /** Files beneath the prefix folder. */
  DataFiles files();
}
