package dev.banyan.gateway;

import dev.banyan.gateway.path.NewPath;
import dev.banyan.gateway.trace.Tracing;
import dev.banyan.lua.seam.SeamSwitch;
import dev.banyan.transport.InheritedSockets;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway is told besides its nginx.conf.
 *
 * @param workers the most worker loops; {@code worker_processes} may ask for fewer
 * @param product the name and version that the Server field and nginx's pages show, which legacy
 *     clients may compare
 * @param luaDeadline how long one entry into Lua may compute, null for no bound
 * @param clock the time
 * @param stderr where {@code error_log stderr} goes
 * @param seam what stands behind the modules that Lua requires; null leaves them alone
 * @param path what may be served without Lua; null for nothing
 * @param tracing who traces requests; null for nobody
 * @param inherited sockets that somebody else listens on, for this gateway to accept from
 * @param idleTask run on workers' threads, again and again while no request is under way; it must
 *     take no longer than a request may wait; null for nothing
 * @param enclosure keeps it from touching anything outside; null for a gateway that serves
 */
public record GatewayOptions(
    int workers,
    String product,
    @Nullable Duration luaDeadline,
    Clock clock,
    PrintStream stderr,
    @Nullable SeamSwitch seam,
    @Nullable NewPath path,
    @Nullable Tracing tracing,
    InheritedSockets inherited,
    @Nullable Runnable idleTask,
    @Nullable Enclosure enclosure) {
  /** What nginx 1.22.1 calls itself. */
  public static final String NGINX = "nginx/1.22.1";

  /** One worker a processor, nginx's name, no seam, all in Lua. */
  public static GatewayOptions defaults() {
    return new GatewayOptions(
        Runtime.getRuntime().availableProcessors(),
        NGINX,
        Duration.ofSeconds(60),
        Clock.systemUTC(),
        System.err,
        null,
        null,
        null,
        InheritedSockets.none(),
        null,
        null);
  }

  /** The same with another bound on workers. */
  public GatewayOptions withWorkers(int most) {
    return new GatewayOptions(
        most,
        product,
        luaDeadline,
        clock,
        stderr,
        seam,
        path,
        tracing,
        inherited,
        idleTask,
        enclosure);
  }

  /** The same, writing {@code error_log stderr} there. */
  public GatewayOptions withStderr(PrintStream other) {
    return new GatewayOptions(
        workers,
        product,
        luaDeadline,
        clock,
        other,
        seam,
        path,
        tracing,
        inherited,
        idleTask,
        enclosure);
  }

  /** The same with a seam. */
  public GatewayOptions withSeam(@Nullable SeamSwitch behind) {
    return new GatewayOptions(
        workers,
        product,
        luaDeadline,
        clock,
        stderr,
        behind,
        path,
        tracing,
        inherited,
        idleTask,
        enclosure);
  }

  /** The same with a path without Lua, which needs a seam. */
  public GatewayOptions withPath(NewPath without) {
    return new GatewayOptions(
        workers,
        product,
        luaDeadline,
        clock,
        stderr,
        seam,
        without,
        tracing,
        inherited,
        idleTask,
        enclosure);
  }

  /** The same, traced. */
  public GatewayOptions withTracing(@Nullable Tracing by) {
    return new GatewayOptions(
        workers,
        product,
        luaDeadline,
        clock,
        stderr,
        seam,
        path,
        by,
        inherited,
        idleTask,
        enclosure);
  }

  /** The same, accepting on these where the configuration listens there. */
  public GatewayOptions withInherited(InheritedSockets from) {
    return new GatewayOptions(
        workers,
        product,
        luaDeadline,
        clock,
        stderr,
        seam,
        path,
        tracing,
        from,
        idleTask,
        enclosure);
  }

  /** The same at this time. */
  public GatewayOptions withClock(Clock other) {
    return new GatewayOptions(
        workers,
        product,
        luaDeadline,
        other,
        stderr,
        seam,
        path,
        tracing,
        inherited,
        idleTask,
        enclosure);
  }

  /** The same, with something to do while no request is under way. */
  public GatewayOptions withIdleTask(@Nullable Runnable task) {
    return new GatewayOptions(
        workers,
        product,
        luaDeadline,
        clock,
        stderr,
        seam,
        path,
        tracing,
        inherited,
        task,
        enclosure);
  }

  /** The same, shut off from everything outside. */
  public GatewayOptions withEnclosure(Enclosure within) {
    return new GatewayOptions(
        workers,
        product,
        luaDeadline,
        clock,
        stderr,
        seam,
        path,
        tracing,
        inherited,
        idleTask,
        within);
  }
}
