package dev.banyan.testkit;

import dev.banyan.api.DataFiles;
import dev.banyan.api.Dict;
import dev.banyan.api.Dns;
import dev.banyan.api.Http;
import dev.banyan.api.Log;
import dev.banyan.api.Metrics;
import dev.banyan.api.Randomness;
import dev.banyan.api.Tcp;
import dev.banyan.api.Udp;
import dev.banyan.host.Capabilities;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Not thread-safe: the world of a port under test, which stands still until the test moves it. */
public final class TestWorld implements Capabilities {
  private final Map<String, MemoryDict> dicts = new HashMap<>();
  private final Deque<Double> draws = new ArrayDeque<>();
  private final List<String> logged = new ArrayList<>();
  private final Map<String, Long> counted = new TreeMap<>();
  private final Log log = (level, message) -> logged.add(level + " " + message);
  private final Clock clock = new StandingClock();
  private Instant now;
  private Http http =
      call -> {
        throw new AssertionError("the test expects no call of " + call.host());
      };

  private @Nullable Tcp tcp;
  private @Nullable Udp udp;
  private @Nullable Dns dns;

  TestWorld(Instant now) {
    this.now = now;
  }

  /** Stands until the test moves it. */
  private final class StandingClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return Clock.fixed(now, zone);
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  /** Lets time pass. */
  public void pass(Duration time) {
    now = now.plus(time);
  }

  /** The numbers that the port draws next. */
  public void draws(double... values) {
    for (double value : values) {
      draws.add(value);
    }
  }

  /** Who answers the port's HTTP calls. */
  public void http(Http answers) {
    http = answers;
  }

  /** Who answers the port's connections. */
  public void tcp(Tcp answers) {
    tcp = answers;
  }

  /** Who answers the port's datagrams. */
  public void udp(Udp answers) {
    udp = answers;
  }

  /** Who answers for names. */
  public void dns(Dns answers) {
    dns = answers;
  }

  /** What the port logged through its capability, as {@code level text}. */
  public List<String> logged() {
    return List.copyOf(logged);
  }

  /** Forgets what was logged and counted. */
  public void forget() {
    logged.clear();
    counted.clear();
  }

  /** What the port counted. */
  public Map<String, Long> counted() {
    return Map.copyOf(counted);
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Randomness randomness() {
    return () -> {
      Double next = draws.poll();
      if (next == null) {
        throw new AssertionError("the test gives no more random numbers");
      }
      return next;
    };
  }

  @Override
  public Dict dict(String name) {
    Dict known = dicts.get(name);
    return known != null ? known : dicts.computeIfAbsent(name, _ -> new MemoryDict(() -> now));
  }

  @Override
  public Http http() {
    return http;
  }

  @Override
  public Tcp tcp() {
    return expected(tcp, "connection");
  }

  @Override
  public Udp udp() {
    return expected(udp, "datagram");
  }

  @Override
  public Dns dns() {
    return expected(dns, "name");
  }

  private static <T> T expected(@Nullable T door, String what) {
    if (door == null) {
      throw new AssertionError("the test expects no " + what);
    }
    return door;
  }

  @Override
  public Log log() {
    return log;
  }

  @Override
  public Metrics metrics() {
    return (name, by) -> counted.merge(name, by, Long::sum);
  }

  @Override
  public DataFiles files() {
    throw new AssertionError("files are for mirrored functions");
  }
}
