package dev.banyan.it.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Owned by the thread that starts it: a server as a process of its own. */
public final class Program implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(3);
  private static final long STOP_SECONDS = 10;
  private static final long LOOK_AGAIN_MILLIS = 50;
  private static final String MODULES = "/usr/lib/nginx/modules/";

  private final Process process;

  private Program(Process process) {
    this.process = process;
  }

  /** The real nginx with its Lua module, from Debian's packages. */
  public static Program nginx(Grounds grounds) throws IOException, InterruptedException {
    String directives =
        "daemon off; load_module "
            + MODULES
            + "ndk_http_module.so; load_module "
            + MODULES
            + "ngx_http_lua_module.so; worker_rlimit_nofile 65536;";
    if ("root".equals(System.getProperty("user.name"))) {
      directives += " user root;";
    }
    String prefix = grounds.legacy() + "/";
    return start(
        grounds,
        List.of(
            "nginx",
            "-p",
            prefix,
            "-c",
            "nginx.conf",
            "-e",
            prefix + "logs/error.log",
            "-g",
            directives));
  }

  /** Banyan, on a configuration of its own. */
  public static Program banyan(Path root, Grounds grounds, Path config)
      throws IOException, InterruptedException {
    return start(
        grounds,
        List.of(root.resolve("scripts/banyan").toString(), "serve", "--config", config.toString()));
  }

  /** Any program that listens on these grounds' port; what it prints goes to a file there. */
  public static Program start(Grounds grounds, List<String> command)
      throws IOException, InterruptedException {
    Path output = grounds.folder().resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Program program = new Program(process);
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    long end = System.nanoTime() + START.toNanos();
    while (!accepts(grounds.address())) {
      if (!process.isAlive() || System.nanoTime() > end) {
        program.close();
        throw new IOException(command.getFirst() + " did not start: " + Files.readString(output));
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
    return program;
  }

  /** The process. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  private static boolean accepts(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, 1000);
      return true;
    } catch (IOException e) {
      return false; // not listening yet
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
