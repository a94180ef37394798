package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code proxy_cache} and {@code proxy_store}: what of it a client and the disk see. */
final class ProxyCacheTest {
  private static final String ZONE =
      "lua_shared_dict n 1m; proxy_cache_path cache levels=1:2 keys_zone=one:1m;\n";

  /** Answers with how often it was asked, and does what its arguments say. */
  private static final String ORIGIN =
      """
      location /o/ { content_by_lua_block {
        local n = ngx.shared.n:incr(ngx.var.uri, 1, 0)
        if ngx.var.arg_sleep then ngx.sleep(0.5) end
        local body = "answer " .. n .. "\\n"
        if ngx.var.arg_big then body = body .. string.rep("0123456789", 100000) end
        if ngx.var.arg_liar then
          ngx.header.content_length = #body + 5
          ngx.print(body) ngx.flush(true) ngx.exit(444)
        end
        ngx.header.content_length = #body
        ngx.print(body)
      } }
      location / {
        proxy_pass http://127.0.0.1:PORT/o/; proxy_cache one; proxy_cache_key $uri;
        proxy_cache_valid 200 1h; add_header X-Cache $upstream_cache_status;
      """;

  @TempDir Path prefix;

  private Served served(String more) {
    return Served.server(prefix, ZONE, ORIGIN + more + " }");
  }

  /** The file that nginx would have for the key {@code /a}. */
  private Path fileOfA() {
    return prefix.resolve("cache/5/bf/0639767f3e9eaad729b54037a7e2abf5");
  }

  private List<Path> files() {
    Path folder = prefix.resolve("cache");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      try {
        Thread.sleep(Duration.ofMillis(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void theSecondAnswerComesFromTheCacheAlsoAfterRestartsAndReloads() {
    try (Served served = served("")) {
      assertThat(served.get("/a")).contains("X-Cache: MISS\r\n").endsWith("\r\n\r\nanswer 1\n");
      assertThat(served.get("/a")).contains("X-Cache: HIT\r\n").endsWith("\r\n\r\nanswer 1\n");
      assertThat(files()).containsExactly(fileOfA());
      served
          .gateway()
          .reload(Served.conf(prefix, served.port(), ZONE, ORIGIN + " add_header X-New 1; }"));
      assertThat(served.get("/a")).contains("X-New: 1\r\n").endsWith("\r\n\r\nanswer 1\n");
    }
    try (Served served = served("")) {
      assertThat(served.get("/a")).contains("X-Cache: HIT\r\n").endsWith("\r\n\r\nanswer 1\n");
    }
  }

  @Test
  void anAnswerThatBreaksOffIsNotKept() {
    try (Served served = served("")) {
      assertThat(served.get("/a?liar=1")).contains("X-Cache: MISS\r\n").endsWith("answer 1\n");
      await(() -> files().isEmpty());
      assertThat(served.get("/a")).contains("X-Cache: MISS\r\n").endsWith("answer 2\n");
      assertThat(served.get("/a")).contains("X-Cache: HIT\r\n").endsWith("answer 2\n");
    }
  }

  @Test
  void whoLeavesDoesNotKeepTheAnswerFromBeingKept() throws IOException {
    try (Served served = served("")) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
        String request = "GET /a?sleep=1&big=1 HTTP/1.1\r\nHost: a\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      }
      await(() -> files().equals(List.of(fileOfA())));
      assertThat(served.get("/a")).contains("X-Cache: HIT\r\n").contains("answer 1\n");
    }
  }

  @Test
  void aDamagedFileIsAMissAndTold() throws IOException {
    try (Served served = served("")) {
      served.get("/a");
      Files.writeString(files().getFirst(), "more", StandardOpenOption.APPEND);
      assertThat(served.get("/a")).contains("X-Cache: MISS\r\n").endsWith("answer 2\n");
      Files.writeString(files().getFirst(), "something else");
      assertThat(served.get("/a")).contains("X-Cache: MISS\r\n").endsWith("answer 3\n");
      assertThat(served.get("/a")).contains("X-Cache: HIT\r\n").endsWith("answer 3\n");
      assertThat(served.awaitLog("error.log", "is too small"))
          .contains("cache file \"" + files().getFirst() + "\" is not whole");
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsToldAndRequestsGoOn() throws IOException {
    Files.writeString(prefix.resolve("cache"), "no folder");
    try (Served served = served("")) {
      assertThat(served.get("/a")).contains("X-Cache: MISS\r\n").endsWith("answer 1\n");
      assertThat(served.get("/a")).contains("X-Cache: MISS\r\n").endsWith("answer 2\n");
      assertThat(served.awaitLog("error.log", "an answer can't be written to its file"))
          .contains("[crit]");
    }
  }

  @Test
  void whatWasNotWholeWhenTheProcessEndedIsDeleted() throws IOException {
    Path left = prefix.resolve("cache/0/00/00000000000000000000000000000000.0000000007");
    Path foreign = prefix.resolve("cache/0/00/readme");
    Files.createDirectories(left.getParent());
    Files.writeString(left, "half");
    Files.writeString(foreign, "not ours");
    try (Served served = served("")) {
      await(() -> !Files.exists(left));
      assertThat(foreign).exists();
      assertThat(served.get("/a")).contains("X-Cache: MISS\r\n");
    }
  }

  @Test
  void oneOfManyFetchesWhatAllWaitFor() {
    try (Served served = served("proxy_cache_lock on;")) {
      List<CompletableFuture<String>> all =
          Stream.generate(() -> CompletableFuture.supplyAsync(() -> served.get("/a?sleep=1")))
              .limit(4)
              .toList();
      List<String> answers = all.stream().map(CompletableFuture::join).toList();
      assertThat(answers).allMatch(answer -> answer.endsWith("answer 1\n"));
      assertThat(answers).filteredOn(answer -> answer.contains("X-Cache: MISS")).hasSize(1);
    }
  }

  @Test
  void largeBodiesComeBackWhole() {
    try (Served served = served("")) {
      String first = Served.body(served.get("/a?big=1"));
      assertThat(first).hasSize(1_000_009);
      assertThat(Served.body(served.get("/a"))).isEqualTo(first);
    }
  }

  @Test
  void anAnswerIsStoredAsAFileThatIsServedLater() {
    String server =
        ORIGIN.substring(0, ORIGIN.indexOf("location / {"))
            + "location / { root store; try_files $uri @fetch; }\n"
            + "location @fetch { root store; "
            + " proxy_pass http://127.0.0.1:PORT/o$uri$is_args$args; proxy_store on; proxy_store_access group:r all:r; }";
    try (Served served = Served.server(prefix, ZONE, server)) {
      assertThat(served.get("/x/y")).endsWith("answer 1\n");
      assertThat(prefix.resolve("store/x/y")).hasContent("answer 1");
      assertThat(served.get("/x/y")).endsWith("answer 1\n").contains("ETag: ");
      assertThat(served.get("/liar?liar=1")).endsWith("answer 1\n");
      assertThat(prefix.resolve("store/liar")).doesNotExist();
    }
  }
}
