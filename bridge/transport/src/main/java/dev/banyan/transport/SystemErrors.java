package dev.banyan.transport;

import java.io.FileNotFoundException;
import java.net.PortUnreachableException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The system's error texts as cosockets report them, without what Netty puts around them. */
final class SystemErrors {
  private static final List<String> KNOWN =
      List.of(
          "connection refused",
          "connection reset by peer",
          "connection timed out",
          "no route to host",
          "network is unreachable",
          "no such file or directory",
          "permission denied",
          "cannot assign requested address",
          "address already in use",
          "broken pipe",
          "too many open files");

  private SystemErrors() {}

  static String phrase(Throwable cause) {
    if (cause instanceof FileNotFoundException) {
      return "no such file or directory"; // Netty's word for a missing Unix socket
    }
    if (cause instanceof PortUnreachableException) {
      return "connection refused";
    }
    for (Throwable each = cause; each != null; each = each.getCause()) {
      String known = known(String.valueOf(each.getMessage()).toLowerCase(Locale.ROOT));
      if (known != null) {
        return known;
      }
    }
    return String.valueOf(cause.getMessage());
  }

  private static @Nullable String known(String message) {
    for (String known : KNOWN) {
      if (message.contains(known)) {
        return known;
      }
    }
    return message.contains("connection reset") ? "connection reset by peer" : null;
  }
}
