package dev.banyan.gateway;

import dev.banyan.gateway.cache.CacheZone;
import dev.banyan.gateway.path.Pipelines;
import dev.banyan.lua.ngx.ChunkCache;
import dev.banyan.lua.ngx.shared.SharedDicts;
import dev.banyan.nginx.CoreSettings;
import dev.banyan.nginx.HttpConf;
import dev.banyan.nginx.LocationSettings;
import dev.banyan.nginx.LogSettings;
import dev.banyan.nginx.MainConf;
import dev.banyan.nginx.NginxConf;
import dev.banyan.nginx.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Thread-safe: one configuration in service, with what its workers share. */
final class Service {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);
  private static final AtomicLong TEMP_FILES = new AtomicLong();

  /** Where a configuration without an error_log writes. */
  private static final List<LogSettings.ErrorLog> STDERR_ALONE =
      List.of(new LogSettings.ErrorLog(LogWriter.STDERR, null, LogSettings.Level.ERROR));

  private final NginxConf conf;
  private final GatewayOptions options;
  private final LogWriter logs;
  private final SharedDicts dicts;
  private final LimitZones zones;
  private final Map<String, CacheZone> caches;
  private final DiskWork disk;
  private final Stats stats;
  private final LongAdder luaEntries;
  private final Pipelines pipelines;
  private final FileAccess files;
  private final PortFiles portFiles;
  private final ThreadPools threadPools;
  private final PeerZones peerZones = new PeerZones();
  private final ChunkCache chunks = new ChunkCache();
  private final String hostname = localName();

  Service(
      NginxConf conf,
      GatewayOptions options,
      LogWriter logs,
      SharedDicts dicts,
      LimitZones zones,
      Map<String, CacheZone> caches,
      DiskWork disk,
      Stats stats,
      LongAdder luaEntries) {
    this.conf = conf;
    this.options = options;
    this.logs = logs;
    this.dicts = dicts;
    this.zones = zones;
    this.caches = caches;
    this.disk = disk;
    this.stats = stats;
    this.luaEntries = luaEntries;
    this.pipelines =
        options.path() == null
            ? Pipelines.of(List.of(), conf.http())
            : options.path().pipelines().apply(conf);
    this.files = new FileAccess(conf.prefix());
    this.threadPools = new ThreadPools(conf.main().threadPools());
    this.portFiles = new PortFiles(conf.prefix(), logs);
  }

  private static String localName() {
    try {
      return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
    } catch (UnknownHostException e) {
      return "localhost"; // a machine without a name of its own
    }
  }

  NginxConf conf() {
    return conf;
  }

  MainConf main() {
    return conf.main();
  }

  HttpConf http() {
    return conf.http();
  }

  GatewayOptions options() {
    return options;
  }

  LogWriter logs() {
    return logs;
  }

  SharedDicts dicts() {
    return dicts;
  }

  LimitZones zones() {
    return zones;
  }

  /** The peers that its workers share. */
  PeerZones peerZones() {
    return peerZones;
  }

  /** The zones of {@code proxy_cache_path}, by name. */
  Map<String, CacheZone> caches() {
    return caches;
  }

  /** What waits for the disk in the place of an event loop. */
  DiskWork disk() {
    return disk;
  }

  Stats stats() {
    return stats;
  }

  /** How often Lua was entered, in all workers. */
  LongAdder luaEntries() {
    return luaEntries;
  }

  /** What may stand for the handlers of Lua. */
  Pipelines pipelines() {
    return pipelines;
  }

  FileAccess files() {
    return files;
  }

  /** What ports add text to. */
  PortFiles portFiles() {
    return portFiles;
  }

  ThreadPools threadPools() {
    return threadPools;
  }

  ChunkCache chunks() {
    return chunks;
  }

  String hostname() {
    return hostname;
  }

  /** The process's own error log. */
  List<LogSettings.ErrorLog> mainErrorLogs() {
    List<LogSettings.ErrorLog> logs = conf.main().errorLogs();
    return logs.isEmpty() ? STDERR_ALONE : logs;
  }

  /** The error logs that hold where {@code level} does. */
  List<LogSettings.ErrorLog> errorLogs(LocationSettings level) {
    List<LogSettings.ErrorLog> own = level.logs().error();
    return own.isEmpty() ? mainErrorLogs() : own;
  }

  /** {@code $nginx_version}. */
  String version() {
    String product = options.product();
    return product.substring(product.indexOf('/') + 1);
  }

  /** What the Server field says. */
  String serverToken(CoreSettings.ServerTokens tokens) {
    String product = options.product();
    int slash = product.indexOf('/');
    return tokens == CoreSettings.ServerTokens.OFF && slash > 0
        ? product.substring(0, slash)
        : product;
  }

  /** What nginx's own pages say. */
  String pageToken(CoreSettings.ServerTokens tokens) {
    return serverToken(tokens);
  }

  /** A path that is relative to the prefix unless it is absolute. */
  Path absolute(String octets) {
    Path path = files.path(octets);
    return path == null ? conf.prefix() : path;
  }

  /** The prefix with a slash at its end. */
  String prefix() {
    String text = conf.prefix().toString();
    return text.endsWith("/") ? text : text + "/";
  }

  /** A new file for a body that is too large for memory. */
  Path tempFile(String folder) throws IOException {
    if (options.enclosure() != null) {
      return Files.createTempFile("banyan-body", "");
    }
    Path in = conf.prefix().resolve(folder);
    Files.createDirectories(in);
    return in.resolve(String.format(Locale.ROOT, "%010d", TEMP_FILES.incrementAndGet()));
  }

  /** An upstream that keeps no connections: of an address that was written in place. */
  Upstream.Keepalive noKeepalive() {
    return new Upstream.Keepalive(0, 1000, Duration.ofHours(1), Duration.ofSeconds(60));
  }

  /** A fault of ours: logged whole for whoever mends it, and in the error log for who runs it. */
  void report(Request r, Throwable fault) {
    LOG.error("request {} failed", r.client().exchange().requestLine(), fault);
    r.log(ErrorLog.CRIT, "internal fault: " + fault);
  }
}
