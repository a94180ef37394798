package dev.banyan.gateway;

import dev.banyan.lua.ngx.text.HttpTime;
import dev.banyan.nginx.AutoindexSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Immutable: writes the listing of a folder, octet for octet as nginx does. */
final class AutoindexPage {
  private static final int NAME_COLUMNS = 50;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd-MMM-yyyy HH:mm", Locale.ENGLISH);

  private final String uri;
  private final AutoindexSettings settings;
  private final ZoneId zone;
  private final boolean utf8;

  /** A page for a folder's URI; {@code utf8} counts a name's characters rather than its octets. */
  AutoindexPage(String uri, AutoindexSettings settings, ZoneId zone, boolean utf8) {
    this.uri = uri;
    this.settings = settings;
    this.zone = zone;
    this.utf8 = utf8;
  }

  /** The page's octets. */
  String text(List<Autoindex.Entry> entries, @Nullable String callback) {
    return switch (settings.format()) {
      case HTML -> html(entries);
      case XML -> xml(entries);
      case JSON -> json(entries);
      case JSONP ->
          callback == null
              ? json(entries)
              : "/* callback */\r\n" + callback + "(" + json(entries) + ");";
    };
  }

  private String html(List<Autoindex.Entry> entries) {
    String title = escaped(uri);
    StringBuilder page = new StringBuilder();
    page.append("<html>\r\n<head><title>Index of ").append(title);
    page.append("</title></head>\r\n<body>\r\n<h1>Index of ").append(title);
    page.append("</h1><hr><pre><a href=\"../\">../</a>\r\n");
    entries.forEach(entry -> line(page, entry));
    return page.append("</pre><hr></body>\r\n</html>\r\n").toString();
  }

  private void line(StringBuilder page, Autoindex.Entry entry) {
    boolean folder = entry.kind() == Autoindex.Kind.FOLDER;
    page.append("<a href=\"").append(UriText.component(entry.name())).append(folder ? "/" : "");
    page.append("\">");
    String name = characters(entry.name());
    if (name.length() > NAME_COLUMNS) {
      String shortened = octets(name.substring(0, NAME_COLUMNS - 3));
      page.append(escaped(shortened)).append("..&gt;</a>");
    } else {
      boolean slash = folder && name.length() < NAME_COLUMNS;
      page.append(escaped(entry.name())).append(slash ? "/" : "").append("</a>");
      page.append(" ".repeat(NAME_COLUMNS - name.length() - (slash ? 1 : 0)));
    }
    page.append(' ').append(time(entry)).append(' ').append(size(entry)).append("\r\n");
  }

  private String time(Autoindex.Entry entry) {
    return TIME.format(Instant.ofEpochSecond(entry.modified()).atZone(zone));
  }

  /** The size in a column as wide as nginx's. */
  private String size(Autoindex.Entry entry) {
    boolean folder = entry.kind() == Autoindex.Kind.FOLDER;
    if (settings.exactSize()) {
      return "%19s".formatted(folder ? "-" : String.valueOf(entry.size()));
    }
    return folder ? "      -" : rounded(entry.size());
  }

  private static String rounded(long size) {
    long unit = size > (1 << 30) - 1 ? 1 << 30 : size > (1 << 20) - 1 ? 1 << 20 : 1 << 10;
    if (size <= 9999) {
      return " %6d".formatted(size);
    }
    char scale = unit == 1 << 30 ? 'G' : unit == 1 << 20 ? 'M' : 'K';
    return "%6d%c".formatted(size / unit + (size % unit > unit / 2 - 1 ? 1 : 0), scale);
  }

  private static String json(List<Autoindex.Entry> entries) {
    return entries.stream()
        .map(AutoindexPage::object)
        .collect(Collectors.joining(",", "[", "\r\n]"));
  }

  private static String object(Autoindex.Entry entry) {
    String type =
        switch (entry.kind()) {
          case FOLDER -> "directory";
          case FILE -> "file";
          case OTHER -> "other";
        };
    String size = entry.kind() == Autoindex.Kind.FILE ? ", \"size\":" + entry.size() : "";
    return "\r\n{ \"name\":\""
        + AccessLog.json(entry.name())
        + "\", \"type\":\""
        + type
        + "\", \"mtime\":\""
        + HttpTime.http(entry.modified())
        + "\""
        + size
        + " }";
  }

  private static String xml(List<Autoindex.Entry> entries) {
    StringBuilder page = new StringBuilder("<?xml version=\"1.0\"?>\r\n<list>\r\n");
    for (Autoindex.Entry entry : entries) {
      String element =
          switch (entry.kind()) {
            case FOLDER -> "directory";
            case FILE -> "file";
            case OTHER -> "other";
          };
      String time =
          DateTimeFormatter.ISO_INSTANT.format(
              Instant.ofEpochSecond(entry.modified()).atOffset(ZoneOffset.UTC));
      page.append('<').append(element).append(" mtime=\"").append(time).append('"');
      if (entry.kind() == Autoindex.Kind.FILE) {
        page.append(" size=\"").append(entry.size()).append('"');
      }
      page.append('>').append(escaped(entry.name())).append("</").append(element).append(">\r\n");
    }
    return page.append("</list>\r\n").toString();
  }

  /** The name as what its columns are counted in. */
  private String characters(String octets) {
    return utf8 ? new String(Octets.bytes(octets), StandardCharsets.UTF_8) : octets;
  }

  private String octets(String characters) {
    return utf8
        ? new String(characters.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
        : characters;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
