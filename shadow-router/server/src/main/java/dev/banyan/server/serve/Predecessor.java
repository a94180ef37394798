package dev.banyan.server.serve;

import dev.banyan.gateway.GatewayException;
import dev.banyan.transport.InheritedSockets;
import dev.banyan.transport.ProcessLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the thread that starts a server: whoever listened on its addresses before it. That is
 * nobody, a service manager, or a process that hands over and goes on until this one is ready.
 */
public final class Predecessor {
  /** The environment's name for the path at which the process that hands over is called. */
  static final String VARIABLE = "BANYAN_HANDOVER";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final @Nullable ProcessLine line;
  private final long pid;
  private final InheritedSockets sockets;

  private Predecessor(@Nullable ProcessLine line, long pid, InheritedSockets sockets) {
    this.line = line;
    this.pid = pid;
    this.sockets = sockets;
  }

  /** Nobody. */
  public static Predecessor none() {
    return new Predecessor(null, 0, InheritedSockets.none());
  }

  /**
   * Who the environment of this process names.
   *
   * @throws IOException when it hands over no sockets
   */
  public static Predecessor of(Map<String, String> environment) throws IOException {
    String place = environment.get(VARIABLE);
    if (place == null || place.isEmpty()) {
      return new Predecessor(null, 0, InheritedSockets.passed(environment));
    }
    int colon = place.indexOf(':');
    ProcessLine line = ProcessLine.call(Path.of(place.substring(colon + 1)));
    long pid = Long.parseLong(place.substring(0, colon));
    return new Predecessor(line, pid, InheritedSockets.of(line.take(patience())));
  }

  /** The sockets that are to be accepted on. */
  InheritedSockets sockets() {
    return sockets;
  }

  /** Whether a process hands over to this one. */
  boolean isProcess() {
    return line != null;
  }

  /** The number of that process. */
  long pid() {
    return pid;
  }

  /**
   * Tells it that all is ready here, and waits until it holds nothing but its connections.
   *
   * @throws GatewayException when it doesn't hand over any more
   */
  void awaitLettingGo() {
    if (line == null) {
      return;
    }
    try {
      line.say(ProcessLine.Word.READY);
      if (!line.hears(ProcessLine.Word.YOURS, patience())) {
        throw gone(null);
      }
    } catch (IOException e) {
      throw gone(e);
    }
  }

  /**
   * Tells it that this process accepts.
   *
   * @throws GatewayException when it doesn't hand over any more
   */
  void serving() {
    if (line == null) {
      return;
    }
    try (line) {
      line.say(ProcessLine.Word.SERVING);
    } catch (IOException e) {
      throw gone(e);
    }
  }

  private GatewayException gone(@Nullable IOException cause) {
    String what = "the process " + pid + " doesn't hand over any more";
    return cause == null ? new GatewayException(what) : new GatewayException(what, cause);
  }

  private static BooleanSupplier patience() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    return () -> System.nanoTime() - end > 0;
  }
}
