package dev.banyan.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate that a real openssl made, as odd as a test wants it: {@code NAME.pem} and {@code
 * NAME.key} in a folder.
 */
record MadeCertificate(Path folder, String name, X509Certificate certificate) {
  static final int DAYS = 10;

  /** One that signs itself, with the lines of extensions that openssl's configuration takes. */
  static MadeCertificate own(Path folder, String name, String subject, String... extensions) {
    return made(folder, name, newKey(name), subject, DAYS, extensions);
  }

  /** One that this signs. */
  MadeCertificate signs(String signed, String subject, String... extensions) {
    List<String> keys = new ArrayList<>(newKey(signed));
    keys.addAll(List.of("-CA", file(), "-CAkey", name + ".key"));
    return made(folder, signed, keys, subject, DAYS, extensions);
  }

  /** Another of its own with the same key, as when an authority is renewed. */
  MadeCertificate again(String renewed, String subject, int days, String... extensions) {
    return made(folder, renewed, List.of("-key", name + ".key"), subject, days, extensions);
  }

  String file() {
    return name + ".pem";
  }

  private static List<String> newKey(String name) {
    String curve = "ec_paramgen_curve:prime256v1";
    return List.of("-newkey", "ec", "-pkeyopt", curve, "-nodes", "-keyout", name + ".key");
  }

  private static MadeCertificate made(
      Path folder, String name, List<String> keys, String subject, int days, String... extensions) {
    List<String> command = new ArrayList<>(List.of("req", "-x509", "-utf8"));
    command.addAll(keys);
    command.addAll(List.of("-subj", subject, "-days", String.valueOf(days)));
    command.addAll(List.of("-config", name + ".cnf", "-out", name + ".pem"));
    try {
      Files.writeString(
          folder.resolve(name + ".cnf"),
          "[req]\nstring_mask=utf8only\ndistinguished_name=d\nx509_extensions=e\n[d]\n[e]\n"
              + String.join("\n", extensions)
              + "\n");
      String told = openssl(folder, command);
      Path file = folder.resolve(name + ".pem");
      if (!Files.exists(file)) {
        throw new IllegalStateException(told);
      }
      return new MadeCertificate(
          folder, name, Pem.certificates(Files.readAllBytes(file)).getFirst());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What openssl says in the folder. */
  static String openssl(Path folder, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
