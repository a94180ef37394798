package dev.banyan.lua.ngx;

import dev.banyan.api.Journal;
import dev.banyan.lua.ngx.shared.SharedDict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Owned by its worker's loop: clock, chance, shared dicts and the response's head as one handler of
 * a request has them, for what answers in Lua's place.
 */
public interface World {
  /** The worker's cached time in milliseconds. */
  long millis();

  /** A draw from {@code math.random}. */
  double draw();

  /** A shared dict, seen with the worker's cached time as {@code ngx.shared} sees it. */
  Optional<SharedDict> dict(String name);

  /** Notes an entry in the journals under way. */
  void note(int weight, Supplier<Journal.Entry> entry);

  /** A number that tells a socket from others in the journals. */
  long nextSocket();

  /** The worker. */
  WorkerHost worker();

  /** Runs something later on this worker, as {@code ngx.timer.at}. */
  void timer(Duration delay, WorkerHost.TimerTask task);

  /** Makes worlds for what runs later on this worker; keeps nothing of this handler. */
  Function<RequestHost, DirectWorld> later();

  /** Chooses the peer of the upstream, as {@code set_current_peer}. */
  void choosePeer(String host, int port);

  /** Allows more tries of the upstream, as {@code set_more_tries}. */
  void allowMoreTries(int count);

  /** Replaces the fields of a response header; none removes it. */
  void responseHeader(String name, List<String> values);
}
