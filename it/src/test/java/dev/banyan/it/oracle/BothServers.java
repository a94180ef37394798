package dev.banyan.it.oracle;

import dev.banyan.gateway.Gateway;
import dev.banyan.gateway.GatewayOptions;
import dev.banyan.it.edge.LegacyCopy;
import dev.banyan.it.edge.RealNginx;
import dev.banyan.it.edge.Server;
import dev.banyan.it.process.FreePorts;
import dev.banyan.nginx.NginxConf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * The real nginx and Banyan with the same configuration, each in a folder and at a port of its own.
 */
final class BothServers implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int PIECE = 64 << 10;
  private static final int MOST = 8 << 20;
  private static final Instant WRITTEN = Instant.parse("2024-02-03T04:05:06Z");

  private final Side nginx;
  private final Side banyan;
  private final Server.Running process;
  private final Gateway gateway;

  private BothServers(Side nginx, Side banyan, Server.Running process, Gateway gateway) {
    this.nginx = nginx;
    this.banyan = banyan;
    this.process = process;
    this.gateway = gateway;
  }

  /** One of the two, as its client sees it. */
  private record Side(Path prefix, int port) {
    Answer ask(String request) throws IOException {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return Answer.parse(heard(socket.getInputStream())).map(this::withoutPrefix);
      }
    }

    /** What comes before the connection is closed or is silent for too long, if it ever ends. */
    private static String heard(InputStream in) throws IOException {
      ByteArrayOutputStream octets = new ByteArrayOutputStream();
      byte[] piece = new byte[PIECE];
      try {
        for (int read = in.read(piece); read >= 0 && octets.size() < MOST; read = in.read(piece)) {
          octets.write(piece, 0, read);
        }
      } catch (SocketTimeoutException e) {
        octets.writeBytes("<and then nothing>".getBytes(StandardCharsets.ISO_8859_1));
      }
      return octets.toString(StandardCharsets.ISO_8859_1);
    }

    private String withoutPrefix(String text) {
      String folder = prefix.toString();
      return text.replace(folder, "PREFIX").replace(folder.toUpperCase(Locale.ROOT), "PREFIX");
    }
  }

  /** The answers to one request. */
  record Answers(Answer nginx, Answer banyan) {
    /** With all texts of both changed. */
    Answers map(UnaryOperator<String> change) {
      return new Answers(nginx.map(change), banyan.map(change));
    }
  }

  /**
   * Starts both.
   *
   * @param http the directives of the http block; {@code PORT} stands for the port
   * @param files further files by name
   */
  static BothServers start(Path folder, String http, Map<String, String> files) throws IOException {
    Side nginx = prepared(folder.resolve("nginx-"), http, files);
    Side banyan = prepared(folder.resolve("banyan"), http, files);
    Path conf = banyan.prefix().resolve("nginx.conf");
    Server.Running process = RealNginx.choose().start(new LegacyCopy(nginx.prefix(), nginx.port()));
    try {
      String text = Files.readString(conf, StandardCharsets.ISO_8859_1);
      Gateway gateway =
          Gateway.start(NginxConf.parse(text, conf, banyan.prefix()), GatewayOptions.defaults());
      return new BothServers(nginx, banyan, process, gateway);
    } catch (RuntimeException | IOException e) {
      process.close();
      throw e;
    }
  }

  private static Side prepared(Path prefix, String http, Map<String, String> files)
      throws IOException {
    int port = FreePorts.next();
    Files.createDirectories(prefix.resolve("logs"));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path target = prefix.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getValue(), StandardCharsets.ISO_8859_1);
      Files.setLastModifiedTime(target, FileTime.from(WRITTEN)); // the same on both sides
    }
    String conf =
        "worker_processes 1;\nthread_pool default threads=2;\n"
            + "error_log logs/error.log info;\npid logs/nginx.pid;\n"
            + "env ORACLE=asked;\nevents {}\nhttp {\naccess_log off;\n"
            + "lua_package_path \"$prefix/lua/?.lua;;\";\n"
            + http.replace("PORT", String.valueOf(port))
            + "\n}\n";
    Files.writeString(prefix.resolve("nginx.conf"), conf, StandardCharsets.ISO_8859_1);
    return new Side(prefix, port);
  }

  /** What a client of another protocol makes of both: nginx's first. */
  List<String> each(IntFunction<String> client) {
    return List.of(client.apply(nginx.port()), client.apply(banyan.port()));
  }

  /** Sends the same request to both; {@code PORT} in it stands for each one's port. */
  Answers ask(String request) throws IOException {
    return new Answers(
            nginx.ask(request.replace("PORT", String.valueOf(nginx.port()))),
            banyan.ask(request.replace("PORT", String.valueOf(banyan.port()))))
        .map(this::withoutPorts);
  }

  /** Both ports, for a digest that both answer may hold the digits of one. */
  private String withoutPorts(String text) {
    return text.replace(String.valueOf(nginx.port()), "PORT")
        .replace(String.valueOf(banyan.port()), "PORT");
  }

  @Override
  public void close() throws IOException {
    gateway.close();
    process.close();
  }
}
