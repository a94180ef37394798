package dev.banyan.benchmarks.spring;

import dev.banyan.api.DataFiles;
import dev.banyan.api.Dict;
import dev.banyan.api.Http;
import dev.banyan.api.Log;
import dev.banyan.api.Metrics;
import dev.banyan.api.Randomness;
import dev.banyan.host.Capabilities;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Thread-safe: the world as the legacy's ports ask for it. */
final class EdgeWorld implements Capabilities {
  private static final int ERROR = 4;
  private static final Logger LOG = LoggerFactory.getLogger("edge");

  private final Clock clock = Clock.systemUTC();
  private final Map<String, Dict> dicts = new ConcurrentHashMap<>();

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Randomness randomness() {
    return () -> ThreadLocalRandom.current().nextDouble();
  }

  @Override
  public Dict dict(String name) {
    return dicts.computeIfAbsent(name, _ -> new SharedDict(clock));
  }

  @Override
  public Http http() {
    throw new IllegalStateException("no port of the sample legacy makes HTTP calls");
  }

  @Override
  public Log log() {
    return (level, message) -> {
      if (level <= ERROR) {
        LOG.error(message);
      } else {
        LOG.warn(message);
      }
    };
  }

  @Override
  public Metrics metrics() {
    throw new IllegalStateException("no port of the sample legacy counts");
  }

  @Override
  public DataFiles files() {
    throw new IllegalStateException("files are for mirrored functions");
  }
}
