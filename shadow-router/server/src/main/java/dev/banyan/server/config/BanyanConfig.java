package dev.banyan.server.config;

import dev.banyan.gateway.path.PipelineRule;
import dev.banyan.server.traces.TraceRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: a whole {@code banyan.yaml}. Paths are absolute; relative ones are taken from the
 * file's folder.
 *
 * @param conf the legacy's nginx.conf
 * @param prefix nginx's prefix folder
 * @param tenantVariable the variable that names a request's tenant, without {@code $}
 * @param stateDir flags, audit log and token
 * @param traces which requests are traced; null for none
 * @param ports jars of Java ports
 * @param portPlaces the jars and the folders of jars in which these were found
 * @param portsWatch how often the places are looked at for jars that have changed; zero for never
 * @param pipeline what the handlers of Lua call, in order, for requests that need no Lua
 * @param drainTimeout how long running requests may go on when the process stops
 */
public record BanyanConfig(
    Path file,
    Path conf,
    Path prefix,
    String tenantVariable,
    Path stateDir,
    AdminConfig admin,
    ShadowConfig shadow,
    ParityConfig parity,
    @Nullable TraceRules traces,
    RetireConfig retire,
    Duration drainTimeout,
    List<Path> ports,
    List<Path> portPlaces,
    Duration portsWatch,
    SortedMap<String, ModuleConfig> modules,
    List<PipelineRule> pipeline) {
  /** The variable that names the tenant unless configured. */
  public static final String DEFAULT_TENANT = "host";

  /** The state folder unless configured. */
  public static final String DEFAULT_STATE_DIR = "state";

  /** How long running requests may go on unless configured. */
  public static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(30);

  /** Jars are looked at no more often. */
  public static final Duration SHORTEST_PORTS_WATCH = Duration.ofMillis(100);

  /** What makes a user the same user unless configured. */
  public static final String DEFAULT_STICKY_KEY = "remote_addr";

  /** Copies the collections. */
  public BanyanConfig {
    ports = List.copyOf(ports);
    portPlaces = List.copyOf(portPlaces);
    pipeline = List.copyOf(pipeline);
    modules = Collections.unmodifiableSortedMap(new TreeMap<>(modules));
  }

  /**
   * The same with the jars, the pipeline and the further modules that the file names now; the rest,
   * what it says of modules that were listed before included, is as it was read at the start.
   *
   * @throws ConfigException when the file can't be used any more
   */
  public BanyanConfig anew() {
    BanyanConfig now = load(file);
    SortedMap<String, ModuleConfig> all = new TreeMap<>(now.modules());
    all.putAll(modules);
    return new BanyanConfig(
        file,
        conf,
        prefix,
        tenantVariable,
        stateDir,
        admin,
        shadow,
        parity,
        traces,
        retire,
        drainTimeout,
        now.ports(),
        now.portPlaces(),
        portsWatch,
        all,
        now.pipeline());
  }

  /**
   * Reads a file.
   *
   * @throws ConfigException with everything that is wrong with it
   */
  public static BanyanConfig load(Path file) {
    return new ConfigReader(file.toAbsolutePath().normalize()).read();
  }
}
