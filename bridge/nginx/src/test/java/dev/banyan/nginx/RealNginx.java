package dev.banyan.nginx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Debian's nginx with its Lua module, in a folder of its own: the oracle that recordings are made
 * with.
 */
final class RealNginx implements AutoCloseable {
  private static final String MODULES = "/usr/lib/nginx/modules/";
  private static final String LOAD =
      "load_module "
          + MODULES
          + "ndk_http_module.so; load_module "
          + MODULES
          + "ngx_http_set_misc_module.so; load_module "
          + MODULES
          + "ngx_http_lua_module.so; load_module "
          + MODULES
          + "ngx_http_headers_more_filter_module.so; ";
  private static final int START_TRIES = 100;

  private final Process process;
  private final int port;

  private RealNginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** What {@code nginx -t} says of a file, without the folder; {@code OK} for nothing. */
  static String verdict(Path conf) throws IOException, InterruptedException {
    Path folder = Objects.requireNonNull(conf.getParent());
    Process test =
        command(conf, LOAD + "pid " + folder + "/pid;", "-t").redirectErrorStream(true).start();
    String said = new String(test.getInputStream().readAllBytes(), ISO_8859_1);
    test.waitFor();
    return said.lines()
        .filter(line -> line.contains("[emerg]"))
        .map(
            line -> line.replaceFirst("^.*?\\[emerg] (\\d+#\\d+: )?", "").replace(folder + "/", ""))
        .findFirst()
        .orElse("OK");
  }

  /** Serves a file that listens on the port. */
  static RealNginx serve(Path conf, int port) throws IOException, InterruptedException {
    Path folder = Objects.requireNonNull(conf.getParent());
    String user = "root".equals(System.getProperty("user.name")) ? "user root; " : "";
    String directives = LOAD + user + "daemon off; master_process off; pid " + folder + "/pid;";
    Process process =
        command(conf, directives)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    RealNginx nginx = new RealNginx(process, port);
    for (int i = 0; i < START_TRIES; i++) {
      try {
        nginx.connect().close();
        return nginx;
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    nginx.close();
    throw new IOException(Files.readString(folder.resolve("output")));
  }

  /** A port that was free a moment ago. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static ProcessBuilder command(Path conf, String directives, String... more) {
    ProcessBuilder builder =
        new ProcessBuilder("/usr/sbin/nginx", "-p", conf.getParent() + "/", "-c", conf.toString());
    builder.command().addAll(List.of("-e", "stderr", "-g", directives));
    builder.command().addAll(List.of(more));
    return builder;
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  /** The whole response to a request of HTTP/1.0, whose Host may be left out. */
  String exchange(Exchange exchange) throws IOException {
    String host = exchange.host().equals("-") ? "" : "Host: " + exchange.host() + "\r\n";
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write(
              (exchange.method() + " " + exchange.target() + " HTTP/1.0\r\n" + host + "\r\n")
                  .getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
