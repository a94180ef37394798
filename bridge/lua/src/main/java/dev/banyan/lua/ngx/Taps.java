package dev.banyan.lua.ngx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Owned by its request's loop: who sees each piece that is printed; calls nest and overlap. */
public final class Taps {
  private final List<Consumer<byte[]>> listeners = new ArrayList<>(0);

  /** Lets {@code listener} see each piece from now on. */
  public void add(Consumer<byte[]> listener) {
    listeners.add(listener);
  }

  /** Ends that. */
  public void remove(Consumer<byte[]> listener) {
    listeners.remove(listener);
  }

  /** A piece is about to be sent. */
  public void printed(byte[] piece) {
    for (int i = 0; i < listeners.size(); i++) {
      listeners.get(i).accept(piece);
    }
  }
}
