package dev.banyan.lua.ffi;

import java.util.List;

/** What a function of C takes and gives. */
record CSignature(CType result, List<CType> parameters, boolean variadic) {
  CSignature {
    parameters = List.copyOf(parameters);
  }

  boolean same(CSignature other) {
    if (variadic != other.variadic
        || parameters.size() != other.parameters.size()
        || !result.same(other.result)) {
      return false;
    }
    for (int i = 0; i < parameters.size(); i++) {
      if (!parameters.get(i).same(other.parameters.get(i))) {
        return false;
      }
    }
    return true;
  }
}
