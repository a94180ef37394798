package dev.banyan.it.edge;

import java.util.ArrayList;
import java.util.List;

/** How Debian's nginx is started on a copy of the legacy, inside a container or without one. */
final class NginxCommand {
  static final String BINARY = "/usr/sbin/nginx";

  private NginxCommand() {}

  static List<String> of(LegacyCopy legacy) {
    List<String> directives = new ArrayList<>();
    directives.add("daemon off");
    directives.addAll(NginxModule.directives());
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
