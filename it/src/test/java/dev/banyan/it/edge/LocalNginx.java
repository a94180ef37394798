package dev.banyan.it.edge;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Debian's nginx with its modules, as a process of this machine. */
final class LocalNginx implements Server {
  private static final int STOP_SECONDS = 5;

  @Override
  public String name() {
    return "nginx (local Debian packages)";
  }

  @Override
  public Running start(LegacyCopy legacy) throws IOException {
    Path output = legacy.prefix().resolve("logs/output");
    Process process =
        new ProcessBuilder(NginxCommand.of(legacy))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      Listening.await(legacy.address(), process::isAlive);
    } catch (IOException e) {
      process.destroyForcibly();
      throw new IOException("nginx did not start: " + Files.readString(output), e);
    }
    return new LocalRun(process, legacy.address());
  }

  private record LocalRun(Process process, InetSocketAddress address) implements Running {
    @Override
    public void close() throws IOException {
      process.destroy();
      try {
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while stopping nginx", e);
      }
    }
  }
}
