package dev.banyan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command that is newer than the Banyan that it asks. */
final class OlderServerTest {
  @TempDir Path folder;

  @Test
  void aPathThatTheServerDoesNotKnowIsToldAsAnotherVersion() throws IOException {
    HttpServer older =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    older.createContext(
        "/",
        call -> {
          byte[] answer =
              "{\"error\": \"no such path: see docs/admin-api.md\"}"
                  .getBytes(StandardCharsets.US_ASCII);
          call.sendResponseHeaders(404, answer.length);
          call.getResponseBody().write(answer);
          call.close();
        });
    older.start();
    try {
      Path token = Files.writeString(folder.resolve("token"), "secret");
      StringWriter said = new StringWriter();
      PrintWriter out = new PrintWriter(said, true);
      int code =
          Banyan.run(
              out,
              out,
              "modules",
              "--token-file",
              token.toString(),
              "--admin",
              "http://127.0.0.1:" + older.getAddress().getPort());
      assertThat(said.toString()).contains("another version", "banyan --version");
      assertThat(code).isEqualTo(4);
    } finally {
      older.stop(0);
    }
  }
}
