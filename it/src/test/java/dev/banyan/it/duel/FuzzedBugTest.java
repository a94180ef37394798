package dev.banyan.it.duel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.cli.Banyan;
import dev.banyan.it.process.FreePorts;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.serve.BanyanServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bug that shows where three conditions hold at once, each of which a generated case meets alone:
 * the answer tells nothing before the last one holds, the lines of Lua do.
 */
final class FuzzedBugTest {
  private static final int MUTANTS = 6_000;
  private static final String LUA =
      """
      local M = {}

      local function price(args)
        if args.currency == "chf" then
          if args.rounding == "swiss" then
            if ngx.var.http_x_price_list == "retail" then
              return "PRICE"
            end
          end
        end
        return "19.99"
      end

      function M.content()
        ngx.say(price(ngx.req.get_uri_args()))
      end

      return M
      """;

  private static final String CONF =
      """
      worker_processes 2;
      events { worker_connections 1024; }
      http {
        lua_package_path "$prefix/?.lua;;";
        access_log off;
        server {
          listen PORT;
          location / { content_by_lua_block { require("price").content() } }
        }
      }
      """;

  @TempDir Path folder;
  private final List<String> targets = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private BanyanServer right;
  private BanyanServer wrong;

  @BeforeEach
  void start() throws IOException {
    right = start("right", "20.00");
    wrong = start("wrong", "19.95");
  }

  private BanyanServer start(String name, String price) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    Files.createDirectories(home.resolve("logs"));
    int port = FreePorts.next();
    Files.writeString(home.resolve("price.lua"), LUA.replace("PRICE", price));
    Files.writeString(home.resolve("nginx.conf"), CONF.replace("PORT", "" + port));
    Path yaml = home.resolve("banyan.yaml");
    Files.writeString(yaml, "conf: nginx.conf\nadmin: {listen: \"127.0.0.1:0\"}\n");
    targets.add(name + "=127.0.0.1:" + port);
    return BanyanServer.start(BanyanConfig.load(yaml));
  }

  @AfterEach
  void stop() {
    right.stop(Duration.ZERO);
    wrong.stop(Duration.ZERO);
  }

  private int duel(String... options) {
    out.getBuffer().setLength(0);
    List<String> words = new ArrayList<>(List.of("duel"));
    words.addAll(targets);
    words.addAll(List.of("--timeout", "60s", "--stop-after", "1"));
    words.addAll(List.of(options));
    PrintWriter writer = new PrintWriter(out, true);
    int code = Banyan.run(writer, writer, words.toArray(String[]::new));
    System.out.println(out);
    return code;
  }

  private String generated() {
    return folder.resolve("right/nginx.conf").toString();
  }

  private String coverage() {
    return folder.resolve("right/banyan.yaml").toString();
  }

  private String admin() {
    return "http://127.0.0.1:" + right.adminAddress().getPort();
  }

  @Test
  void theGeneratedSuiteAndMutantsOfItAloneMissIt() {
    assertThat(duel("--generate", generated())).isZero();
    assertThat(duel("--generate", generated(), "--fuzz", "" + MUTANTS, "--seed", "7")).isZero();
    assertThat(out.toString()).contains("no difference");
  }

  @Test
  void mutantsOfWhatReachedNewLinesFindItAndTheCorpusShowsItAgain() {
    String corpus = folder.resolve("corpus.suite").toString();
    int code =
        duel(
            "--generate",
            generated(),
            "--fuzz",
            "" + MUTANTS,
            "--seed",
            "7",
            "--in-flight",
            "1",
            "--coverage",
            coverage(),
            "--admin",
            admin(),
            "--corpus",
            corpus);
    assertThat(code).as(out.toString()).isEqualTo(1);
    assertThat(out.toString())
        .contains("NOT alike", "coverage: ", " lines of Lua, ", " cases kept in " + corpus);
    assertThat(Path.of(corpus)).content().contains("; reaches ", "price.lua:7", "=== mutant ");
    assertThat(duel("--suite", corpus)).as("the corpus alone").isEqualTo(1);
    assertThat(out.toString()).containsPattern("(?m)^\\d cases on right, wrong");
  }

  @Test
  void coverageOfAServerThatIsNotAskedIsNamedAsTheMistake() {
    targets.set(0, targets.get(1).replace("wrong", "other"));
    int code =
        duel(
            "--generate",
            generated(),
            "--fuzz",
            "10",
            "--coverage",
            coverage(),
            "--admin",
            admin());
    assertThat(code).isEqualTo(1);
    assertThat(out.toString()).contains("is the server of --coverage one of those that are asked");
  }

  @Test
  void coverageWithoutFuzzingIsAWrongCommandLine() {
    assertThat(duel("--generate", generated(), "--coverage", coverage())).isEqualTo(2);
    assertThat(out.toString()).contains("--coverage and --corpus belong to --fuzz N");
  }
}
