package dev.banyan.transport;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** Owned by one loop: turns names into addresses. Parks the current fiber. */
public interface NameResolver {
  /**
   * All addresses of {@code name}, at least one, in the order they are to be tried.
   *
   * @throws TransportException {@code RESOLVE} with nginx's code and words ("3: Host not found",
   *     "110: Operation timed out", "2: Server failure")
   */
  List<InetAddress> resolve(String name, Duration timeout);
}
