package dev.banyan.gateway;

import dev.banyan.fiber.Fiber;
import dev.banyan.fiber.Loop;
import dev.banyan.lua.ngx.AppendedFiles;
import dev.banyan.lua.ngx.CapturedLog;
import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.ngx.StreamSocket;
import dev.banyan.lua.ngx.UpstreamHost;
import dev.banyan.lua.ngx.WorkerHost;
import dev.banyan.lua.ngx.process.Children;
import dev.banyan.nginx.LuaLocationSettings;
import dev.banyan.transport.CgiUpstream;
import dev.banyan.transport.GrpcUpstream;
import dev.banyan.transport.Http1Upstream;
import dev.banyan.transport.MemcachedUpstream;
import dev.banyan.transport.RedisUpstream;
import dev.banyan.transport.Upstream;
import dev.banyan.transport.WorkerLoop;
import dev.banyan.transport.WorkerSockets;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Owned by its loop: one worker of one configuration, with its Lua machine and its origins. */
final class GatewayWorker implements WorkerHost {
  private final Service service;
  private final WorkerLoop loop;
  private final int count;
  private final Upstream upstream;
  private final Upstream memcached;
  private final CgiUpstream applications;
  private final GrpcUpstream grpc;
  private final Upstream redis;
  private final PeerGroups peers;
  private final UpstreamHost upstreams;
  private final LogTimes times;
  private final ErrorLog errorLog;
  private final WorkerTimers timers = new WorkerTimers(this);
  private final Names names;
  private final Children children;
  private final Cosockets cosockets;
  private final LuaSide lua;
  private final Paths paths;
  private final long pid = ProcessHandle.current().pid();
  private final UserIdNumbers userIds;
  private String logContext = "";
  private boolean exiting;

  /** Builds it on its loop's thread; {@code init_by_lua} has run then. */
  GatewayWorker(Service service, WorkerLoop loop, int count) throws UnknownHostException {
    this.service = service;
    this.loop = loop;
    this.count = count;
    this.upstream = Enclosure.upstream(service.options().enclosure(), new Http1Upstream(loop));
    this.times = new LogTimes(service.options().clock());
    this.userIds = new UserIdNumbers(service.options().clock().instant(), pid + loop.index());
    this.errorLog =
        new ErrorLog(
            service.logs(),
            times,
            service.hostname(),
            pid,
            service.http().lua().captureErrorLogSize());
    this.names = new Names(loop, service.options().enclosure());
    WorkerSockets sockets = new WorkerSockets(loop);
    this.children = new Children(loop, why -> log(ErrorLog.ERROR, why));
    this.cosockets = new Cosockets(this, sockets);
    this.memcached =
        Enclosure.upstream(service.options().enclosure(), new MemcachedUpstream(sockets));
    this.applications = new CgiUpstream(sockets);
    this.grpc = new GrpcUpstream(sockets);
    this.redis = Enclosure.upstream(service.options().enclosure(), new RedisUpstream(sockets));
    this.peers = new PeerGroups(service, this);
    this.upstreams = new WorkerUpstreams(peers);
    this.lua = new LuaSide(service, this);
    this.paths = new Paths(service, lua);
    lua.init();
  }

  /** Runs {@code init_worker_by_lua}. */
  void begin() {
    Fiber.start(
        loop,
        "init_worker",
        () -> {
          logContext = ", context: init_worker_by_lua*";
          try {
            lua.initWorker();
          } finally {
            logContext = "";
          }
        });
  }

  /** Tells timers that the worker ends: no new requests come. */
  void expire() {
    exiting = true;
    timers.expireAll();
  }

  /** Tells timers and Lua that the worker ends. */
  void end() {
    expire();
    Fiber.start(
        loop,
        "exit_worker",
        () -> {
          try {
            lua.exitWorker();
          } finally {
            children.close();
          }
        });
  }

  Service service() {
    return service;
  }

  Upstream upstream() {
    return upstream;
  }

  /** Application servers. */
  CgiUpstream applications() {
    return applications;
  }

  /** Servers of gRPC. */
  GrpcUpstream grpc() {
    return grpc;
  }

  /** Servers of Redis. */
  Upstream redis() {
    return redis;
  }

  /** Servers of memcached. */
  Upstream memcached() {
    return memcached;
  }

  Names names() {
    return names;
  }

  PeerGroups peers() {
    return peers;
  }

  LuaSide lua() {
    return lua;
  }

  Paths paths() {
    return paths;
  }

  /** What new identifiers of browsers are made of. */
  UserIdNumbers userIds() {
    return userIds;
  }

  LogTimes times() {
    return times;
  }

  ErrorLog errorLog() {
    return errorLog;
  }

  /** Milliseconds since the epoch. */
  long nowMillis() {
    return service.options().clock().millis();
  }

  /** A client's request begins; the most that it can have waited, as {@link WorkerLoop#begins}. */
  long begins() {
    return loop.begins();
  }

  @Override
  public Loop loop() {
    return loop;
  }

  @Override
  public int id() {
    return loop.index();
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public long pid() {
    return pid;
  }

  @Override
  public boolean exiting() {
    return exiting;
  }

  @Override
  public String prefix() {
    return service.prefix();
  }

  @Override
  public UpstreamHost upstreams() {
    return upstreams;
  }

  @Override
  public AppendedFiles files() {
    return service.portFiles();
  }

  @Override
  public void log(int level, String message) {
    log(level, message, logContext);
  }

  void log(int level, String message, String context) {
    errorLog.write(service.mainErrorLogs(), level, 0, message, context);
  }

  @Override
  public @Nullable CapturedLog capturedLog() {
    return errorLog.captured();
  }

  @Override
  public int logLevel() {
    return ErrorLog.most(service.mainErrorLogs());
  }

  @Override
  public void timer(Duration delay, TimerTask task) {
    timers.add(delay, task);
  }

  @Override
  public @Nullable String timerRefusal(Duration delay) {
    return timers.refusal(delay);
  }

  @Override
  public int pendingTimers() {
    return timers.waiting();
  }

  @Override
  public int runningTimers() {
    return timers.running();
  }

  @Override
  public StreamSocket connectTcp(
      String host,
      int port,
      @Nullable InetAddress local,
      String pool,
      int poolSize,
      int backlog,
      Duration timeout) {
    refuseOutside();
    return cosockets.tcp(host, port, local, pool, poolSize, backlog, timeout);
  }

  @Override
  public DatagramSocket connectUdp(String host, int port) {
    refuseOutside();
    return cosockets.udp(host, port);
  }

  @Override
  public Children children() {
    if (service.options().enclosure() != null) {
      throw new NgxFailure("fork failed: Operation not permitted");
    }
    return children;
  }

  private void refuseOutside() {
    if (service.options().enclosure() != null) {
      throw new NgxFailure("connection refused");
    }
  }

  @Override
  public List<String> resolve(String name) {
    return cosockets.addresses(name);
  }

  @Override
  public @Nullable Executor threadPool(String name) {
    return service.threadPools().pool(name);
  }

  @Override
  public int threadMachines() {
    return service.http().lua().workerThreadMachines();
  }

  @Override
  public KeyMaterial keyMaterial() {
    return new PemMaterial();
  }

  @Override
  public SocketDefaults socketDefaults(@Nullable RequestHost request) {
    LuaLocationSettings settings =
        switch (request) {
          case LuaRequest known -> LuaRequest.of(known).location().lua();
          case ClientlessRequest clientless -> clientless.level().lua();
          case null, default -> service.http().root().lua();
        };
    return new SocketDefaults(
        settings.socketConnectTimeout(),
        settings.socketSendTimeout(),
        settings.socketReadTimeout(),
        settings.socketKeepaliveTimeout(),
        settings.socketPoolSize());
  }
}
