package dev.banyan.it.edge;

import java.util.ArrayList;
import java.util.List;

/** How Debian's nginx is started on a copy of the legacy, inside a container or without one. */
final class NginxCommand {
  static final String BINARY = "/usr/sbin/nginx";
  static final String LUA_MODULE = "/usr/lib/nginx/modules/ngx_http_lua_module.so";
  private static final String NDK_MODULE = "/usr/lib/nginx/modules/ndk_http_module.so";

  private NginxCommand() {}

  static List<String> of(LegacyCopy legacy) {
    List<String> directives = new ArrayList<>();
    directives.add("daemon off");
    directives.add("load_module " + NDK_MODULE);
    directives.add("load_module " + LUA_MODULE);
    if ("root".equals(System.getProperty("user.name"))) {
      directives.add("user root");
    }
    String prefix = legacy.prefix() + "/";
    return List.of(
        BINARY,
        "-p",
        prefix,
        "-c",
        "nginx.conf",
        "-e",
        prefix + "logs/error.log",
        "-g",
        String.join("; ", directives) + ";");
  }
}
