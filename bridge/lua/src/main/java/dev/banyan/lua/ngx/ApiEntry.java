package dev.banyan.lua.ngx;

import dev.banyan.api.Phase;
import java.util.Set;

/**
 * One documented name of the {@code ngx.*} world.
 *
 * @param name as Lua code writes it; methods with a colon
 * @param kind what it is
 * @param phases where it may be used
 * @param support how far it is there
 * @param note why it is missing or how it deviates; empty otherwise
 */
public record ApiEntry(String name, Kind kind, Set<Phase> phases, Support support, String note) {
  /** What a name stands for. */
  public enum Kind {
    /** A function whose phase error names the context. */
    FUNCTION,
    /** A function of lua-resty-core, whose phase error says "the current context". */
    CORE_FUNCTION,
    /** A value that is read or written like a field. */
    PROPERTY,
    /** A constant. */
    CONSTANT,
    /** A method of an object that another function makes. */
    METHOD,
    /** A module that {@code require} gives. */
    MODULE
  }

  /** How far a name is supported. */
  public enum Support {
    /** As lua-nginx-module. */
    FULL,
    /** There, with a difference that the note tells. */
    DEVIATES,
    /** Not there, for the reason in the note. */
    MISSING
  }

  /** Copies the set. */
  public ApiEntry {
    phases = Set.copyOf(phases);
  }

  /** Whether code of {@code phase} may use it. */
  public boolean allowedIn(Phase phase) {
    return phases.contains(phase);
  }
}
