package dev.banyan.it.retire;

import dev.banyan.it.edge.Banyan;
import dev.banyan.it.edge.LegacyCopy;
import dev.banyan.it.edge.Server;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.serve.BanyanServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Banyan with one port, which begins in shadow and may be retired after a second at java. */
record Retiring(String module) implements Server {
  @Override
  public String name() {
    return "Banyan that retires " + module;
  }

  @Override
  public Banyan.Run start(LegacyCopy legacy) throws IOException {
    Path file = legacy.prefix().resolve("banyan.yaml");
    Path port =
        LegacyCopy.source()
            .resolve("../java-modules")
            .resolve(module.substring(module.indexOf('.') + 1).replace('_', '-'))
            .resolve("target")
            .normalize();
    Files.writeString(
        file,
        """
        conf: nginx.conf
        tenant: $tenant_id
        admin: {listen: "127.0.0.1:0"}
        shadow: {patience: 0ms}
        parity: {target-percent: 15}
        retire: {java-for: 1s, rollback-window: 1s}
        ports: %s
        modules:
          %s: {fail-mode: closed, deadline: 10s, mode: shadow}
        """
            .formatted(port, module));
    return new Banyan.Run(BanyanServer.start(BanyanConfig.load(file)), legacy.address());
  }
}
