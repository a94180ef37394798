package dev.banyan.it.origin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Thread-safe: the origins behind one edge, by the ports that the sample legacy gives them, and, if
 * they record, what they have received since the last {@link #drain()}.
 */
public final class OriginGroup implements AutoCloseable {
  /** The ports of the legacy's own {@code local/origins.json} at which a server answers. */
  public static final List<Integer> LEGACY_PORTS = List.of(9001, 9002, 9003);

  private final Map<Integer, Origin> origins = new TreeMap<>();
  private final ConcurrentLinkedQueue<ReceivedRequest> received = new ConcurrentLinkedQueue<>();

  private OriginGroup() {}

  /** Starts all on free ports; they keep nothing. */
  public static OriginGroup start() throws IOException {
    OriginGroup group = new OriginGroup();
    group.open(request -> {});
    return group;
  }

  /** Starts all on free ports; they keep what they receive, bodies too, until it is drained. */
  public static OriginGroup recording() throws IOException {
    OriginGroup group = new OriginGroup();
    group.open(group.received::add);
    return group;
  }

  private void open(Consumer<ReceivedRequest> listener) throws IOException {
    for (int port : LEGACY_PORTS) {
      origins.put(port, Origin.start("origin-" + port, 0, listener));
    }
  }

  /** The real port of each legacy port. */
  public Map<Integer, Integer> ports() {
    Map<Integer, Integer> ports = new TreeMap<>();
    origins.forEach((legacy, origin) -> ports.put(legacy, origin.port()));
    return ports;
  }

  /** What came since the last call, in the order of arrival. */
  public List<ReceivedRequest> drain() {
    List<ReceivedRequest> all = new ArrayList<>();
    for (ReceivedRequest r = received.poll(); r != null; r = received.poll()) {
      all.add(r);
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    for (Origin origin : origins.values()) {
      origin.close();
    }
  }
}
