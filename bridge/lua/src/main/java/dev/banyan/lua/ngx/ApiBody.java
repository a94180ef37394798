package dev.banyan.lua.ngx;

import org.luaj.vm2.Varargs;

/** What a function of the API does for the handler that calls it. */
@FunctionalInterface
interface ApiBody {
  /** Runs it; the phase is already checked. */
  Varargs call(Execution execution, Varargs args);
}
