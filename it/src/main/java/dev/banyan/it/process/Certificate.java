package dev.banyan.it.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Immutable: a certificate of this run's own, which nobody checks, and its key, as PEM files. */
public record Certificate(Path chain, Path key) {
  /** Makes one in a folder, by openssl. */
  public static Certificate make(Path folder) throws IOException {
    Files.createDirectories(folder);
    Certificate made =
        new Certificate(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
    Path output = folder.resolve("openssl.log");
    Process openssl =
        new ProcessBuilder(
                List.of(
                    "openssl",
                    "req",
                    "-x509",
                    "-newkey",
                    "rsa:2048",
                    "-nodes",
                    "-days",
                    "2",
                    "-subj",
                    "/CN=example.com",
                    "-keyout",
                    made.key().toString(),
                    "-out",
                    made.chain().toString()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (openssl.waitFor() != 0) {
        throw new IOException("openssl made no certificate: " + Files.readString(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return made;
  }

  /** As nginx's configuration says it. */
  public String directives() {
    return "ssl_certificate " + chain + ";\nssl_certificate_key " + key + ";\n";
  }
}
