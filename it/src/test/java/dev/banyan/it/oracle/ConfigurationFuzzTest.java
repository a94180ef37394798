package dev.banyan.it.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.it.edge.LegacyCopy;
import dev.banyan.it.edge.RealNginx;
import dev.banyan.it.edge.Server;
import dev.banyan.it.process.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Configurations and requests that nobody thought of: whatever of them nginx accepts, Banyan serves
 * alike. {@code -Dbanyan.fuzz.seeds=100-120} plays other seeds than those kept here.
 */
final class ConfigurationFuzzTest {
  private static final int SERVERS = 40;
  private static final int REQUESTS = 12;

  @TempDir Path folder;

  static LongStream seeds() {
    String[] range = System.getProperty("banyan.fuzz.seeds", "1-2").split("-");
    return LongStream.rangeClosed(
        Long.parseLong(range[0]), Long.parseLong(range[range.length - 1]));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatNginxAcceptsIsServedAlike(long seed) throws IOException {
    LegacyCopy at = new LegacyCopy(folder.resolve("origin"), FreePorts.next());
    try (Server.Running _ = origin(at)) {
      String http = OracleCase.resource("fuzz.conf").replace("ORIGIN", String.valueOf(at.port()));
      List<Configurations.Drawn> drawn =
          Configurations.draw(seed, SERVERS, REQUESTS).stream()
              .map(one -> to(one, at.port()))
              .toList();
      List<Configurations.Drawn> accepted =
          Configurations.accepted(drawn, folder.resolve("tried"), http);
      assertThat(accepted).as("servers that nginx takes").hasSizeGreaterThan(SERVERS / 2);
      String servers = String.join("\n", Configurations.servers(accepted));
      try (BothServers both = BothServers.start(folder, http + servers, Configurations.files())) {
        List<String> differences = new ArrayList<>();
        for (Configurations.Drawn one : accepted) {
          differences.addAll(differences(both, one));
        }
        System.out.printf(
            "configurations of seed %d: %d servers of %d accepted by nginx, %d requests, %d differ%n",
            seed, accepted.size(), SERVERS, accepted.size() * REQUESTS, differences.size());
        assertThat(differences).isEmpty();
      }
    }
  }

  private static Configurations.Drawn to(Configurations.Drawn one, int origin) {
    return new Configurations.Drawn(
        one.server().replace("ORIGIN", String.valueOf(origin)), one.requests());
  }

  private static Server.Running origin(LegacyCopy at) throws IOException {
    Files.createDirectories(at.prefix().resolve("logs"));
    String conf = OracleCase.resource("fuzz-origin.conf").replace("PORT", "" + at.port());
    Files.writeString(
        at.prefix().resolve("nginx.conf"),
        "pid logs/nginx.pid;\nevents {}\nhttp {\naccess_log off;\n" + conf + "\n}\n");
    return RealNginx.choose().start(at);
  }

  /**
   * What differs, unless nginx answers the same request differently itself, or in a way that no
   * client could read: a late {@code 100 Continue}, or what a body filter adds to a 304. When
   * echo's handlers ask for a body that a client waits with isn't compared.
   */
  private static List<String> differences(BothServers both, Configurations.Drawn drawn)
      throws IOException {
    List<String> differences = new ArrayList<>();
    for (String request : drawn.requests()) {
      BothServers.Answers answers = both.ask(request);
      if (!answers.banyan().equals(answers.nginx())
          && !answers.nginx().broken()
          && !(request.contains("Expect:") && drawn.server().contains("echo"))
          && both.ask(request).nginx().equals(answers.nginx())) {
        differences.add(
            "%n%s%n%s%nnginx:  %s%nbanyan: %s%n"
                .formatted(drawn.server(), request.strip(), answers.nginx(), answers.banyan()));
      }
    }
    return differences;
  }
}
