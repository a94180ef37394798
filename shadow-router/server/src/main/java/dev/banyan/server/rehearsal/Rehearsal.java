package dev.banyan.server.rehearsal;

import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.serve.BanyanServer;
import dev.banyan.server.serve.BareServer;
import dev.banyan.server.serve.ConfSource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A start, some requests in each mode and a stop in a temporary folder: what a JVM that records an
 * ahead-of-time cache should see. What isn't used here is read, checked and linked at each start.
 */
public final class Rehearsal {
  /** The module of its configuration. */
  public static final String MODULE = "rehearsal";

  private static final int ROUNDS = 20;
  private static final int PATIENCE_MILLIS = 10_000;

  private Rehearsal() {}

  /**
   * Plays it once.
   *
   * @param steering puts {@link #MODULE} into a mode, given the configuration's file, while the
   *     server runs
   * @throws IOException when a request isn't answered as it should be
   */
  public static void play(BiConsumer<Path, String> steering) throws IOException {
    try (RehearsalFolder folder = RehearsalFolder.create()) {
      int port = freePort();
      Path config = folder.write(port, freePort());
      BanyanServer server = BanyanServer.start(BanyanConfig.load(config));
      for (String mode : List.of("java", "shadow", "lua")) {
        steering.accept(config, mode);
        call(server, port);
      }
      server.reload();
      server.stop(Duration.ZERO);
      BareServer bare = BareServer.start(new ConfSource(folder.conf(), folder.path(), ""));
      bare.stop(Duration.ZERO);
    }
  }

  private static void call(BanyanServer server, int port) throws IOException {
    int admin = server.adminAddress().getPort();
    String token = server.token().value();
    for (int round = 0; round < ROUNDS; round++) {
      for (String target : List.of("/some/where?x=1", "/answer", "/words", "/ported")) {
        expect(200, port, target, token);
      }
      expect(301, port, "/moved", token);
      expect(403, port, "/?stop=1", token);
      expect(403, port, "/ported?stop=1", token);
      for (String target : List.of("/", "/metrics", "/api/v1/status", "/api/v1/modules")) {
        expect(200, admin, target, token);
      }
    }
  }

  /**
   * A request in plain octets: what a client of the JDK's loads, most of it for TLS, would be a
   * sixth of the cache and no server needs it.
   */
  private static void expect(int status, int port, String target, String token) throws IOException {
    String request =
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
            .formatted(target, port, token);
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      if (!answer.startsWith("HTTP/1.1 " + status + " ")) {
        throw new IOException(target + " is to be answered by " + status + ", but got: " + answer);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
