package dev.banyan.gateway;

import dev.banyan.nginx.script.SetFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of the array-var module, which are values of variables: characters that are no octets
 * tell them from texts.
 */
final class ArrayValues {
  private static final char BEGIN = '\ue000';
  private static final char END = '\ue001';

  private ArrayValues() {}

  static String of(List<String> items) {
    StringBuilder out = new StringBuilder().append(BEGIN);
    items.forEach(item -> out.append(item).append(END));
    return out.toString();
  }

  private static @Nullable List<String> items(String value) {
    if (value.isEmpty() || value.charAt(0) != BEGIN) {
      return null;
    }
    List<String> items = new ArrayList<>();
    int start = 1;
    for (int end = value.indexOf(END); end >= 0; end = value.indexOf(END, start)) {
      items.add(value.substring(start, end));
      start = end + 1;
    }
    return items;
  }

  static @Nullable String split(Request r, List<String> args) {
    if (args.size() > 2 && Octets.decimal(args.get(2)) < 0) {
      r.log(ErrorLog.ERROR, "array_split: invalid max items: \"" + args.get(2) + "\"");
      return null;
    }
    String separator = args.getFirst();
    String text = args.get(1);
    List<String> items = new ArrayList<>();
    if (separator.isEmpty()) {
      text.chars().forEach(c -> items.add(String.valueOf((char) c)));
      return of(items);
    }
    int start = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, start)) {
      items.add(text.substring(start, at));
      start = at + separator.length();
    }
    items.add(text.substring(start));
    return of(items);
  }

  static @Nullable String join(Request r, String separator, String array) {
    List<String> items = items(array);
    return items == null ? invalid(r, "array_join", array) : String.join(separator, items);
  }

  static @Nullable String map(Request r, String array, UnaryOperator<String> change) {
    List<String> items = items(array);
    if (items == null) {
      return invalid(r, "array_join", array); // in the module's own words
    }
    items.replaceAll(change);
    return of(items);
  }

  static @Nullable String mapBy(Request r, String directive, String array) {
    SetFunction function = SetFunction.find(directive);
    if (function == null || !function.isCallable()) {
      r.log(
          ErrorLog.ERROR,
          "array_map_op: directive \""
              + directive
              + "\" not found or does not use ndk_set_var_value");
      return null;
    }
    List<String> items = items(array);
    if (items == null) {
      return invalid(r, "array_map_op", array);
    }
    List<String> made = new ArrayList<>(items.size());
    for (String item : items) {
      String value = SetValues.compute(r, function, List.of(item));
      if (value == null) {
        return null;
      }
      made.add(value);
    }
    return of(made);
  }

  private static @Nullable String invalid(Request r, String directive, String value) {
    r.log(
        ErrorLog.ERROR,
        directive + ": invalid array variable value in the 2nd argument: \"" + value + "\"");
    return null;
  }
}
