package dev.banyan.vectors;

import dev.banyan.gateway.seam.PortReplay.Difference;
import dev.banyan.gateway.seam.PortReplay.Outcome;
import dev.banyan.lua.seam.RecordedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says what came of a vector as a good assertion does: the call, and each place with both values.
 */
public final class ResultText {
  private static final int MOST = 300;

  private ResultText() {}

  /** Some lines: the call, then what is wrong. */
  public static String of(ReplayRun.Result result) {
    List<String> lines = new ArrayList<>();
    RecordedCall call = result.vector().call();
    lines.add("vector " + result.vector().name() + ": " + call(call));
    switch (result.outcome()) {
      case Outcome.Alike _ -> lines.add("  as Lua did");
      case Outcome.Differs(List<Difference> differences, var _) ->
          differences.forEach(difference -> lines.addAll(lines(difference)));
      case Outcome.Declined(String reason) -> lines.add("  the port left it to Lua: " + reason);
      case Outcome.Broke(String reason, Throwable cause) -> {
        lines.add("  the port failed: " + reason + message(cause));
        lines.addAll(place(cause));
      }
      case Outcome.Unported(String reason) -> lines.add("  not the port's: " + reason);
    }
    return String.join("\n", lines);
  }

  /** Some lines: the call, then what Lua now does otherwise than it was recorded. */
  public static String of(LuaRun.Result result) {
    List<String> lines = new ArrayList<>();
    lines.add("vector " + result.vector().name() + ": " + call(result.vector().call()));
    result.failure().ifPresent(reason -> lines.add("  Lua could not run it: " + reason));
    for (Difference difference : result.differences()) {
      lines.add("  " + difference.place());
      lines.add("    recorded: " + value(difference.lua()));
      lines.add("    Lua now:  " + value(difference.java()));
    }
    return String.join("\n", lines);
  }

  private static String call(RecordedCall call) {
    String arguments =
        call.arguments().stream().map(ResultText::value).collect(Collectors.joining(", "));
    return call.module()
        + "."
        + call.function()
        + "("
        + arguments
        + ") in "
        + call.phase().luaName()
        + " of "
        + call.before().method()
        + " "
        + bounded(call.before().target());
  }

  private static List<String> lines(Difference difference) {
    if (difference.place().equals("world")) {
      return List.of("  the port " + difference.java());
    }
    return List.of(
        "  " + difference.place(),
        "    expected, as Lua: " + value(difference.lua()),
        "    but the port:     " + value(difference.java()));
  }

  private static String message(@Nullable Throwable cause) {
    return cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage();
  }

  /** Where in the port's own code it happened. */
  private static List<String> place(@Nullable Throwable cause) {
    if (cause == null) {
      return List.of();
    }
    for (StackTraceElement at : cause.getStackTrace()) {
      boolean ours = at.getClassName().startsWith("dev.banyan.") && !isPort(at.getClassName());
      if (!ours && !at.getClassName().startsWith("java.")) {
        return List.of("    at " + at);
      }
    }
    return List.of();
  }

  private static boolean isPort(String name) {
    return name.startsWith("dev.banyan.modules.");
  }

  private static String value(@Nullable Object value) {
    return switch (value) {
      case null -> "nothing";
      case String text -> "\"" + bounded(escaped(text)) + "\"";
      case Double number when ValueJson.isWhole(number) -> Long.toString(number.longValue());
      case Map<?, ?> map -> bounded(map(map));
      default -> bounded(String.valueOf(value));
    };
  }

  private static String map(Map<?, ?> map) {
    return map.entrySet().stream()
        .map(entry -> entry.getKey() + " = " + value(entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        out.append(c == '\n' ? "\\n" : "\\x%02x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static String bounded(String text) {
    return text.length() <= MOST
        ? text
        : text.substring(0, MOST) + "… " + (text.length() - MOST) + " more";
  }
}
