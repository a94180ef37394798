package dev.banyan.nginx;

import dev.banyan.nginx.script.LuaHandler;
import dev.banyan.nginx.script.Template;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An {@code upstream}.
 *
 * @param zone the shared memory's name; null when each worker counts for itself
 */
public record Upstream(
    String name,
    List<Server> servers,
    Balancing balancing,
    Keepalive keepalive,
    @Nullable String zone,
    String file,
    int line) {
  public Upstream {
    servers = List.copyOf(servers);
  }

  /**
   * A server of the group.
   *
   * @param name the address as written; empty when it was not written as a server
   * @param maxFails 0 never takes it out
   * @param maxConns 0 means no limit
   */
  public record Server(
      String name,
      HostPort address,
      int weight,
      int maxConns,
      int maxFails,
      Duration failTimeout,
      boolean backup,
      boolean down,
      boolean resolve) {}

  /** Idle connections kept per worker; 0 connections closes each after its response. */
  public record Keepalive(int connections, int requests, Duration time, Duration timeout) {}

  /** How a server is picked. */
  public sealed interface Balancing {
    /** By weight, in turn. */
    record RoundRobin() implements Balancing {}

    /** By the client's address. */
    record IpHash() implements Balancing {}

    /** The fewest connections. */
    record LeastConnections() implements Balancing {}

    /** By a key. */
    record Hash(Template key, boolean consistent) implements Balancing {}

    /** At random; of two, the one with fewer connections. */
    record Random(boolean ofTwo) implements Balancing {}

    /** {@code balancer_by_lua*}. */
    record Lua(LuaHandler handler) implements Balancing {}
  }
}
