package dev.banyan.lua;

/**
 * How the running Lua code calls the native that is running now.
 *
 * @param name the name of the variable that held the native, or "?"
 * @param method whether it was called with a colon
 */
record CallSite(String name, boolean method) {
  private static final CallSite UNKNOWN = new CallSite("?", false);

  static CallSite of(Coroutine running) {
    Frame frame = running.top();
    if (frame == null) {
      return UNKNOWN;
    }
    BridgeClosure closure = frame.closure();
    if (closure == null) {
      return UNKNOWN;
    }
    int register = closure.code.calledRegister(frame.pc - 1);
    if (register < 0) {
      return UNKNOWN;
    }
    VariableName name = VariableName.ofRegister(closure.code, frame.pc - 1, register);
    if (name == null) {
      return UNKNOWN;
    }
    return new CallSite(name.name(), name.kind().equals("method"));
  }
}
