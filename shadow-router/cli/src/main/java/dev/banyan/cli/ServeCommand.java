package dev.banyan.cli;

import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.config.ConfigException;
import dev.banyan.server.serve.BanyanServer;
import dev.banyan.server.serve.BareServer;
import dev.banyan.server.serve.Serving;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "serve",
    description = "Serves in the foreground until SIGTERM; SIGHUP reads the nginx.conf again.")
final class ServeCommand implements Callable<Integer> {
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
    BanyanServer server = Problems.orFail(() -> BanyanServer.start(loaded));
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

  private int bare() {
    if (nginx.test || nginx.dump) {
      return NginxTest.run(nginx, out(), spec.commandLine().getErr());
    }
    if (nginx.signal != null) {
      return NginxSignal.send(nginx.source(), nginx.signal);
    }
    BareServer server = Problems.orFail(() -> BareServer.start(nginx.source()));
    announce(server);
    return untilStopped(server, BARE_DRAIN);
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
    try (Signals signals = Signals.listen();
        HeapPace _ = HeapPace.start()) {
      while (true) {
        switch (signals.next()) {
          case RELOAD -> reload(server);
          case REOPEN -> server.reopenLogs();
          case QUIT -> {
            server.stop(drain);
            return ExitCodes.OK;
          }
          case STOP -> {
            server.stop(Duration.ZERO);
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
