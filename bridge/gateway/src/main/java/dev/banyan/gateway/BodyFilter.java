package dev.banyan.gateway;

import dev.banyan.transport.Chunk;

/** Owned by its request's loop: one step of a response body's way, which hands on what it makes. */
interface BodyFilter {
  /** Takes a piece; {@code last} ends the body, and the piece may then be empty. */
  void write(Chunk piece, boolean last);

  /** Hands on what it holds back for no other reason than size. */
  void flush();
}
