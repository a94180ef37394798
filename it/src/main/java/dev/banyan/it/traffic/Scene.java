package dev.banyan.it.traffic;

import java.util.List;

/** A short piece of traffic over one connection. */
@FunctionalInterface
interface Scene {
  /** What the cast does this time. */
  List<Exchange> play(Cast cast);
}
