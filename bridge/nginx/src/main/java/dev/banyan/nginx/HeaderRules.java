package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import java.util.List;

/**
 * The headers-more module: what changes the fields of answers and of requests, those of outer
 * blocks first.
 */
public record HeaderRules(List<Rule> output, List<Rule> input) {
  /** None. */
  public static final HeaderRules NONE = new HeaderRules(List.of(), List.of());

  public HeaderRules {
    output = List.copyOf(output);
    input = List.copyOf(input);
  }

  /**
   * One directive.
   *
   * @param types the media types it is for, without parameters; none for all
   * @param statuses the statuses it is for; none for all
   * @param mode what becomes of a field that is there, or isn't
   */
  public record Rule(List<String> types, List<Integer> statuses, Mode mode, List<Field> fields) {
    public Rule {
      types = List.copyOf(types);
      statuses = List.copyOf(statuses);
      fields = List.copyOf(fields);
    }

    /** Whether it is for an answer or a request of this type, as it is written up to its end. */
    public boolean isFor(String type) {
      return types.isEmpty() || types.contains(type);
    }

    /** Whether it is for an answer of this status. */
    public boolean isFor(int status) {
      return statuses.isEmpty() || statuses.contains(status);
    }
  }

  /** How a rule writes a field. */
  public enum Mode {
    /** In place of one that is there, else as a new one. */
    SET,
    /** Beside those that are there. */
    APPEND,
    /** In place of one that is there alone. */
    REPLACE
  }

  /**
   * A field.
   *
   * @param name as written, a star at its end included
   * @param wildcard whether it stands for every field that begins so
   * @param value what it becomes; it is cleared where that is empty
   */
  public record Field(String name, boolean wildcard, Template value) {
    /** Whether it stands for a field of this name. */
    public boolean covers(String field) {
      int length = name.length() - 1;
      return wildcard
          ? field.regionMatches(true, 0, name, 0, length)
          : field.equalsIgnoreCase(name);
    }
  }
}
