package dev.banyan.it.edge;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The modules that the real nginx is started with, in the order in which it loads them. */
enum NginxModule {
  NDK("ndk_http_module", "libnginx-mod-http-ndk"),
  ECHO("ngx_http_echo_module", "libnginx-mod-http-echo"),
  MEMC("ngx_http_memc_module", "libnginx-mod-http-memc"),
  SRCACHE("ngx_http_srcache_filter_module", "libnginx-mod-http-srcache-filter"),
  LUA("ngx_http_lua_module", "libnginx-mod-http-lua");

  private static final String FOLDER = "/usr/lib/nginx/modules/";

  private final String file;
  private final String debian;

  NginxModule(String file, String debian) {
    this.file = FOLDER + file + ".so";
    this.debian = debian;
  }

  /** What loads them all. */
  static List<String> directives() {
    return Arrays.stream(values()).map(module -> "load_module " + module.file).toList();
  }

  /** Debian's packages of those that this machine lacks, as {@code apt-get} takes them. */
  static String missing() {
    return Arrays.stream(values())
        .filter(module -> !Files.exists(Path.of(module.file)))
        .map(module -> module.debian)
        .collect(Collectors.joining(" "));
  }
}
