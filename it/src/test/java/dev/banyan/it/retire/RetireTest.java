package dev.banyan.it.retire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.banyan.cli.Banyan;
import dev.banyan.it.edge.AdminClient;
import dev.banyan.it.edge.LegacyCopy;
import dev.banyan.it.origin.OriginGroup;
import dev.banyan.it.process.FreePorts;
import dev.banyan.it.traffic.Tokens;
import dev.banyan.it.wire.RawAnswer;
import dev.banyan.it.wire.RawClient;
import dev.banyan.server.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RetireTest {
  private static final String MODULE = "edge.token_auth";
  private static final String SECRET = "s3cret-t001-9e3779b1";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  private record Said(int code, String text) {}

  private static Said banyan(String... words) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out, true);
    int code = Banyan.run(writer, writer, words);
    return new Said(code, out.toString());
  }

  private static Said retire(dev.banyan.it.edge.Banyan.Run run, LegacyCopy legacy) {
    return banyan(
        "retire",
        MODULE,
        "--admin",
        "http://127.0.0.1:" + run.server().adminAddress().getPort(),
        "--token-file",
        legacy.prefix().resolve("state/admin-token").toString());
  }

  private static Said check(LegacyCopy legacy) {
    return banyan("check", "--config", legacy.prefix().resolve("banyan.yaml").toString());
  }

  private static List<String> requests() {
    String good = Tokens.sign("ann", Tokens.FAR, "read", SECRET);
    String writer = Tokens.sign("bob", Tokens.FAR, "read+write+admin", SECRET);
    List<String> requests = new ArrayList<>();
    requests.add("GET /api/1/things HTTP/1.1\r\n");
    for (String token : List.of(good, writer, good + "0", "v1.x.1.read.00", "nonsense")) {
      for (String target : List.of("/api/1/things", "/api/1/admin", "/write/x", "/else")) {
        requests.add("GET " + target + " HTTP/1.1\r\nAuthorization: Bearer " + token + "\r\n");
      }
    }
    String form = "user=eve&expires=4102444800&scopes=read";
    requests.add(
        "POST /edge/token HTTP/1.1\r\nX-Edge-Key: issue-t001\r\nContent-Type:"
            + " application/x-www-form-urlencoded\r\nContent-Length: "
            + form.length()
            + "\r\n#"
            + form);
    return requests;
  }

  /** What each request got: status, fields without the date, body. */
  private static List<String> answers(InetSocketAddress address) throws IOException {
    List<String> answers = new ArrayList<>();
    int user = 0;
    for (String request : requests()) {
      int body = request.indexOf('#');
      String head = body < 0 ? request : request.substring(0, body);
      String rest = body < 0 ? "" : request.substring(body + 1);
      String whole =
          head
              + "Host: t001.example.com\r\nUser-Agent: Mozilla/5.0 (X11) Firefox/99\r\n"
              + "X-Forwarded-For: 10.9.0."
              + user++
              + "\r\n\r\n"
              + rest;
      try (RawClient client = RawClient.connect(address, PATIENCE)) {
        String method = whole.substring(0, whole.indexOf(' '));
        RawAnswer answer = client.exchange(whole.getBytes(StandardCharsets.ISO_8859_1), method);
        answers.add(
            answer.head().toString().replaceAll("Date[^\\]]*?GMT", "Date") + answer.body().text());
      }
    }
    return answers;
  }

  @Test
  void aModuleIsProvenThenDeletedAndEveryAnswerStaysTheSame() throws IOException {
    try (OriginGroup origins = OriginGroup.recording()) {
      LegacyCopy legacy = LegacyCopy.make(folder, FreePorts.next(), origins.ports());
      List<String> before = upToTheProof(legacy);
      Files.delete(legacy.prefix().resolve("lua/edge/token_auth.lua"));

      assertThat(check(legacy))
          .isEqualTo(new Said(0, legacy.prefix().resolve("banyan.yaml") + ": no problem found\n"));
      try (dev.banyan.it.edge.Banyan.Run run = new Retiring(MODULE).start(legacy)) {
        assertThat(answers(run.address())).isEqualTo(before);
        AdminClient admin = run.admin();
        assertThat(retire(run, legacy).text()).contains("is retired: it has no Lua file any more");
        for (String mode : List.of("lua", "shadow")) {
          assertThatThrownBy(() -> admin.flag(MODULE, mode, "to go back"))
              .hasMessageContaining("has no Lua file any more")
              .hasMessageContaining("put the file back and reload");
        }
        assertThatThrownBy(() -> admin.rollback(MODULE, "to go back"))
            .hasMessageContaining("has no Lua file any more");
        assertThat(answers(run.address()).getFirst()).isEqualTo(before.getFirst());
      }
      aFlagThatNeedsLuaKeepsItFromStarting(legacy);
    }
  }

  /** Brings the module from shadow to java until the command says yes; Lua's answers all along. */
  private static List<String> upToTheProof(LegacyCopy legacy) throws IOException {
    try (dev.banyan.it.edge.Banyan.Run run = new Retiring(MODULE).start(legacy)) {
      List<String> luas = answers(run.address());
      AdminClient admin = run.admin();
      await()
          .atMost(PATIENCE)
          .until(() -> admin.get("/api/v1/modules/" + MODULE).at("/parity/compared").asInt() > 20);
      Said early = retire(run, legacy);
      assertThat(early.code()).isEqualTo(1);
      assertThat(early.text())
          .containsPattern("MISSING +flag +shadow, not java for everyone")
          .containsPattern("HOLDS +parity +\\d+ calls compared, 0 different")
          .contains("may not be retired yet");
      admin.flag(MODULE, "java", "parity holds");
      assertThat(retire(run, legacy).text()).containsPattern("MISSING +calls +none since");
      assertThat(answers(run.address())).isEqualTo(luas);
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(retire(run, legacy).code()).isZero());
      Said late = retire(run, legacy);
      System.out.println(late.text());
      assertThat(late.text())
          .contains("may be retired: delete " + legacy.prefix().resolve("lua/edge/token_auth.lua"))
          .containsPattern("NOTE +never exercised +not known which of its lines no call reaches")
          .containsPattern("HOLDS +fallbacks to Lua +0 in that time")
          .containsPattern("NOTE +who uses it +edge.init \\(init.lua:18\\) requires it by a name");
      return luas;
    }
  }

  private static void aFlagThatNeedsLuaKeepsItFromStarting(LegacyCopy legacy) throws IOException {
    Path flags = legacy.prefix().resolve("state/flags.json");
    Files.delete(flags); // banyan.yaml says shadow
    assertThatThrownBy(() -> new Retiring(MODULE).start(legacy).close())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("has no Lua file in lua_package_path, and its flag is shadow");
    assertThat(check(legacy).code()).isEqualTo(1);
  }
}
