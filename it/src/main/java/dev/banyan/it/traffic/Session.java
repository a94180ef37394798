package dev.banyan.it.traffic;

import java.util.List;

/** Requests that one client sends over one connection, each after the answer to the one before. */
public record Session(List<Exchange> exchanges) {
  /** Copies the exchanges. */
  public Session {
    exchanges = List.copyOf(exchanges);
  }
}
