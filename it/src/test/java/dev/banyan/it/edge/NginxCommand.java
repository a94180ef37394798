package dev.banyan.it.edge;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How Debian's nginx is started on a copy of the legacy, inside a container or without one. */
final class NginxCommand {
  static final String BINARY = "/usr/sbin/nginx";
  private static final String FOLDER = "/usr/lib/nginx/modules/";

  /** In the order in which OpenResty has them, on which that of header filters depends. */
  private static final List<String> MODULES =
      List.of(
          "ndk_http_module.so",
          "ngx_http_echo_module.so",
          "ngx_http_set_misc_module.so",
          "ngx_http_srcache_filter_module.so",
          "ngx_http_lua_module.so",
          "ngx_http_headers_more_filter_module.so",
          "ngx_http_memc_module.so");

  private NginxCommand() {}

  /** Which files this machine lacks of nginx and its modules. */
  static List<String> missing() {
    return Stream.concat(Stream.of(BINARY), MODULES.stream().map(FOLDER::concat))
        .filter(file -> !Files.exists(Path.of(file)))
        .toList();
  }

  static List<String> of(LegacyCopy legacy) {
    List<String> directives = new ArrayList<>();
    directives.add("daemon off");
    MODULES.forEach(module -> directives.add("load_module " + FOLDER + module));
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
