package dev.banyan.lua.ngx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one worker's loop: the groups of servers that its configuration names, for {@code
 * ngx.upstream}. Nothing here waits.
 */
public interface UpstreamHost {
  /** That of a worker which passes no request to anybody. */
  UpstreamHost NONE =
      new UpstreamHost() {
        @Override
        public List<Name> names() {
          return List.of();
        }

        @Override
        public Group group(Name name) {
          throw new IllegalArgumentException("no such group: " + name);
        }

        @Override
        public @Nullable String current(RequestHost request) {
          return null;
        }
      };

  /** The groups in the order of the configuration. */
  List<Name> names();

  /** The group of one of {@link #names()}. */
  Group group(Name name);

  /**
   * The name of the group that a request was passed to; null when it was passed to none.
   *
   * @throws NgxFailure where the configuration doesn't name the group
   */
  @Nullable String current(RequestHost request);

  /**
   * How a group is called.
   *
   * @param port 0 where it has none of its own
   */
  record Name(String host, int port) {}

  /** One group. */
  interface Group {
    /** The servers as they were written. */
    List<Server> servers();

    /** The peers that are asked first. */
    List<Peer> primary();

    /** The peers that are asked when no other can be. */
    List<Peer> backup();

    /** Leaves a peer out of this worker's choice from now on, or doesn't any more. */
    void down(boolean backup, int id, boolean down);
  }

  /**
   * A server as it was written.
   *
   * @param name as written; empty when it was not
   * @param failTimeout in seconds
   */
  record Server(
      String name,
      List<String> addresses,
      int weight,
      int maxFails,
      long failTimeout,
      boolean backup,
      boolean down) {}

  /**
   * An address of a server and how it has fared.
   *
   * @param failTimeout in seconds
   * @param accessed seconds since the epoch; 0 for never
   * @param checked the same
   */
  record Peer(
      String name,
      int weight,
      int currentWeight,
      int effectiveWeight,
      int connections,
      int fails,
      int maxFails,
      long failTimeout,
      long accessed,
      long checked,
      boolean down) {}
}
