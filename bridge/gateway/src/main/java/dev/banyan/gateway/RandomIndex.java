package dev.banyan.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** {@code random_index}: any file of a folder answers for it. */
final class RandomIndex {
  private RandomIndex() {}

  /** Goes on to a file; {@link Signal#NEXT} where the folder has none. */
  static Verdict run(Request r, String folder) {
    String named = folder.length() > 1 ? folder.substring(0, folder.length() - 1) : "/";
    Path path = r.service().files().path(named);
    List<String> files;
    try {
      files =
          path == null
              ? List.of()
              : Autoindex.entries(path).stream()
                  .filter(entry -> entry.kind() == Autoindex.Kind.FILE)
                  .map(Autoindex.Entry::name)
                  .toList();
    } catch (IOException e) {
      return Autoindex.unreadable(r, named, e);
    }
    if (files.isEmpty()) {
      return Signal.NEXT;
    }
    String file = files.get(ThreadLocalRandom.current().nextInt(files.size()));
    return StaticHandler.onward(r, r.uri() + file);
  }
}
