package dev.banyan.gateway;

import dev.banyan.nginx.AutoindexSettings;
import dev.banyan.transport.Chunk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code autoindex}: the listing of a folder that has no index file. */
final class Autoindex {
  private Autoindex() {}

  /**
   * A listed file, its name an octet string.
   *
   * @param modified seconds since the epoch
   */
  record Entry(String name, Kind kind, long size, long modified) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      boolean mine = kind == Kind.FOLDER;
      boolean others = other.kind == Kind.FOLDER;
      return mine == others ? name.compareTo(other.name) : mine ? -1 : 1;
    }
  }

  /** What an entry is. */
  enum Kind {
    FOLDER,
    FILE,
    OTHER
  }

  /** Answers with the listing; {@link Signal#NEXT} where folders are not listed. */
  static Verdict run(Request r, String folder) {
    AutoindexSettings settings = r.location().settings().autoindex();
    if (!settings.on() || !(r.method().equals("GET") || r.method().equals("HEAD"))) {
      return Signal.NEXT;
    }
    String listed = folder.length() > 1 ? folder.substring(0, folder.length() - 1) : "/";
    Path path = r.service().files().path(listed); // nginx cuts what it takes for a slash
    List<Entry> entries;
    try {
      entries = path == null ? List.of() : entries(path);
    } catch (IOException e) {
      return unreadable(r, listed, e);
    }
    AutoindexPage page = new AutoindexPage(r.uri(), settings, zone(settings), utf8(r));
    String callback = callback(r, settings);
    if (callback != null && !callback.chars().allMatch(Autoindex::names)) {
      r.log(ErrorLog.INFO, "client sent invalid callback name: \"" + callback + "\"");
      return Verdict.status(HttpStatus.BAD_REQUEST);
    }
    Response response = r.response();
    response.status(HttpStatus.OK);
    response.headers().set("Content-Type", type(settings, callback));
    response.sendHead();
    response.write(Chunk.of(Octets.bytes(page.text(entries, callback))), true);
    return Signal.OK;
  }

  static List<Entry> entries(Path folder) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Entry entry = entry(file);
        if (entry != null) {
          entries.add(entry);
        }
      }
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(entries);
    return entries;
  }

  private static @Nullable Entry entry(Path file) throws IOException {
    Path last = file.getFileName();
    String name =
        last == null ? "" : Octets.string(last.toString().getBytes(StandardCharsets.UTF_8));
    if (name.isEmpty() || name.startsWith(".")) {
      return null;
    }
    try {
      BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
      Kind kind =
          facts.isDirectory() ? Kind.FOLDER : facts.isRegularFile() ? Kind.FILE : Kind.OTHER;
      return new Entry(name, kind, facts.size(), facts.lastModifiedTime().toMillis() / 1000);
    } catch (NoSuchFileException e) {
      return null; // removed since the folder was read, or a link to nowhere
    }
  }

  static Verdict unreadable(Request r, String folder, IOException cause) {
    boolean missing =
        cause instanceof NoSuchFileException || cause instanceof NotDirectoryException;
    boolean denied = cause instanceof AccessDeniedException;
    String reason =
        cause instanceof NotDirectoryException
            ? "20: Not a directory"
            : missing ? "2: No such file or directory" : denied ? "13: Permission denied" : "5";
    r.log(
        missing || denied ? ErrorLog.ERROR : ErrorLog.CRIT,
        "opendir() \"" + folder + "\" failed (" + reason + ")");
    return Verdict.status(
        missing ? HttpStatus.NOT_FOUND : denied ? HttpStatus.FORBIDDEN : HttpStatus.INTERNAL_ERROR);
  }

  private static ZoneId zone(AutoindexSettings settings) {
    return settings.localTime() ? ZoneId.systemDefault() : ZoneOffset.UTC;
  }

  private static boolean utf8(Request r) {
    return "utf-8".equalsIgnoreCase(r.location().settings().bodyFilters().charset().evaluate(r));
  }

  /** The function that a JSONP listing calls; null for none. */
  private static @Nullable String callback(Request r, AutoindexSettings settings) {
    if (settings.format() != AutoindexSettings.Format.JSONP) {
      return null;
    }
    String name = VariableValues.argument(r.args(), "callback");
    return name == null || name.isEmpty() ? null : name;
  }

  /** Whether the name of a function may have this octet. */
  private static boolean names(int octet) {
    int lower = octet | 0x20;
    return (lower >= 'a' && lower <= 'z')
        || (octet >= '0' && octet <= '9')
        || octet == '_'
        || octet == '.';
  }

  private static String type(AutoindexSettings settings, @Nullable String callback) {
    return switch (settings.format()) {
      case HTML -> "text/html";
      case XML -> "text/xml; charset=utf-8";
      case JSON, JSONP -> callback == null ? "application/json" : "application/javascript";
    };
  }
}
