package dev.banyan.lua.ffi;

import java.util.ArrayList;
import java.util.List;

/** Owned by one machine: a stack of pointers, as OpenSSL's lists are. */
final class CStack {
  static final int MOST = 10_000;

  final List<PointerData> elements = new ArrayList<>();

  CStack(List<PointerData> elements) {
    this.elements.addAll(elements);
  }
}
