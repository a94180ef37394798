package dev.banyan.gateway;

import dev.banyan.gateway.path.NewPath;
import dev.banyan.gateway.trace.Tracing;
import dev.banyan.lua.seam.SeamSwitch;
import dev.banyan.transport.InheritedSockets;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
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
    return with(all -> all.workers = most);
  }

  /** The same, writing {@code error_log stderr} there. */
  public GatewayOptions withStderr(PrintStream other) {
    return with(all -> all.stderr = other);
  }

  /** The same with a seam. */
  public GatewayOptions withSeam(@Nullable SeamSwitch behind) {
    return with(all -> all.seam = behind);
  }

  /** The same with a path without Lua, which needs a seam. */
  public GatewayOptions withPath(NewPath without) {
    return with(all -> all.path = without);
  }

  /** The same, traced. */
  public GatewayOptions withTracing(@Nullable Tracing by) {
    return with(all -> all.tracing = by);
  }

  /** The same, accepting on these where the configuration listens there. */
  public GatewayOptions withInherited(InheritedSockets from) {
    return with(all -> all.inherited = from);
  }

  /** The same at this time. */
  public GatewayOptions withClock(Clock other) {
    return with(all -> all.clock = other);
  }

  /** The same, with something to do while no request is under way. */
  public GatewayOptions withIdleTask(@Nullable Runnable task) {
    return with(all -> all.idleTask = task);
  }

  /** The same, shut off from everything outside. */
  public GatewayOptions withEnclosure(Enclosure within) {
    return with(all -> all.enclosure = within);
  }

  private GatewayOptions with(Consumer<Changes> change) {
    Changes all = new Changes(this);
    change.accept(all);
    return all.made();
  }

  /** The same options while one of them changes. */
  private static final class Changes {
    private final GatewayOptions before;
    private int workers;
    private Clock clock;
    private PrintStream stderr;
    private @Nullable SeamSwitch seam;
    private @Nullable NewPath path;
    private @Nullable Tracing tracing;
    private InheritedSockets inherited;
    private @Nullable Runnable idleTask;
    private @Nullable Enclosure enclosure;

    Changes(GatewayOptions before) {
      this.before = before;
      workers = before.workers;
      clock = before.clock;
      stderr = before.stderr;
      seam = before.seam;
      path = before.path;
      tracing = before.tracing;
      inherited = before.inherited;
      idleTask = before.idleTask;
      enclosure = before.enclosure;
    }

    GatewayOptions made() {
      return new GatewayOptions(
          workers,
          before.product,
          before.luaDeadline,
          clock,
          stderr,
          seam,
          path,
          tracing,
          inherited,
          idleTask,
          enclosure);
    }
  }
}
