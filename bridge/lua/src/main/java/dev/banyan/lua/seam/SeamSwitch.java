package dev.banyan.lua.seam;

import dev.banyan.api.Way;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Called on the workers' threads: what stands behind the seam. The gateway implements it. */
public interface SeamSwitch {
  /** The functions of a Lua module that have a port; empty when it has none. */
  Set<String> ported(String module);

  /**
   * Whether a module is its port's alone: its Lua file is gone, and Java answers it for everyone.
   */
  default boolean alone(String module) {
    return false;
  }

  /** The functions that both sides run, with Lua's answer. */
  Set<String> mirrored(String module);

  /** Runs the port's side of a mirrored function; whatever fails in it is reported. */
  void mirror(String module, String function, List<@Nullable Object> arguments, String prefix);

  /** The methods of objects that have a port, {@code :name}, and the functions that make those. */
  Map<String, List<String>> methods(String module);

  /** The fields that the port declares. */
  Map<String, Object> constants(String module);

  /** Told when a constant of the Lua module and the port's are different. */
  void differs(String module, String constant);

  /** Told when a loaded module lacks a function that its port replaces. */
  void missing(String module, String function);

  /**
   * Pins what decides for one request, at its start; the request keeps it as its seam plan.
   *
   * @param waited the most that the request can have waited for its worker, in nanoseconds
   */
  Object pin(long waited);

  /** Who answers calls to this module in this request; the same for the whole request. */
  Way way(SeamCall call);

  /**
   * Who would answer if this call came now. Nothing is decided by that: what earlier calls of the
   * request change may still count.
   */
  Way expected(SeamCall call);

  /**
   * Which calls of a pipeline the request meets, when all of them are Java's for any request.
   *
   * @param call one of the calls, on the request
   * @return null when each call has to be asked about
   */
  @Nullable Selection select(CallList pipeline, SeamCall call);

  /** Whether the port answers this function in the request's phase. */
  boolean answers(SeamCall call);

  /** Runs the port on the live request. Whatever fails in it is a {@code CallLua}. */
  SeamReply java(SeamCall call);

  /**
   * Takes along what the candidate will need, before the control runs.
   *
   * @return what was taken, or null when this call is not shadowed
   */
  @Nullable Shadow shadow(SeamCall call);

  /** Whether it is noted which lines of Lua shadowed calls reach. */
  boolean watchesLines();

  /** A call was answered by Lua or by Java in this time. */
  void answered(SeamCall call, Way by, long nanos);

  /** A call that is shadowed. */
  interface Shadow {
    /** The watched places before it. */
    Look before();

    /** Whether lines of the error log are compared. */
    boolean notesLines();

    /**
     * Who wants this call whole, as {@code banyan learn} records one. It hears the call, or why it
     * can't be had, before {@link #control}.
     *
     * @return null for most calls, for which nothing is copied
     */
    @Nullable CallRecorder recorder();

    /**
     * The control has answered the user's call; called at most once.
     *
     * @param cost what its Lua cost; null for most calls, which are not measured
     */
    void control(NotedCall done, CpuMeter.@Nullable Measured cost);

    /** The control has answered, and what it did can't be noted; told instead of the former. */
    void lost(String reason);
  }
}
