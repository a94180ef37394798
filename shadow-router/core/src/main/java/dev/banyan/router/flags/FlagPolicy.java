package dev.banyan.router.flags;

import dev.banyan.api.Mode;
import dev.banyan.api.Way;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Immutable, for any thread: which modules there are, and which flag changes are accepted. */
public final class FlagPolicy {
  /** The longest reason or name that is stored. */
  public static final int MAX_TEXT = 500;

  private final Map<String, ModulePolicy> modules;
  private final String tenantVariable;

  /** Creates it for these modules. */
  public FlagPolicy(Map<String, ModulePolicy> modules, String tenantVariable) {
    this.modules = new TreeMap<>(modules);
    this.tenantVariable = tenantVariable;
  }

  /** The module's policy, or null when there is no such module. */
  public @Nullable ModulePolicy module(String name) {
    return modules.get(name);
  }

  /**
   * Who answers each module whose calls are answered alike in every request that obeys these flags:
   * all modules but canaries and those whose flag is about some requests only.
   */
  public Map<String, Way> settled(FlagSnapshot snapshot) {
    Map<String, Way> ways = new HashMap<>();
    modules.forEach((module, policy) -> {
      Way way = policy.ported() ? snapshot.flag(module).wayOfAll() : Way.LUA;
      if (way != null) {
        ways.put(module, way);
      }
    });
    return Collections.unmodifiableMap(ways);
  }

  /** The variable that names a request's tenant. */
  public String tenantVariable() {
    return tenantVariable;
  }

  /**
   * Judges a change against the flags in force.
   *
   * @throws FlagRefused saying why and what is accepted; nothing has changed
   */
  public Accepted accept(FlagSnapshot current, FlagChange change, Instant when) {
    ModulePolicy policy = modules.get(change.module());
    if (policy == null) {
      throw new FlagRefused(
          "module \"" + change.module() + "\" is unknown: configured are " + modules.keySet());
    }
    requireText("who", change.who());
    requireText("why", change.why());
    if (change.mode() != Mode.LUA && !policy.ported()) {
      throw new FlagRefused(
          "module \""
              + change.module()
              + "\" has no Java port: it stays at lua until its port is listed under \"ports\"");
    }
    ModuleFlag from = current.flag(change.module());
    ModuleFlag to = from.to(change.mode(), share(change, from), match(change, from));
    if (policy.sides() == Sides.JAVA && !to.isJavaForAll()) {
      throw new FlagRefused(
          "module \""
              + change.module()
              + "\" has no Lua file any more, so that only java for everyone is left: put the file"
              + " back and reload, then change its flag");
    }
    FlagSnapshot next = current.with(to);
    return new Accepted(
        next, new AuditEntry(next.version(), when, change.who(), change.why(), from, to));
  }

  /**
   * What an accepted change leads to.
   *
   * @param snapshot the flags from now on
   * @param entry what is audited
   */
  public record Accepted(FlagSnapshot snapshot, AuditEntry entry) {}

  private static Share share(FlagChange change, ModuleFlag from) {
    Share share = change.share();
    if (change.mode() == Mode.CANARY) {
      if (share == null && from.mode() != Mode.CANARY) {
        throw new FlagRefused("canary needs a percentage: add one from 0 to 100");
      }
      return share == null ? from.share() : share;
    }
    if (share != null) {
      throw new FlagRefused(
          "a percentage goes with canary only: leave it out for " + change.mode().label());
    }
    return Share.NONE;
  }

  private static Match match(FlagChange change, ModuleFlag from) {
    Match match = change.match();
    return match == null ? from.match() : match;
  }

  private static void requireText(String name, String text) {
    if (text.isBlank()) {
      throw new FlagRefused("\"" + name + "\" is missing: every change is audited");
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) || turnsAround(c))) {
      throw new FlagRefused("\"" + name + "\" has to be one line, without control characters");
    }
    if (text.length() > MAX_TEXT) {
      throw new FlagRefused("\"" + name + "\" is longer than " + MAX_TEXT + " characters");
    }
  }

  /** Characters that have others shown in another order, as if somebody else had written them. */
  private static boolean turnsAround(int c) {
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
  }
}
