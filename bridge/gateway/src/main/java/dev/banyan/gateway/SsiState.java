package dev.banyan.gateway;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its request's loop: what server-side includes keep of a request. The client's request
 * holds what the pages of all of its subrequests share: their variables, blocks and captures.
 */
final class SsiState {
  static final String TIME_FORMAT = "%A, %d-%b-%Y %H:%M:%S %Z";

  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, StringBuilder> blocks = new LinkedHashMap<>();
  private List<String> captures = List.of();
  private StringBuilder block = new StringBuilder();
  private String timeFormat = TIME_FORMAT;

  /** How the dates of this request's own page are written. */
  String timeFormat() {
    return timeFormat;
  }

  void timeFormat(String format) {
    int nul = format.indexOf('\0');
    timeFormat = nul < 0 ? format : format.substring(0, nul);
  }

  /** What a page calls a variable: a group of the last match, or what was set; null for neither. */
  @Nullable String variable(String name) {
    String group = group(name);
    return group == null ? variables.get(name.toLowerCase(Locale.ROOT)) : group;
  }

  private @Nullable String group(String name) {
    int number = name.length() == 1 ? name.charAt(0) - '0' : -1;
    return number >= 0 && number < captures.size() ? captures.get(number) : null;
  }

  /** Sets a variable; a group of the last match keeps its text. */
  void set(String name, String value) {
    if (group(name) == null) {
      variables.put(name.toLowerCase(Locale.ROOT), value);
    }
  }

  void captures(List<String> groups) {
    captures = groups;
  }

  /** Begins a block, whose name an earlier one keeps for itself. */
  void beginBlock(String name) {
    block = new StringBuilder();
    blocks.putIfAbsent(name, block);
  }

  /** Adds to the block that began last, in whichever page. */
  void addToBlock(String text) {
    block.append(text);
  }

  /** The text of a block; null where none has the name. */
  @Nullable String block(String name) {
    StringBuilder text = blocks.get(name);
    return text == null ? null : text.toString();
  }
}
