package dev.banyan.gateway;

import dev.banyan.gateway.path.NewPath;
import dev.banyan.lua.seam.SeamSwitch;
import dev.banyan.nginx.NginxConf;
import dev.banyan.transport.IoMethod;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway on free ports with a folder of its own, spoken to by raw sockets. */
final class Served implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final int FIRST_PORT = 20_000;
  private static final int PORTS = 12_000;
  private static final AtomicInteger NEXT_PORT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

  private final Path prefix;
  private final int port;
  private final Gateway gateway;

  private Served(Path prefix, int port, Gateway gateway) {
    this.prefix = prefix;
    this.port = port;
    this.gateway = gateway;
  }

  /** Serves the directives of one server, with others of the http block before it. */
  static Served server(Path prefix, String http, String server) {
    return server(prefix, http, server, options());
  }

  /** The same with ports behind the seam. */
  static Served server(Path prefix, String http, String server, SeamSwitch seam) {
    return server(prefix, http, server, options().withSeam(seam));
  }

  /** The same with ports behind the seam and a path without Lua. */
  static Served server(Path prefix, String http, String server, SeamSwitch seam, NewPath path) {
    return server(prefix, http, server, options().withSeam(seam).withPath(path));
  }

  /** The same with something to do while no request is under way. */
  static Served idling(Path prefix, String server, Runnable idleTask) {
    return server(prefix, "", server, options().withIdleTask(idleTask));
  }

  /** The same, waiting for its sockets by a method. */
  static Served by(IoMethod method, Path prefix, String http, String server) {
    int port = freePort();
    String use = "use " + (method == IoMethod.NIO ? "poll" : method) + ";";
    NginxConf conf = conf(prefix, port, "worker_processes 1;", use, http, server);
    return new Served(prefix, port, Gateway.start(conf, options()));
  }

  private static Served server(Path prefix, String http, String server, GatewayOptions options) {
    int port = freePort();
    return new Served(prefix, port, Gateway.start(conf(prefix, port, http, server), options));
  }

  /** The same by several workers. */
  static Served workers(int count, Path prefix, String http, String server) {
    int port = freePort();
    String main = "worker_processes " + count + ";";
    NginxConf conf = conf(prefix, port, main, "", http, server);
    return new Served(prefix, port, Gateway.start(conf, options(count)));
  }

  static NginxConf conf(Path prefix, int port, String http, String server) {
    return conf(prefix, port, "worker_processes 1;", "", http, server);
  }

  private static NginxConf conf(
      Path prefix, int port, String main, String events, String http, String server) {
    try {
      Files.createDirectories(prefix.resolve("logs"));
      Files.createDirectories(prefix.resolve("html"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String text =
        main
            + " error_log logs/error.log info; events { "
            + events
            + " }\nhttp { access_log off; "
            + http
            + "\nserver { listen 127.0.0.1:"
            + port
            + "; server_name localhost;\n"
            + server.replace("PORT", String.valueOf(port))
            + "\n} }\n";
    return NginxConf.parse(text, prefix.resolve("nginx.conf"), prefix);
  }

  private static GatewayOptions options() {
    return options(1);
  }

  private static GatewayOptions options(int workers) {
    PrintStream quiet =
        new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return GatewayOptions.defaults().withWorkers(workers).withStderr(quiet);
  }

  /**
   * A port at which nobody listens, below those that the kernel gives to connections: none of these
   * takes it before the server does. Each is handed out once.
   */
  static int freePort() {
    int port = nextPort();
    while (!isFree(port)) {
      port = nextPort();
    }
    return port;
  }

  private static int nextPort() {
    return FIRST_PORT + Math.floorMod(NEXT_PORT.getAndIncrement(), PORTS);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (BindException taken) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  Gateway gateway() {
    return gateway;
  }

  Path prefix() {
    return prefix;
  }

  /** Sends octets and reads until the connection ends. */
  String send(String octets) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A GET whose fields end in {@code Connection: close}; further fields each with their CRLF. */
  String get(String target, String... fields) {
    return send(
        "GET "
            + target
            + " HTTP/1.1\r\nHost: localhost\r\n"
            + String.join("", fields)
            + "Connection: close\r\n\r\n");
  }

  /** The body of a response that has Content-Length or is chunked in one piece. */
  static String body(String response) {
    return response.substring(response.indexOf("\r\n\r\n") + 4);
  }

  /** A log, once {@code text} stands in it. */
  String awaitLog(String name, String text) {
    Path file = prefix.resolve("logs").resolve(name);
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    String content = "";
    while (System.nanoTime() < end) {
      try {
        content = Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        if (content.contains(text)) {
          return content;
        }
        Thread.sleep(Duration.ofMillis(10));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return content;
      }
    }
    return content;
  }

  @Override
  public void close() {
    gateway.close();
  }
}
