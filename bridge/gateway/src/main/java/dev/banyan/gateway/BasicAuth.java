package dev.banyan.gateway;

import dev.banyan.fiber.Loop;
import dev.banyan.fiber.Promise;
import dev.banyan.nginx.AccessSettings;
import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.syntax.SystemReason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code auth_basic}. */
final class BasicAuth {
  private BasicAuth() {}

  static Verdict check(Request r, AccessSettings access) {
    Template realm = access.basicRealm();
    Template file = access.basicUserFile();
    if (realm == null || file == null) {
      return Signal.NEXT;
    }
    String name = realm.evaluate(r);
    if (name.equals("off")) {
      return Signal.NEXT;
    }
    BasicCredentials credentials = BasicCredentials.of(r);
    if (credentials == null) {
      r.log(ErrorLog.INFO, "no user/password was provided for basic authentication");
      return challenge(r, name);
    }
    String path = file.evaluate(r);
    String hash;
    try {
      hash = entry(r.service().absolute(path), credentials.name());
    } catch (NoSuchFileException e) {
      r.log(ErrorLog.ERROR, "open() \"" + path + "\" failed (2: No such file or directory)");
      return Verdict.status(HttpStatus.FORBIDDEN);
    } catch (IOException e) {
      String call = e instanceof AccessDeniedException ? "open" : "read";
      r.log(ErrorLog.CRIT, call + "() \"" + path + "\" failed (" + SystemReason.of(e) + ")");
      return Verdict.status(HttpStatus.INTERNAL_ERROR);
    }
    if (hash == null) {
      r.log(
          ErrorLog.ERROR, "user \"" + credentials.name() + "\" was not found in \"" + path + "\"");
      return challenge(r, name);
    }
    if (!matches(r, credentials.password(), hash)) {
      r.log(ErrorLog.ERROR, "user \"" + credentials.name() + "\": password mismatch");
      return challenge(r, name);
    }
    return Signal.OK;
  }

  private static boolean matches(Request r, String password, String stored) {
    Optional<SystemCrypt> system =
        PasswordHash.knows(stored) ? Optional.empty() : SystemCrypt.instance();
    if (system.isEmpty()) {
      return PasswordHash.matches(password, stored);
    }
    Loop loop = r.client().exchange().loop();
    Promise<Boolean> answer = new Promise<>();
    Thread.startVirtualThread(() -> {
      boolean same = false;
      try {
        same = system.get().matches(password, stored);
      } finally {
        boolean found = same;
        loop.execute(() -> answer.complete(found));
      }
    });
    return answer.await();
  }

  private static Verdict challenge(Request r, String realm) {
    r.response().headers().set("WWW-Authenticate", "Basic realm=\"" + realm + "\"");
    return Verdict.status(HttpStatus.UNAUTHORIZED);
  }

  private static @Nullable String entry(Path file, String user) throws IOException {
    for (String line : Octets.string(Files.readAllBytes(file)).split("\n")) {
      if (line.startsWith(user + ":")) {
        String rest = line.substring(user.length() + 1).strip();
        int colon = rest.indexOf(':');
        return colon < 0 ? rest : rest.substring(0, colon);
      }
    }
    return null;
  }

  static boolean same(String a, String b) {
    return MessageDigest.isEqual(Octets.bytes(a), Octets.bytes(b));
  }
}
