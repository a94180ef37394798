package dev.banyan.it.parity;

import dev.banyan.it.edge.LegacyCopy;
import dev.banyan.it.edge.Server;
import dev.banyan.it.origin.OriginGroup;
import dev.banyan.it.process.FreePorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** One of the two servers of a duel, with origins of its own. */
public record Side(String name, LegacyCopy legacy, OriginGroup origins, Server.Running running)
    implements AutoCloseable {
  /** Starts a server and its origins on a copy of the legacy under {@code directory}. */
  public static Side start(Server server, Path directory) throws IOException {
    OriginGroup origins = OriginGroup.recording();
    try {
      LegacyCopy legacy = LegacyCopy.make(directory, FreePorts.next(), origins.ports());
      return new Side(server.name(), legacy, origins, server.start(legacy));
    } catch (IOException e) {
      origins.close();
      throw e;
    }
  }

  /** Where to send requests. */
  public InetSocketAddress address() {
    return running.address();
  }

  /** A text with what only this installation has replaced: its own port. */
  String withoutPort(String text) {
    return text.replace(":" + legacy.port(), ":PORT");
  }

  @Override
  public void close() throws IOException {
    try (origins) {
      running.close();
    }
  }
}
