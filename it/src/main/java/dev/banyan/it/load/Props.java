package dev.banyan.it.load;

import dev.banyan.it.load.Scene.Protocol;
import dev.banyan.it.process.Certificate;
import dev.banyan.it.process.Grounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: what all servers of a scene share.
 *
 * @param origin the port of the one origin
 * @param certificate null for plain text
 */
record Props(
    Scene scene,
    int origin,
    @Nullable Certificate certificate,
    ExtraModules modules,
    Tenants tenants) {
  /** The files of certificate and key, for a command line; none for plain text. */
  List<String> certificateFiles() {
    return certificate == null
        ? List.of()
        : List.of(certificate.chain().toString(), certificate.key().toString());
  }

  /** Makes them, with their files in a folder. */
  static Props make(Scene scene, int origin, Path folder) throws IOException, InterruptedException {
    Certificate certificate =
        scene.protocol() == Protocol.H1 ? null : Certificate.make(folder.resolve("tls"));
    return new Props(
        scene,
        origin,
        certificate,
        ExtraModules.make(scene.modules(), folder.resolve("extra")),
        new Tenants(scene.tenants()));
  }

  /** Makes a copy of the legacy theirs. */
  void addTo(Grounds grounds) throws IOException {
    Files.writeString(grounds.legacy().resolve("local/listen.conf"), listen(grounds.port()));
    modules.addTo(grounds);
    tenants.addTo(grounds.legacy().resolve("data/tenants.json"));
  }

  /** How a server listens, in nginx's words. */
  String listen(int port) {
    String kind =
        switch (scene.protocol()) {
          case H1 -> "";
          case TLS -> " ssl";
          case H2 -> " ssl http2";
        };
    String files = certificate == null ? "" : certificate.directives();
    return "listen " + port + kind + " backlog=4096;\n" + files;
  }
}
