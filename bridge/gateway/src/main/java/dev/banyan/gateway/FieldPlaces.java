package dev.banyan.gateway;

import dev.banyan.api.Headers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its response: which fields nginx writes itself before the listed ones, which it lists
 * beside its own, and which a program has taken from it.
 */
final class FieldPlaces {
  private final Headers headers;
  private String typeCharset = "";
  private boolean lengthListed;
  private @Nullable String modified;
  private boolean dateListed;
  private @Nullable List<Repeated> repeated;
  private @Nullable Headers withheld;

  FieldPlaces(Headers headers) {
    this.headers = headers;
  }

  /**
   * A field that goes out beside the one of the same name that the server writes itself.
   *
   * @param before how many of the listed fields go before it
   */
  record Repeated(int before, String name, String value) {}

  /** Lists a field beside the one of that name that the server writes itself. */
  void repeat(String name, String value) {
    List<Repeated> fields = repeated;
    if (fields == null) {
      fields = new ArrayList<>(2);
      repeated = fields;
    }
    int before = 0;
    for (int i = 0; i < headers.size(); i++) {
      before += isOwn(headers.name(i)) ? 0 : 1;
    }
    fields.add(new Repeated(before, name, value));
  }

  /** Whether the server writes this field itself, before those that it lists. */
  boolean isOwn(String name) {
    return switch (name.length()) {
      case 12 -> name.equalsIgnoreCase("Content-Type");
      case 13 -> name.equalsIgnoreCase("Last-Modified") && datedAsFile();
      case 14 -> name.equals("Content-Length") && !lengthListed;
      default -> false;
    };
  }

  List<Repeated> repeated() {
    return repeated == null ? List.of() : repeated;
  }

  /** The length that comes next goes out where it is listed. */
  void listLength() {
    if (!lengthListed) {
      headers.remove("Content-Length");
      lengthListed = true;
    }
  }

  /** Whether Content-Length is one of the listed fields. */
  boolean lengthListed() {
    return lengthListed;
  }

  /** There is no length any more. */
  void forgetLength() {
    headers.remove("Content-Length");
    lengthListed = false;
  }

  /** The length is what the server writes itself. */
  void ownLength(long length) {
    lengthListed = false;
    headers.set("Content-Length", Long.toString(length));
  }

  /** A date that comes next goes out where it is listed, whatever the status. */
  void listDate() {
    if (datedAsFile()) {
      headers.remove("Last-Modified");
    }
    modified = null;
  }

  /** As {@link #listDate}, while conditions and {@code expires} stay about the date it has now. */
  void listDateAlone() {
    if (datedAsFile()) {
      headers.remove("Last-Modified");
    } else if (!dateListed) {
      modified = headers.first("Last-Modified");
    }
    dateListed = true;
  }

  /** The date that {@code expires} counts from; null for none. */
  @Nullable String dated() {
    return dateListed ? modified : headers.first("Last-Modified");
  }

  /** A program has cleared this field. */
  void withhold(String name) {
    Headers names = withheld;
    if (names == null) {
      names = new Headers();
      withheld = names;
    }
    names.set(name, "");
  }

  /** Whether a program has cleared this field, so that {@code expires} doesn't set it. */
  boolean withholds(String name) {
    return withheld != null && withheld.contains(name) && !headers.contains(name);
  }

  /** Dates the answer as a file's; such a date goes out with the statuses of a file alone. */
  void modifiedAt(String time) {
    modified = time;
    if (!headers.contains("Last-Modified")) {
      headers.add("Last-Modified", time);
    }
  }

  /** The time that conditions are about, whatever is listed; null for none. */
  @Nullable String lastModified() {
    return modified != null ? modified : headers.first("Last-Modified");
  }

  /** The tag that conditions are about: the last one listed; null for none. */
  @Nullable String tag() {
    List<String> tags = headers.all("ETag");
    return tags.isEmpty() ? null : tags.getLast();
  }

  /** Whether Last-Modified still is what {@link #modifiedAt} set. */
  boolean datedAsFile() {
    String own = modified;
    return own != null && !dateListed && own.equals(headers.first("Last-Modified"));
  }

  /** The charset that a Content-Type without one of its own goes out with; empty for none. */
  void typeCharset(String name) {
    typeCharset = name;
  }

  /** What {@link #typeCharset(String)} was told last. */
  String typeCharset() {
    return typeCharset;
  }

  /** The Content-Type as it goes out; null for none. */
  @Nullable String typeOnWire() {
    String type = headers.first("Content-Type");
    return type == null || typeCharset.isEmpty() || !Charset.told(type).isEmpty()
        ? type
        : type + "; charset=" + typeCharset;
  }
}
