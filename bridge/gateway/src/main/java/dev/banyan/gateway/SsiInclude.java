package dev.banyan.gateway;

import dev.banyan.fiber.Promise;
import dev.banyan.lua.ngx.LocationUri;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code include}: the answer of another location becomes a part of the page, or a variable. */
final class SsiInclude {
  private SsiInclude() {}

  /** Starts the subrequest, and waits where it is waited for; false when there is none. */
  static boolean run(Request r, Map<String, String> words) {
    String wrong = contradiction(words);
    if (!wrong.isEmpty()) {
      r.log(ErrorLog.ERROR, wrong);
      return false;
    }
    String virtual = words.get("virtual");
    String path = SsiText.path(r, virtual == null ? words.getOrDefault("file", "") : virtual);
    if (path == null) {
      return false;
    }
    LocationUri target = LocationUri.parse(path);
    if (target == null) {
      r.log(ErrorLog.ERROR, "unsafe URI \"" + LocationUri.unsafe(path) + "\" was detected");
      return false;
    }
    String name = words.get("stub");
    String stub = name == null ? null : r.main().ssi().block(name);
    if (name != null && stub == null) {
      r.log(ErrorLog.ERROR, "\"stub\"=\"" + name + "\" for \"include\" not found");
      return false;
    }
    String variable = words.get("set");
    if (variable != null && r.main().ssi().variable(variable) == null) {
      r.main().ssi().set(variable, "");
    }
    if (r.depth() < 0) {
      r.log(ErrorLog.ERROR, "subrequests cycle while processing \"" + target.path() + "\"");
      return false;
    }
    if (r.response().sink() instanceof VariableSink) {
      r.log(ErrorLog.ERROR, "nested in-memory subrequest \"" + target.path() + "\"");
      return false;
    }
    start(r, target, path.indexOf('?') >= 0, stub, variable);
    if (virtual == null || variable != null || "yes".equals(lower(words.get("wait")))) {
      PostponedOutput output = PostponedOutput.of(r);
      output.await();
      r.response().sink().awaitTurn();
    }
    return true;
  }

  private static @Nullable String lower(@Nullable String word) {
    return word == null ? null : word.toLowerCase(Locale.ROOT);
  }

  private static String contradiction(Map<String, String> words) {
    String virtual = words.get("virtual");
    String file = words.get("file");
    if (virtual != null && file != null) {
      return "inclusion may be either virtual=\"" + virtual + "\" or file=\"" + file + "\"";
    }
    if (virtual == null && file == null) {
      return "no parameter in \"include\" SSI command";
    }
    if (words.containsKey("set") && words.containsKey("stub")) {
      return "\"set\" and \"stub\" cannot be used together in \"include\" SSI command";
    }
    String wait = words.get("wait");
    if (wait != null && virtual == null) {
      return "\"wait\" cannot be used with file=\"" + file + "\"";
    }
    if (wait != null && !wait.equalsIgnoreCase("yes") && !wait.equalsIgnoreCase("no")) {
      return "invalid value \"" + wait + "\" in the \"wait\" parameter";
    }
    return "";
  }

  private static void start(
      Request r,
      LocationUri target,
      boolean hasArgs,
      @Nullable String stub,
      @Nullable String variable) {
    SubrequestPlan plan =
        new SubrequestPlan(
            "GET",
            target.path(),
            target.args(),
            r.headers().copy(),
            r.body().isRead() ? SubrequestPlan.BodyPlan.INHERIT : SubrequestPlan.BodyPlan.UNREAD,
            r.cells(),
            null);
    PostponedOutput output = PostponedOutput.of(r);
    PostponedOutput.Turn turn = output.turn();
    Sink sink =
        variable == null
            ? new TurnSink(turn, stub)
            : new VariableSink(text -> r.main().ssi().set(variable, text));
    Request sub = new Request(r, plan, sink);
    if (sink instanceof VariableSink bounded) {
      bounded.of(sub);
    }
    sub.giveArgs(hasArgs ? target.args() : null);
    Promise<Boolean> _ = PlacedSubrequest.start(sub, output, turn, "include");
  }
}
