package dev.banyan.it.learn;

import dev.banyan.it.edge.Banyan;
import dev.banyan.it.edge.LegacyCopy;
import dev.banyan.it.edge.Server;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.serve.BanyanServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Banyan as it is before a module is ported: its configuration names neither it nor its port. */
record Unported() implements Server {
  @Override
  public String name() {
    return "Banyan before a port";
  }

  @Override
  public Banyan.Run start(LegacyCopy legacy) throws IOException {
    Path file = legacy.prefix().resolve("banyan.yaml");
    Path util = LegacyCopy.source().resolve("../java-modules/util/target").normalize();
    Files.writeString(
        file,
        """
        conf: nginx.conf
        tenant: $tenant_id
        state-dir: state
        admin: {listen: "127.0.0.1:0"}
        ports:
          - %s
        modules:
          # the modules of the legacy that have a port
          edge.util: {fail-mode: lua, deadline: 10s}
        """
            .formatted(util));
    return new Banyan.Run(BanyanServer.start(BanyanConfig.load(file)), legacy.address());
  }
}
