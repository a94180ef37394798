package dev.banyan.host;

import dev.banyan.api.DataFiles;
import dev.banyan.api.Dict;
import dev.banyan.api.Http;
import dev.banyan.api.Log;
import dev.banyan.api.Metrics;
import dev.banyan.api.Randomness;
import java.time.Clock;

/** A world without doors, for ports that ask for none. */
final class NoWorld implements Capabilities {
  private static IllegalStateException closed() {
    return new IllegalStateException("this call has no doors");
  }

  @Override
  public Clock clock() {
    throw closed();
  }

  @Override
  public Randomness randomness() {
    throw closed();
  }

  @Override
  public Dict dict(String name) {
    throw closed();
  }

  @Override
  public Http http() {
    throw closed();
  }

  @Override
  public Log log() {
    throw closed();
  }

  @Override
  public Metrics metrics() {
    throw closed();
  }

  @Override
  public DataFiles files() {
    throw closed();
  }
}
