package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.transport.IoMethod;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A process that may open no further file, which every socket is. */
final class FilesRunOutTest {
  /**
   * Sets this process's limit to what is open, and back to what it was on the next line it reads.
   */
  private static final String LIMIT =
      "was=$(prlimit --pid $PPID --nofile --noheadings --raw --output SOFT)"
          + " && prlimit --pid $PPID --nofile=3: && echo set && read -r _"
          + " && prlimit --pid $PPID --nofile=$was: && echo back";

  @TempDir Path prefix;

  @ParameterizedTest
  @MethodSource("dev.banyan.gateway.EventMethodTest#methods")
  void anOriginThatCantBeConnectedToIsABadGateway(IoMethod method) throws Exception {
    String server =
        "location / { return 200 'own'; } location /far { proxy_pass http://127.0.0.1:PORT/; }"
            + " location /refused { proxy_pass http://127.0.0.1:1; }";
    try (Served served = Served.by(method, prefix, "", server);
        Socket client = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
      client.setSoTimeout(30_000);
      assertThat(ask(client, "/far")).startsWith("HTTP/1.1 200");
      assertThat(ask(client, "/refused")).as("classes are files, too").startsWith("HTTP/1.1 502");
      assertThat(served.awaitLog("error.log", "efused")).as("a log is a file, too").isNotEmpty();
      String answer;
      Process limit = new ProcessBuilder("bash", "-c", LIMIT).start();
      try (BufferedReader said = limit.inputReader();
          OutputStream back = limit.getOutputStream()) {
        assertThat(said.readLine()).isEqualTo("set");
        try {
          answer = ask(client, "/far");
        } finally {
          back.write('\n');
          back.flush();
        }
        assertThat(said.readLine()).isEqualTo("back");
      }
      assertThat(answer).startsWith("HTTP/1.1 502");
      assertThat(served.awaitLog("error.log", "too many open files"))
          .contains("connect() failed (too many open files) while connecting to upstream")
          .doesNotContain("internal fault");
      assertThat(ask(client, "/far")).startsWith("HTTP/1.1 200");
    }
  }

  /** One answer, which one read brings. */
  private static String ask(Socket client, String path) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
    client.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    byte[] answer = new byte[4096];
    int length = client.getInputStream().read(answer);
    return new String(answer, 0, length, StandardCharsets.ISO_8859_1);
  }
}
