package dev.banyan.duel.wire;

import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.Request;
import dev.banyan.duel.wire.Answer.Ending;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Confined to its event loop: plays cases to one target over connections that it keeps. */
public final class TargetClient {
  private final Target target;
  private final ClientOptions options;
  private final Connector connector;
  private final Map<String, LinkPool> pools = new HashMap<>();
  private long surplus;
  private long again;

  /** A client whose work is all done on {@code loop}. */
  public TargetClient(Target target, EventLoop loop, ClientOptions options) {
    this.target = target;
    this.options = options;
    this.connector = new Connector(target, loop, options, () -> surplus++);
  }

  /** Whom it speaks to. */
  public Target target() {
    return target;
  }

  /** How often octets came that belong to no request. */
  public long surplus() {
    return surplus;
  }

  /** How often a request was sent again, because a kept connection was closed before it. */
  public long sentAgain() {
    return again;
  }

  /**
   * Plays a case, each step after the answer to the one before; an answer for each step. Call on
   * the event loop; the future completes there, and never with an exception.
   */
  public CompletableFuture<List<Answer>> play(Case one, Marks marks) {
    CompletableFuture<List<Answer>> played = new CompletableFuture<>();
    Play play = new Play(one, marks, played, new ArrayList<>());
    pool(one.steps().getFirst().request())
        .lease(one.steps().size() == 1, lease -> next(play, lease));
    return played;
  }

  private record Play(
      Case one, Marks marks, CompletableFuture<List<Answer>> played, List<Answer> answers) {
    Request request() {
      return one.steps().get(answers.size()).request();
    }

    boolean isOver() {
      return answers.size() == one.steps().size();
    }
  }

  /** A connection is made for one name of TLS; without TLS it serves all. */
  private LinkPool pool(Request request) {
    String sni = "";
    if (target.scheme().isSecure()) {
      String host = request.value("Host").orElse("");
      String name = host.replaceAll(":\\d*$", "").toLowerCase(Locale.ROOT);
      sni = name.matches("[a-z0-9_-]+(\\.[a-z0-9_-]+)+") && !name.matches("[\\d.]+") ? name : "";
    }
    return pools.computeIfAbsent(
        sni, name -> new LinkPool(connector, name, target.scheme(), options));
  }

  private void next(Play play, LinkPool.Lease lease) {
    if (lease.link().isEmpty()) {
      unreachable(play, lease.failure());
      return;
    }
    Link link = lease.link().get();
    boolean fresh = link.carried() == 0;
    Ask ask = new Ask(play.request(), play.marks().next(play.answers().size()));
    ask.answer()
        .thenAccept(answer -> {
          boolean gone = answer.ending() == Ending.CLOSED && !link.isOpen(); // not one stream alone
          if (gone && !fresh) {
            lease.end();
            again++;
            pool(play.request()).alone(other -> next(play, other));
            return;
          }
          answered(play, lease, link, answer);
        });
    link.send(ask);
  }

  private void answered(Play play, LinkPool.Lease lease, Link link, Answer answer) {
    play.answers().add(answer);
    if (play.isOver()) {
      lease.end();
      play.played().complete(List.copyOf(play.answers()));
    } else if (link.isOpen()) {
      next(play, lease);
    } else {
      lease.end();
      pool(play.request()).alone(other -> next(play, other));
    }
  }

  private static void unreachable(Play play, String failure) {
    while (!play.isOver()) {
      play.answers().add(Answer.none(Ending.UNREACHABLE, failure, 0));
    }
    play.played().complete(List.copyOf(play.answers()));
  }

  /** Closes what is kept. */
  public void close() {
    pools.values().forEach(LinkPool::close);
  }
}
