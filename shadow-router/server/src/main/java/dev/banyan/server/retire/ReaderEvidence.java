package dev.banyan.server.retire;

import dev.banyan.api.Phase;
import dev.banyan.host.BoundHandler;
import dev.banyan.host.BoundPort;
import dev.banyan.lua.LuaOutline;
import dev.banyan.nginx.script.LuaPhase;
import dev.banyan.server.inventory.LegacyModule;
import dev.banyan.server.inventory.ModuleReader;
import dev.banyan.server.inventory.ModuleReaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one proof: whether everything that still runs in Lua gets from the port what it takes
 * from the module's Lua.
 *
 * <p>What Java answers for everyone keeps its own Lua as the fallback only; of such a reader counts
 * what it does while its file is loaded.
 */
final class ReaderEvidence {
  private static final String READERS = "who uses it";

  private final ModuleReaders readers;
  private final BoundPort port;
  private final String module;
  private final Predicate<String> javas;
  private final List<Evidence> evidence = new ArrayList<>();
  private final Map<String, Set<String>> declaredKeys = new TreeMap<>();
  private final Set<String> answered = new TreeSet<>();
  private final Set<String> fallbacks = new TreeSet<>();

  private ReaderEvidence(
      ModuleReaders readers, BoundPort port, String module, Predicate<String> javas) {
    this.readers = readers;
    this.port = port;
    this.module = module;
    this.javas = javas;
  }

  /**
   * Looks at all readers.
   *
   * @param javas whether a module is Java's for everyone
   */
  static List<Evidence> of(
      ModuleReaders readers, BoundPort port, String module, Predicate<String> javas) {
    ReaderEvidence found = new ReaderEvidence(readers, port, module, javas);
    readers.all().forEach(found::reader);
    found.summary();
    found.timers();
    return found.evidence;
  }

  private void reader(ModuleReader reader) {
    if (!reader.handler()
        && !reader.loading()
        && reader.use() != ModuleReader.Use.LOAD
        && javas.test(reader.by())) {
      fallbacks.add(reader.by());
      return;
    }
    String by = reader.by() + " (" + reader.place() + ")";
    switch (reader.use()) {
      case MEMBER -> member(reader, by);
      case WHOLE ->
          missing(
              by + " hands its table on, or reads fields whose names the text doesn't tell",
              "name the fields there, or bring " + reader.by() + " to java first");
      case LOAD ->
          evidence.add(
              Evidence.note(
                  READERS,
                  by + " only loads it: nothing of it is used there",
                  "delete the require at "
                      + reader.place()
                      + "; until then it gets the port's table"));
      case NAME -> name(by);
      case CTX -> ctx(reader, by);
      case GLOBAL ->
          missing(
              by + " uses the global " + reader.name() + ", which only its Lua sets",
              "bring " + reader.by() + " to java first");
    }
  }

  private void member(ModuleReader reader, String by) {
    String field = module + "." + reader.name();
    if (reader.written()) {
      missing(by + " sets " + field + " at run time", "remove that: no port hears of it");
      return;
    }
    if (port.constants().containsKey(reader.name())) {
      answered.add(reader.by());
      return;
    }
    String wrong = wrong(reader);
    if (wrong == null) {
      answered.add(reader.by());
    } else {
      missing(by + " uses " + field + ", " + wrong, "add it to the port, or port " + reader.by());
    }
  }

  /** Why the port doesn't answer a function where it is called; null when it does. */
  private @Nullable String wrong(ModuleReader reader) {
    BoundHandler handler = port.handler(reader.name());
    if (handler == null && !port.functions().containsKey(reader.name())) {
      return "which the port doesn't have";
    }
    for (String directive : reader.phases()) {
      if (!isOfRequest(directive)) {
        return "from " + directive + ", where no request is and no port answers";
      }
      Phase phase = phase(directive);
      if (handler != null && phase != null && !handler.in(phase)) {
        return "which its port doesn't answer in " + directive;
      }
    }
    return null;
  }

  private static boolean isOfRequest(String directive) {
    return !directive.startsWith("init")
        && !directive.startsWith("exit")
        && !directive.startsWith("ssl_");
  }

  private static @Nullable Phase phase(String directive) {
    return Arrays.stream(LuaPhase.values())
        .filter(phase -> phase.directive().equals(directive))
        .map(phase -> Phase.valueOf(phase.name()))
        .findFirst()
        .orElse(null);
  }

  /** A name that is put together gets the port's table; what is read from that isn't told. */
  private void name(String by) {
    Set<String> lacking = new TreeSet<>();
    readers
        .module()
        .map(LegacyModule::functions)
        .orElse(List.of())
        .forEach(function -> {
          boolean has =
              port.handlers().containsKey(function.name())
                  || port.functions().containsKey(function.name());
          if (!has && readers.isNamedElsewhere(function.name())) {
            lacking.add(function.name());
          }
        });
    String told = by + " requires it by a name that is put together";
    if (lacking.isEmpty()) {
      evidence.add(
          Evidence.note(READERS, told, "it gets the port's table; nothing else is named there"));
    } else {
      missing(
          told + " and may use " + lacking + ", which the port doesn't have",
          "add them to the port, or write the name out there");
    }
  }

  private void ctx(ModuleReader reader, String by) {
    boolean declared =
        port.handlers().values().stream()
            .anyMatch(handler -> handler.rules().ctx().contains(reader.name()));
    if (reader.written()) {
      return; // who sets it too doesn't depend on this module
    }
    if (declared) {
      declaredKeys.computeIfAbsent(reader.name(), _ -> new TreeSet<>()).add(by);
    } else {
      evidence.add(
          Evidence.missing(
              "ngx.ctx",
              by + " reads " + reader.name() + ", which the port doesn't declare to write",
              "add it to the port's @Writes, or bring " + reader.by() + " to java first"));
    }
  }

  private void summary() {
    declaredKeys.forEach((key, by) ->
        evidence.add(
            Evidence.note(
                "ngx.ctx",
                key + " is read by " + String.join(", ", by),
                "the port sets it, as it does now")));
    if (!answered.isEmpty()) {
      evidence.add(
          Evidence.holds(
              READERS, String.join(", ", answered) + ": the port answers all that they use"));
    }
    if (!fallbacks.isEmpty()) {
      evidence.add(
          Evidence.holds(
              READERS, String.join(", ", fallbacks) + ": at java, their Lua is only the fallback"));
    }
    if (evidence.isEmpty()) {
      evidence.add(Evidence.holds(READERS, "no Lua uses it"));
    }
  }

  private void timers() {
    List<String> timers = readers.timers();
    if (!timers.isEmpty()) {
      evidence.add(
          Evidence.note(
              READERS,
              "timers are started at " + String.join(", ", timers),
              "look there: a port answers in requests only"));
    }
    boolean data = readers.module().map(m -> m.shape() == LuaOutline.Shape.DATA).orElse(false);
    if (data) {
      missing("it is a table of data", "its readers go first");
    }
  }

  private void missing(String figure, String next) {
    evidence.add(Evidence.missing(READERS, figure, next));
  }
}
