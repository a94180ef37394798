package dev.banyan.server.serve;

import dev.banyan.server.admin.AdminServer;
import dev.banyan.server.admin.AdminToken;
import dev.banyan.server.admin.ControlRoom;
import dev.banyan.server.config.AdminConfig;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.config.ConfigException;
import dev.banyan.server.config.ConfigProblem;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Thread-safe: where the admin listener is, which only one of two processes may have. */
final class AdminPlace {
  private static final Logger LOG = LoggerFactory.getLogger(AdminPlace.class);

  /** How long the process that has it may take to let it go. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration STEP = Duration.ofMillis(10);

  private final BanyanConfig config;
  private final AdminToken token;
  private final ControlRoom room;
  private @Nullable AdminServer server;

  AdminPlace(BanyanConfig config, AdminToken token, ControlRoom room) {
    this.config = config;
    this.token = token;
    this.room = room;
  }

  /**
   * Listens.
   *
   * @throws ConfigException when the address can't be had
   */
  synchronized void open() {
    try {
      server = start();
    } catch (IOException e) {
      throw problem(e);
    }
  }

  /** As {@link #open}, where another process is just about to let the address go. */
  synchronized void openBehind() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (server == null) {
      try {
        server = start();
      } catch (BindException e) {
        if (System.nanoTime() > end || !pause()) {
          throw problem(e);
        }
      } catch (IOException e) {
        throw problem(e);
      }
    }
  }

  /** As {@link #openBehind}, where serving goes on without it. */
  void openAgain() {
    try {
      openBehind();
    } catch (ConfigException e) {
      LOG.error("the admin listener is gone until the next start: {}", e.getMessage());
    }
  }

  private AdminServer start() throws IOException {
    AdminConfig admin = config.admin();
    return AdminServer.start(new InetSocketAddress(admin.host(), admin.port()), token, room);
  }

  private static boolean pause() {
    try {
      Thread.sleep(STEP);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private ConfigException problem(IOException e) {
    AdminConfig admin = config.admin();
    return new ConfigException(
        List.of(
            new ConfigProblem(
                config.file(),
                0,
                "the admin address "
                    + admin.host()
                    + ":"
                    + admin.port()
                    + " can't be had ("
                    + e.getMessage()
                    + "): stop what listens there or change \"listen\" of \"admin\"")));
  }

  /** Where it is. */
  synchronized InetSocketAddress address() {
    AdminServer now = server;
    if (now == null) {
      throw new IllegalStateException("the admin listener isn't open");
    }
    return now.address();
  }

  synchronized void close() {
    AdminServer now = server;
    server = null;
    if (now != null) {
      now.close();
    }
  }
}
