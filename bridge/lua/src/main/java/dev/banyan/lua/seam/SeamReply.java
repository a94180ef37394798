package dev.banyan.lua.seam;

import dev.banyan.api.Decision;
import dev.banyan.api.Results;

/** What the Java side says to a call. */
public sealed interface SeamReply {
  /** Apply this decision. */
  record Decide(Decision decision) implements SeamReply {}

  /** Return these results. */
  record Return(Results results) implements SeamReply {}

  /** Java doesn't answer, and the module's fail mode is to refuse the request. */
  record Refuse(int status) implements SeamReply {}

  /** Java doesn't answer, and the module's fail mode is to go on without it. */
  record Pass() implements SeamReply {}

  /** Java doesn't answer: call Lua, on untouched state. */
  record CallLua() implements SeamReply {}
}
