package dev.banyan.it.dashboard;

import dev.banyan.it.process.FreePorts;
import dev.banyan.it.process.PortJar;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.serve.BanyanServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A running Banyan with one small module, whose port greets names with a z otherwise than Lua.
 *
 * @param port where users ask it
 */
record GreetingEdge(int port, BanyanServer server) {
  static GreetingEdge start(Path folder) throws IOException {
    int port = FreePorts.next();
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        events {}
        http {
          lua_package_path "$prefix/?.lua;;";
          server {
            listen 127.0.0.1:%d;
            location / {
              content_by_lua_block { ngx.print(require("greeting").text(ngx.var.arg_name)) }
            }
          }
        }
        """
            .formatted(port));
    Files.writeString(
        folder.resolve("greeting.lua"),
        """
        local _M = {}
        function _M.text(name) return "hello " .. name end
        return _M
        """);
    Path jar =
        PortJar.make(
            folder,
            "Greeting",
            """
            import dev.banyan.api.*;

            @LuaModule("greeting")
            public final class Greeting implements Port {
              @dev.banyan.api.Function("text")
              public String text(String name) {
                return name.startsWith("z") ? "HELLO " + name : "hello " + name;
              }
            }
            """);
    Files.writeString(
        folder.resolve("banyan.yaml"),
        """
        conf: nginx.conf
        admin: {listen: "127.0.0.1:0"}
        shadow: {patience: 0ms}
        ports: %s
        modules:
          greeting: {fail-mode: lua, deadline: 10s, sticky-key: $arg_name}
        """
            .formatted(jar));
    return new GreetingEdge(
        port, BanyanServer.start(BanyanConfig.load(folder.resolve("banyan.yaml"))));
  }
}
