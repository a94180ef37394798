package dev.banyan.cli;

import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.config.ConfigException;
import dev.banyan.server.serve.BanyanServer;
import dev.banyan.server.serve.BareServer;
import dev.banyan.server.serve.CannotHandOver;
import dev.banyan.server.serve.Handover;
import dev.banyan.server.serve.Predecessor;
import dev.banyan.server.serve.Serving;
import dev.banyan.transport.ServiceManager;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "serve",
    description = {
      "Serves in the foreground until SIGTERM; SIGHUP reads the nginx.conf again,",
      "SIGUSR2 starts the program anew and hands over to it."
    })
final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);
  private static final Duration BARE_DRAIN = Duration.ofSeconds(30);

  @Mixin NginxOptions nginx = new NginxOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "${BANYAN_CONFIG:-banyan.yaml}",
      description = "The configuration to serve (default: ${DEFAULT-VALUE}).")
  Path config = Path.of("banyan.yaml");

  @Override
  public Integer call() {
    if (nginx.isBare()) {
      return bare();
    }
    BanyanConfig loaded = load(config);
    Predecessor former = former();
    try (HeapPace pace = HeapPace.start()) {
      BanyanServer server =
          Problems.orFail(() -> BanyanServer.start(loaded, former, pace.idleTask()));
      announce(server);
      InetSocketAddress admin = server.adminAddress();
      out()
          .println(
              "banyan: dashboard http://"
                  + admin.getHostString()
                  + ":"
                  + admin.getPort()
                  + "/ (token in "
                  + loaded.admin().tokenFile()
                  + ")");
      return untilStopped(server, loaded.drainTimeout());
    }
  }

  private int bare() {
    if (nginx.test || nginx.dump) {
      return NginxTest.run(nginx, out(), spec.commandLine().getErr());
    }
    if (nginx.signal != null) {
      return nginx.signal.equals("upgrade")
          ? Upgrade.ask(nginx.source(), out())
          : NginxSignal.send(nginx.source(), nginx.signal);
    }
    Predecessor former = former();
    try (HeapPace pace = HeapPace.start()) {
      BareServer server =
          Problems.orFail(() -> BareServer.start(nginx.source(), former, pace.idleTask()));
      announce(server);
      return untilStopped(server, BARE_DRAIN);
    }
  }

  private static Predecessor former() {
    try {
      return Predecessor.of(System.getenv());
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCodes.PROBLEM,
          "the sockets that this process was to take can't be had: " + e.getMessage());
    }
  }

  private static BanyanConfig load(Path file) {
    return Problems.orFail(() -> BanyanConfig.load(file));
  }

  private void announce(Serving server) {
    String addresses =
        server.addresses().stream()
            .map(address -> address.getHostString() + ":" + address.getPort())
            .collect(Collectors.joining(", "));
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    double seconds = (System.currentTimeMillis() - started) / 1000.0;
    out()
        .println(
            String.format(
                Locale.ROOT,
                "banyan: serving on %s (%s, ready in %.2f s)",
                addresses,
                server.eventMethod(),
                seconds));
  }

  private int untilStopped(Serving server, Duration drain) {
    try (Signals signals = Signals.listen()) {
      tell("READY=1");
      while (true) {
        switch (signals.next()) {
          case RELOAD -> reload(server);
          case REOPEN -> server.reopenLogs();
          case UPGRADE -> {
            if (handsOver(server, signals)) {
              return atLast(() -> server.leave(drain), server, signals);
            }
          }
          case QUIT -> {
            tell("STOPPING=1");
            return atLast(() -> server.stop(drain), server, signals);
          }
          case STOP -> {
            server.stop(Duration.ZERO);
            return ExitCodes.OK;
          }
          case ENDED -> {
            return ExitCodes.OK;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      server.stop(Duration.ZERO);
      return ExitCodes.PROBLEM;
    }
  }

  /** Lets what runs come to its end, as long as no signal ends that, too. */
  private static int atLast(Runnable ending, Serving server, Signals signals)
      throws InterruptedException {
    Thread thread =
        Thread.ofPlatform()
            .name("banyan-end")
            .start(() -> {
              try {
                ending.run();
              } finally {
                signals.ended();
              }
            });
    while (true) {
      switch (signals.next()) {
        case REOPEN -> server.reopenLogs();
        case STOP -> thread.interrupt();
        case ENDED -> {
          return ExitCodes.OK;
        }
        case RELOAD, UPGRADE, QUIT -> {
          // it ends already
        }
      }
    }
  }

  private boolean handsOver(Serving server, Signals signals) {
    long begun = System.nanoTime();
    long own = ProcessHandle.current().pid();
    try {
      List<String> command = Upgrade.command(spec);
      ProcessHandle next = new Handover(server, command, signals::endIsAsked).run();
      tell("MAINPID=" + next.pid());
      out()
          .println(
              String.format(
                  Locale.ROOT,
                  "banyan: process %d has handed over to process %d after %.2f s and ends when its requests have",
                  own,
                  next.pid(),
                  (System.nanoTime() - begun) / 1e9));
      return true;
    } catch (CannotHandOver | RuntimeException e) { // whatever it is, requests go on
      spec.commandLine()
          .getErr()
          .println("banyan: process " + own + " goes on serving: " + e.getMessage());
      return false;
    }
  }

  private static void tell(String news) {
    try {
      ServiceManager.tell(System.getenv(ServiceManager.VARIABLE), news);
    } catch (IOException e) {
      LOG.warn("the service manager can't be told {}: {}", news, e.getMessage());
    }
  }

  private void reload(Serving server) {
    try {
      server.reload();
      out().println("banyan: configuration reloaded");
    } catch (ConfigException e) {
      spec.commandLine()
          .getErr()
          .println("banyan: the present configuration goes on: " + e.getMessage());
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
