package dev.banyan.it.oracle;

import dev.banyan.it.edge.LegacyCopy;
import dev.banyan.it.edge.RealNginx;
import dev.banyan.it.edge.Server;
import dev.banyan.it.process.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What one seed draws: servers that the real nginx accepts, each with requests to it. */
final class Configurations {
  private static final Grammar GRAMMAR =
      Grammar.parse(OracleCase.resource("configurations.grammar"));
  private static final Pattern AT = Pattern.compile("nginx\\.conf:(\\d+)\\R");
  private static final int FIRST_LINE = 100;

  private Configurations() {}

  /** One server with the requests to it. */
  record Drawn(String server, List<String> requests) {
    Drawn {
      requests = List.copyOf(requests);
    }
  }

  /** The servers of a seed, in order; the same for the same seed and numbers. */
  static List<Drawn> draw(long seed, int servers, int requests) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, servers)
        .mapToObj(i -> one("s" + i + ".example", random, requests))
        .toList();
  }

  private static Drawn one(String host, SplittableRandom random, int requests) {
    Grammar.Memory memory = new Grammar.Memory();
    String server = GRAMMAR.draw("server", random, memory).replace("HOST", host);
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      asked.add(
          GRAMMAR.draw("request", random, memory).replace("HOST", host).replace("\\n", "\r\n"));
    }
    return new Drawn("server { " + server + " }", asked);
  }

  /** Those that nginx takes: it is started with all, and without the one that it names. */
  static List<Drawn> accepted(List<Drawn> drawn, Path folder, String http) throws IOException {
    List<Drawn> left = new ArrayList<>(drawn);
    Server nginx = RealNginx.choose();
    Files.createDirectories(folder.resolve("logs"));
    while (true) {
      LegacyCopy copy = new LegacyCopy(folder, FreePorts.next());
      String head = "pid logs/nginx.pid;\nevents {}\nhttp {\naccess_log off;\n" + http;
      int lines = (int) head.lines().count();
      String text =
          head + "\n".repeat(FIRST_LINE - 1 - lines) + String.join("\n", servers(left)) + "\n}\n";
      Files.writeString(
          folder.resolve("nginx.conf"), text.replace("PORT", String.valueOf(copy.port())));
      try (Server.Running _ = nginx.start(copy)) {
        return left;
      } catch (IOException refusal) {
        Matcher at = AT.matcher(String.valueOf(refusal.getMessage()));
        if (!at.find() || Integer.parseInt(at.group(1)) < FIRST_LINE) {
          throw refusal;
        }
        left.remove(Integer.parseInt(at.group(1)) - FIRST_LINE);
      }
    }
  }

  /** The servers alone. */
  static List<String> servers(List<Drawn> drawn) {
    return drawn.stream().map(Drawn::server).toList();
  }

  /** The files that the servers find. */
  static Map<String, String> files() {
    return Map.ofEntries(
        Map.entry("html/a.txt", "file a\n"),
        Map.entry("html/dir/index.html", "index of dir\n"),
        Map.entry("html/dir/b.html", "<b>bee</b>\n"),
        Map.entry("html/dir/sub/c", "c\n"),
        Map.entry("html/50x.html", "fifty\n"),
        Map.entry("html/index.html", "home\n"),
        Map.entry("html/d e/f g.txt", "spaces\n"),
        Map.entry("html/empty", ""),
        Map.entry("html/big.js", "x".repeat(3000) + "\n"),
        Map.entry("html/users", "u:{PLAIN}p\n"));
  }
}
