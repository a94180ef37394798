package dev.banyan.it.edge;

import java.util.List;

/**
 * The real nginx with OpenResty's modules: in a container where a Docker engine answers and has the
 * image, from Debian's packages where not. Says aloud which; fails, never skips, when there is
 * neither.
 */
public final class RealNginx {
  private RealNginx() {}

  /** The one that this machine offers. */
  public static Server choose() {
    Server server = find();
    System.out.println("=== real nginx for this run: " + server.name() + " ===");
    return server;
  }

  private static Server find() {
    if (!DockerNginx.engineAnswers()) {
      return local("no Docker engine answers");
    }
    if (!DockerNginx.imagePresent()) {
      return local(
          "the Docker engine has no image "
              + DockerNginx.IMAGE
              + " (scripts/nginx-image makes it)");
    }
    return new DockerNginx();
  }

  private static Server local(String reason) {
    System.out.println("=== no container for nginx: " + reason + " ===");
    List<String> missing = NginxCommand.missing();
    if (missing.isEmpty()) {
      return new LocalNginx();
    }
    throw new IllegalStateException(
        reason
            + ", and of nginx and its modules here is no "
            + String.join(", no ", missing)
            + ": apt-get install nginx-light libnginx-mod-http-lua lua-cjson"
            + " libnginx-mod-http-headers-more-filter libnginx-mod-http-set-misc"
            + " libnginx-mod-http-echo libnginx-mod-http-memc libnginx-mod-http-srcache-filter");
  }
}
