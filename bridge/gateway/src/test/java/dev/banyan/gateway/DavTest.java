package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changes files keeps them where an older nginx loses them. */
final class DavTest {
  @TempDir Path folder;

  private Served served;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(folder.resolve("html/tree/below"));
    Files.writeString(folder.resolve("html/tree/file"), "kept");
    Files.createDirectories(folder.resolve("html/aliased"));
    Files.writeString(folder.resolve("html/aliased/file"), "kept");
    served =
        Served.server(
            folder,
            "",
            "root html; dav_methods PUT DELETE MKCOL COPY MOVE;"
                + "location /named/ { alias html/aliased/; }");
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private String ask(String method, String target, String field) {
    return served.send(
        method
            + " "
            + target
            + " HTTP/1.1\r\nHost: a\r\n"
            + field
            + "\r\nConnection: close\r\n\r\n");
  }

  private List<String> tree() throws IOException {
    Path html = folder.resolve("html");
    try (Stream<Path> files = Files.walk(html)) {
      return files.map(file -> html.relativize(file).toString()).sorted().toList();
    }
  }

  @Test
  void nothingIsCopiedOrMovedOntoItself() throws IOException {
    List<String> before = tree();
    for (String method : List.of("COPY", "MOVE")) {
      for (String name : List.of("/tree/file", "/tree//file", "/tree/./file", "/tree/")) {
        String source = name.endsWith("/") ? name : "/tree/file";
        assertThat(ask(method, source, "Destination: " + name.replace("./", "")))
            .startsWith("HTTP/1.1 403");
      }
      assertThat(ask(method, "/tree/", "Destination: /tree/below/x/")).startsWith("HTTP/1.1 403");
      assertThat(ask(method, "/tree/below/", "Destination: /tree/")).startsWith("HTTP/1.1 403");
    }
    assertThat(tree()).isEqualTo(before);
    assertThat(folder.resolve("html/tree/file")).hasContent("kept");
  }

  @Test
  void anAliasIsNotLeft() throws IOException {
    List<String> before = tree();
    assertThat(ask("COPY", "/named/file", "Destination: /tree/other")).startsWith("HTTP/1.1 400");
    assertThat(ask("MOVE", "/named/file", "Destination: /n")).startsWith("HTTP/1.1 400");
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void aNameThatNoFileCanHaveHereIsRefused() throws IOException {
    List<String> before = tree();
    assertThat(
            served.send(
                "PUT /tree/%FF HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n"
                    + "Connection: close\r\n\r\nx"))
        .startsWith("HTTP/1.1 500");
    assertThat(ask("MKCOL", "/tree/%FF/", "X: y")).startsWith("HTTP/1.1 500");
    assertThat(ask("COPY", "/tree/file", "Destination: /tree/%FE")).startsWith("HTTP/1.1 500");
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void whatIsSpooledIsNotLeftBehind() throws IOException {
    String answer =
        served.send(
            "PUT /none/a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                + "Connection: close\r\n\r\nhello");
    assertThat(answer).startsWith("HTTP/1.1 500");
    try (Stream<Path> spooled = Files.list(folder.resolve("client_body_temp"))) {
      assertThat(spooled).isEmpty();
    }
  }
}
