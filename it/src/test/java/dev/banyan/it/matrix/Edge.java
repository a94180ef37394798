package dev.banyan.it.matrix;

import dev.banyan.gateway.Gateway;
import dev.banyan.gateway.GatewayOptions;
import dev.banyan.it.edge.LegacyCopy;
import dev.banyan.it.edge.Server;
import dev.banyan.lua.seam.SeamSwitch;
import dev.banyan.nginx.NginxConf;
import dev.banyan.server.serve.ConfSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The legacy in this JVM on one worker, with a given time and perhaps a seam, and one more location
 * that tells what the shared dicts hold.
 */
public record Edge(String name, Clock clock, @Nullable SeamSwitch seam) implements Server {
  /** Where the dicts are told. */
  public static final String DICTS = "/matrix/dicts";

  private static final String LOCATION =
      """
      location = /matrix/dicts {
        rewrite_by_lua_block { return }
        access_by_lua_block { return }
        content_by_lua_block {
          for _, name in ipairs { "rate_limit", "bans", "counters" } do
            local keys = ngx.shared[name]:get_keys(0)
            table.sort(keys)
            for _, key in ipairs(keys) do
              ngx.say(name, " ", key, " ", tostring(ngx.shared[name]:get(key)))
            end
          end
        }
      }
      """;

  @Override
  public Running start(LegacyCopy legacy) throws IOException {
    Path listen = legacy.prefix().resolve("local/listen.conf");
    Files.writeString(listen, Files.readString(listen) + LOCATION);
    NginxConf conf =
        new ConfSource(legacy.prefix().resolve("nginx.conf"), legacy.prefix(), "").load();
    GatewayOptions options =
        GatewayOptions.defaults().withWorkers(1).withClock(clock).withSeam(seam);
    Gateway gateway = Gateway.start(conf, options);
    return new Running() {
      @Override
      public InetSocketAddress address() {
        return legacy.address();
      }

      @Override
      public void close() {
        gateway.stop(Duration.ofSeconds(1));
      }
    };
  }
}
